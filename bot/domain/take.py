"""Takes: every regeneration of a sequence that has ended, what it was made from and what it made.

Whether IACrea's links lead to the source picture or to the clip is open. A link is taken for a
picture only where its ending says so, and for a clip only where it does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.images import is_picture
from bot.domain.ledger import Entry, entry, was_spent
from bot.domain.request import Generation, GenerationState, MessageTs, Request

_UNWATCHED = frozenset({GenerationState.EXPIRED, GenerationState.STOPPED})
"""How a take ends that somebody may go on watching."""
_SEEN = frozenset({GenerationState.DONE, GenerationState.FAILED})
"""How one ends of which IACrea told the end."""


@dataclass(frozen=True, slots=True)
class Take:
    """One regeneration of a sequence, after its end.

    Attributes:
        entry: who asked, where and when, with which effect, and what it cost.
        image: the source picture that was given with it; None: the sequence kept its own.
        before: what IACrea linked to before it, the source picture or the clip.
        after: the same after it.
        film: the finished video.
        file: the finished video in Slack, which outlives IACrea's links.
        workspace: the address of the workspace, with a slash at its end.
        message: its outcome there; its announcement until that is told.
        thread: the thread that `message` belongs to.
        watched: it only went on watching an earlier one.
    """

    entry: Entry
    image: str | None = None
    before: str | None = None
    after: str | None = None
    film: str | None = None
    file: str | None = None
    workspace: str | None = None
    message: MessageTs | None = None
    thread: MessageTs | None = None
    watched: bool = False

    @property
    def name(self) -> str:
        """What it is found by."""
        return take_name(self.entry)

    @property
    def picture(self) -> str | None:
        """The source picture, as far as that is known."""
        return self.image or next(filter(_is_picture, (self.before, self.after)), None)

    @property
    def clip_before(self) -> str | None:
        """The clip that it took the place of, as far as that is known."""
        return None if _is_picture(self.before) else self.before

    @property
    def clip(self) -> str | None:
        """The clip that it made, as far as that is known."""
        return None if _is_picture(self.after) or self.after == self.image else self.after

    @property
    def permalink(self) -> str | None:
        """Where its outcome stands in Slack; None where the conversation is not known any more."""
        channel = self.entry.channel
        if not (self.workspace and channel and self.message):
            return None
        link = f"{self.workspace}archives/{channel}/p{self.message.replace('.', '')}"
        if self.thread in {None, self.message}:
            return link
        return f"{link}?thread_ts={self.thread}&cid={channel}"


def take_name(entry: Entry) -> str:
    """Returns what the take of an entry of the ledger is found by."""
    return f"{entry.request}:{entry.sequence}"


def takes(request: Request) -> tuple[Take, ...]:
    """Returns the takes of what has ended of a request."""
    kept = _seen if request.order.watch else was_spent
    return tuple(
        Take(
            entry=entry(request, each),
            image=request.order.image,
            before=each.url,
            after=each.new_url,
            film=request.video_url,
            file=request.file_link,
            message=request.reply or request.message,
            thread=request.thread,
            watched=request.order.watch,
        )
        for each in request.generations
        if each.ended and kept(each)
    )


def completed(found: Iterable[Take]) -> list[Take]:
    """Returns takes, the newest first; what was seen of one by watching on is told with it."""
    told: list[Take] = []
    unended: dict[tuple[str, str], int] = {}
    for each in sorted(found, key=lambda take: take.entry.at):
        which = each.entry.video, each.entry.sequence
        at = unended.pop(which, None) if each.watched else None
        if at is not None:
            told[at] = _with_end(told[at], each)
            continue
        if each.entry.outcome in _UNWATCHED:
            unended[which] = len(told)
        told.append(each)
    return told[::-1]


def without_overwritten(newest_first: Iterable[Take]) -> list[Take]:
    """Returns takes without links that a newer one has as well: what they led to is gone.

    IACrea may keep a sequence's clip, or the film, at one address; and of two regenerations at the
    same time both saw the clip of the second.
    """
    told, links = [], set[str]()
    for each in newest_first:
        shown = replace(
            each,
            after=None if each.clip in links else each.after,
            film=None if each.film in links else each.film,
        )
        links.update(link for link in (each.clip, each.film) if link)
        told.append(shown)
    return told


def _seen(generation: Generation) -> bool:
    return generation.state in _SEEN


def _with_end(take: Take, seen: Take) -> Take:
    ended = replace(
        take,
        entry=replace(take.entry, outcome=seen.entry.outcome),
        after=seen.after,
        film=seen.film,
        file=seen.file,
    )
    if seen.entry.channel != take.entry.channel:
        return ended  # told in another conversation, which those of this one may not see
    return replace(ended, message=seen.message, thread=seen.thread)


def _is_picture(link: str | None) -> bool:
    return link is not None and is_picture(link)
