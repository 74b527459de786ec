"""Reads each kind of setting: makes a value of its text, or says what is wrong with it.

Every public function here takes a text that is not blank, and raises `WrongValueError`.
"""

import ipaddress
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.config.secret import Secret
from bot.store import options, sentinel_url

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_LAST_PORT = 65535
_LANGUAGES = ("en", "fr")
"""Those of the texts in `bot/slack/locales`."""
_SHOWN_CHARACTERS = 40
_SHOWN_WRONG = 3  # of a list; the others are counted
_LONGEST_URL = 4000
_SHORTEST_TIME = 0.001
_LONGEST_TIME = 365 * 24 * 3600.0
"""Seconds. Less than a millisecond no network keeps, and more than a year nobody waits."""
_LOOKS_SECRET = re.compile(r"xox|xapp-|@", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:^|[-_<\[])(?:your|changeme|placeholder|x{3,})(?:[-_>\]]|$)|\.\.\.|[<>…]", re.IGNORECASE
)
_TOKENS = {
    "xoxb-": "is a bot token: it belongs in SLACK_BOT_TOKEN",
    "xapp-": "is an app-level token: it belongs in SLACK_APP_TOKEN",
    "xoxp-": "is a user token: the bot works with a bot token only",
    "xoxe": "is an expiring token: switch token rotation off and install the app again",
}
"""How Slack's tokens begin. Source: docs.slack.dev/authentication/tokens."""


class WrongValueError(ValueError):
    """A value cannot be used; each argument ends a sentence that begins with the variable."""


def _shown(text: str) -> str:
    """Returns a value as a problem may show it: printable, short, and never a secret."""
    if _LOOKS_SECRET.search(text):
        return "the value (not shown)"
    return repr(text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…")


def key(text: str) -> Secret:
    """Reads a key or a signing secret, and refuses a token of Slack's in its place."""
    _check_plain(text)
    _check_no_token(text, _TOKENS)
    return Secret(text)


def bot_token(text: str) -> Secret:
    """Reads Slack's bot token, `xoxb-…`."""
    return _token(text, "xoxb-")


def app_token(text: str) -> Secret:
    """Reads Slack's app-level token, `xapp-…`."""
    return _token(text, "xapp-")


def _token(text: str, prefix: str) -> Secret:
    _check_plain(text)
    _check_no_token(text, _TOKENS.keys() - {prefix})
    if not text.startswith(prefix) or text == prefix:
        raise WrongValueError(
            f"is not a whole token, {prefix}…; copy it again from your app's page"
        )
    return Secret(text)


def _check_plain(text: str) -> None:
    if text[0] in "\"'" or text[-1] in "\"'":
        raise WrongValueError("has quotation marks around it; write the value without them")
    if _PLACEHOLDER.search(text):
        raise WrongValueError("is still the example; put your own value there")
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise WrongValueError("has spaces or characters that no such value has; copy it again")


def _check_no_token(text: str, prefixes: Iterable[str]) -> None:
    for prefix in prefixes:
        if text.startswith(prefix):
            raise WrongValueError(_TOKENS[prefix])


def http_url(text: str) -> str:
    """Returns a base URL without the slash at its end."""
    url = _split(text, ("https", "http"))
    if not url.hostname or url.username is not None or "?" in text or "#" in text:
        raise WrongValueError("needs a host, and no user, ? or #; write it as https://host/path")
    return text.rstrip("/")


def slack_api_url(text: str) -> str:
    """Returns a base URL with a slash at its end: Slack's SDK appends the method to it."""
    return f"{http_url(text)}/"


def redis_url(text: str) -> Secret:
    """Reads where Redis is, or its Sentinels; a secret, since it may hold a password."""
    _check_plain(text)
    if text.startswith(sentinel_url.SCHEMES):
        _check_sentinels(text)
        return _with_known_options(text)
    url = _split(text, ("redis", "rediss", "unix"))
    if not (url.path if url.scheme == "unix" else url.hostname):
        raise WrongValueError("names no Redis; write redis://host:6379/0 or unix:///path/to/socket")
    return _with_known_options(text)


def _with_known_options(text: str) -> Secret:
    if wrong := options.wrong_options(text):
        raise WrongValueError(*wrong)
    return Secret(text)


def _check_sentinels(text: str) -> None:
    try:
        sentinel_url.parse(text)
    except ValueError as error:
        raise WrongValueError(f"cannot be understood; {error}") from None


def _split(text: str, schemes: tuple[str, ...]) -> SplitResult:
    if len(text) > _LONGEST_URL:
        raise WrongValueError(f"is not a URL; none has more than {_LONGEST_URL} characters")
    try:
        url = urlsplit(text)
        _ = url.port  # urlsplit looks at the port only when it is asked for
    except ValueError:
        raise WrongValueError(
            "is not a URL; check the port, and write special characters of a password as %XX"
        ) from None
    if url.scheme not in schemes or not text.isprintable() or " " in text:
        raise WrongValueError(f"is not a URL; begin it with {' or '.join(schemes)} and ://")
    return url


def _matching(pattern: str, text: str, instead: str) -> str:
    if not re.fullmatch(pattern, text):
        raise WrongValueError(f"{_shown(text)} cannot be used; write {instead}")
    return text


def command(text: str) -> str:
    """Reads a slash command of 2 to 32 characters. Source: schema of Slack's app manifest."""
    return _matching(
        "/[a-z0-9_-]{1,31}", text, "a slash and up to 31 of a-z, 0-9, - and _, such as /regen"
    )


def prefix(text: str) -> str:
    """Reads what every key in Redis begins with."""
    return _matching("[!-~]{1,100}", text, "up to 100 characters without spaces, such as regen:")


def host(text: str) -> str:
    """Reads a host name, or an IPv4 or IPv6 address, to listen on."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return _matching("[A-Za-z0-9._-]+", text, "a name or an address alone, such as 127.0.0.1")


def effects(text: str) -> tuple[str, ...]:
    """Reads API names of effects, separated by commas; returns each once, in upper case.

    An option of a menu shows at most 75 characters (Block Kit reference, option).
    """
    names = (name.strip().upper() for name in text.split(","))
    instead = "API names separated by commas, such as CAMERA_PUSH_IN, of 75 characters at most"
    known = (_matching("[A-Z0-9_]{1,75}", name, instead) for name in names if name)
    return tuple(dict.fromkeys(known))


def channels(text: str) -> tuple[str, ...]:
    """Reads ids of channels and direct messages, separated by commas; returns each once."""
    return _ids(text, "CGD", "of a channel, such as C0123ABCD (at the end of its details in Slack)")


def people(text: str) -> tuple[str, ...]:
    """Ids of people and of user groups, separated by commas; each once."""
    who = "of people, such as U0123ABCD (in their profile, behind the dots), or of user groups"
    return _ids(text, "UWS", f"{who}, S0123ABCD")


def teams(text: str) -> tuple[str, ...]:
    """Reads ids of workspaces and organisations, separated by commas; returns each once."""
    return _ids(text, "TE", "of a workspace or an organisation, such as T0123ABCD or E0123ABCD")


def _ids(text: str, initials: str, what: str) -> tuple[str, ...]:
    ids = [each.strip() for each in text.split(",") if each.strip()]
    wrong = [each for each in ids if not re.fullmatch(f"[{initials}][A-Z0-9]{{2,30}}", each)]
    if wrong:
        named = ", ".join(_shown(each) for each in wrong[:_SHOWN_WRONG])
        more = f" and {len(wrong) - _SHOWN_WRONG} more" if len(wrong) > _SHOWN_WRONG else ""
        raise WrongValueError(f"{named}{more} cannot be used; write ids {what}")
    return tuple(dict.fromkeys(ids))


def account(text: str) -> str:
    """Reads the id of an account at IACrea."""
    instead = "the account's id, such as 550e8400-e29b-41d4-a716-446655440000"
    return _matching("[A-Za-z0-9_-]{1,64}", text, instead)


def count(text: str) -> int:
    """Reads a whole number, 1 or more."""
    return int(_matching("0*[1-9][0-9]{0,5}", text, "a whole number above 0, such as 20"))


def amount(text: str) -> float:
    """Reads a number, 0 or more; fractions are allowed."""
    return float(_matching(r"[0-9]{1,9}(\.[0-9]{1,9})?", text, "a number such as 10 or 2.5"))


def switch(text: str) -> bool:
    """Reads 0, 1, true or false, in any case."""
    return _matching("0|1|true|false", text.lower(), "1 or 0, true or false") in {"1", "true"}


def on_or_off(text: str) -> str:
    """Reads on or off, in any case."""
    return _matching("on|off", text.lower(), "on or off")


def language(text: str) -> str:
    """Reads a language that has texts here; a country behind it is dropped: fr-FR, en_GB."""
    spoken = re.split("[-_]", text.lower(), maxsplit=1)[0]
    if spoken not in _LANGUAGES:
        known = " or ".join(_LANGUAGES)
        raise WrongValueError(f"{_shown(text)} has no texts here; write {known}")
    return spoken


def port(text: str) -> int:
    """Reads a TCP port; 0 stands for any free one."""
    number = int(_matching("[0-9]{1,5}", text, "a port such as 3000; 0 is any free port"))
    if number > _LAST_PORT:
        raise WrongValueError(
            f"{_shown(text)} is above {_LAST_PORT}, the last port; write one such as 3000"
        )
    return number


def seconds(text: str) -> float:
    """Reads a duration in seconds, from a millisecond to a year; fractions are allowed."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not _SHORTEST_TIME <= number <= _LONGEST_TIME:  # true of NaN as well
        raise WrongValueError(
            f"{_shown(text)} is no time from 0.001 s to a year; write seconds, such as 3 or 0.5"
        )
    return number


def log_level(text: str) -> str:
    """Reads one of the five level names of `logging`, in any case."""
    return _matching("|".join(_LEVELS), text.upper(), f"one of {', '.join(_LEVELS)}")


def log_format(text: str) -> str:
    """Reads the form of a line in the log."""
    return _matching("text|json", text.lower(), "text or json")


def directory(text: str) -> Path:
    """Reads a directory and makes it absolute; `~` is the home directory, as in a shell."""
    try:
        return Path(_matching("[^\0-\x1f]+", text, "a path")).expanduser().absolute()
    except RuntimeError:
        raise WrongValueError(
            f"{_shown(text)} names an unknown home; write a path from /"
        ) from None
    except FileNotFoundError:
        raise WrongValueError(
            f"{_shown(text)} begins at a working directory that is gone; write a path from /"
        ) from None


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Returns the user's directory for state. Source: XDG Base Directory Specification 0.8.

    The specification has a relative `$XDG_STATE_HOME` ignored. A process without a home is a
    system service, which keeps its state in /var/lib.
    """
    if (state := environ.get("XDG_STATE_HOME", "")).startswith("/"):
        return Path(state, "regen-bot")
    if home := environ.get("HOME"):
        return Path(home, ".local/state/regen-bot")
    return Path("/var/lib/regen-bot")
