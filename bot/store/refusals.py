"""Explains Redis's refusals: its own first word, what that means, what to do.

Sources: valkey 8.1, src/server.c (`createSharedObjects`, `processCommand`), src/script.c; redis-py
8.1, `_parsers/base.py`, for the words that it cuts off and keeps as `status_code`.
"""

import re
from dataclasses import dataclass

from redis.exceptions import RedisError, ResponseError

from bot.store.sentinel import NoPrimaryError

_OF_A_PIPELINE = re.compile(
    r"\ACommand # .*? of pipeline caused error: (?:\((['\"])(.*)\1,\)$|\(?['\"]?)", re.DOTALL
)
"""What redis-py puts around a sentence of Redis's, with the command in it."""
_WORD = re.compile(r"(?:^|@user_script: ?\d+: -?)([A-Z]{3,})\b")
"""Finds the word at the beginning of the text, or behind the line of a script (Redis 6.2,
src/scripting.c, `luaPushError`)."""
_ACL_IN_A_SCRIPT = "ACL failure in script"
_OTHERS = "see Redis's log"
_LONGEST = 200
"""Characters of a sentence of Redis's that are shown."""
_KNOWN = {
    "OOM": (
        "its memory is full",
        "raise maxmemory; what it keeps of the bot expires by itself",
    ),
    "READONLY": (
        "it is a replica, which takes no writes",
        "name the primary in REDIS_URL, or the Sentinels (docs/install.md, Redis)",
    ),
    "MISCONF": (
        "it cannot write to its disk",
        "make room on its disk, and look into its log",
    ),
    "NOREPLICAS": (
        "fewer replicas are connected than its min-replicas-to-write demands",
        "start its replicas, or lower min-replicas-to-write",
    ),
    "LOADING": ("it is still loading its data", "wait until it has"),
    "MASTERDOWN": ("it is a replica whose primary is away", "name the primary in REDIS_URL"),
    "BUSY": (
        "it is at work on a script or function of somebody's that does not end",
        "end that one: SCRIPT KILL, or FUNCTION KILL",
    ),
    "NOAUTH": ("it wants a password", "write it as redis://user:password@host in REDIS_URL"),
    "WRONGPASS": (
        "user or password are wrong",
        "correct them in REDIS_URL (special characters of a password as %XX)",
    ),
    "NOPERM": (
        "its user may not do what the bot does",
        "give it the rights of docs/deploy/users.acl",
    ),
    **dict.fromkeys(
        ("MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN", "TRYAGAIN"),
        (
            "it is a Redis Cluster, on which the bot cannot run",
            "use one primary, with replicas if you like; it carries 100,000 pending videos",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Redis answered, and refused.

    Attributes:
        word: its first word, such as `OOM`; `ERR` if it has no other.
        means: what is the matter; for a word that we do not know, Redis's own sentence.
        mend: what to do.
    """

    word: str
    means: str
    mend: str

    def __str__(self) -> str:
        """Returns both, for the log: `OOM (its memory is full)`."""
        return f"{self.word} ({self.means})"


def refusal(error: Exception) -> Refusal | None:
    """Returns what Redis refused with, or None if it did not answer at all."""
    if not isinstance(error, RedisError):
        return None
    said = _OF_A_PIPELINE.sub(r"\2", str(error))[:_LONGEST]
    word = error.status_code
    if isinstance(error, ResponseError) and word in {None, "ERR"}:
        found = _WORD.search(said)
        word = found[1] if found else "ERR"
    if word is None:
        return None
    # Refused within a script, it begins with ERR.
    if _ACL_IN_A_SCRIPT in said:
        word = "NOPERM"
    means, mend = _KNOWN.get(word, (said.removeprefix(f"{word} "), _OTHERS))
    if word == "NOPERM":  # only Redis knows which one
        means = f"{means}: {said}"
    return Refusal(word, means, mend)


def unreached(error: Exception) -> str:
    """Returns why Redis did not answer, in a word or two, without anything secret."""
    if isinstance(error, NoPrimaryError):
        return str(error)
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate is not trusted"
    return type(error).__name__
