"""What a poll tells of one sequence that is being regenerated."""

from dataclasses import replace

from bot.domain import events
from bot.domain.moment import Moment
from bot.domain.request import Take, TakeState
from bot.domain.video import SequenceStatus, Video, VideoStatus

STRIKES = 3
"""Polls for which an error must stand before it is believed. Source: contract, same part, 9."""


def look(take: Take, event: events.Seen, before: str, moment: Moment) -> Take:
    """One sequence after a poll. `before` is the video's status at the check."""
    sent_at = take.sent_at
    if take.ended or sent_at is None:
        return take
    if moment.lies_ahead(sent_at) and not moment.lies_ahead(event.at):
        sent_at = event.at  # the clock was put back since, and this poll is of the time after
        take = replace(take, sent_at=sent_at)
    if event.at < sent_at:
        return take
    video, stood = event.video, event.at - sent_at >= moment.grace
    changed = _changed(take, video)
    if take.state is TakeState.LOST:
        if not changed and not _working(take, video):
            return _still_lost(take, video, before=before, stood=stood)
        take = replace(take, state=TakeState.RUNNING)
    left = video.status not in {VideoStatus.DONE, VideoStatus.FAILED, before}
    take = replace(take, moved=take.moved or changed or left)
    return _verdict(take, video, stood=stood) if take.moved or stood else take


def _still_lost(take: Take, video: Video, *, before: str, stood: bool) -> Take:
    shown = video.sequence(take.sequence) is not None or video.status == before
    return replace(take, state=TakeState.NOT_STARTED) if stood and shown else take


def _verdict(take: Take, video: Video, *, stood: bool) -> Take:
    seen = video.sequence(take.sequence)
    error = seen is not None and seen.status == SequenceStatus.ERROR
    if error and video.status != VideoStatus.PENDING:
        failed = take.strikes + 1 >= STRIKES
        state = TakeState.FAILED if failed else take.state
        return replace(take, strikes=take.strikes + 1, state=state)
    take = replace(take, strikes=0)
    if video.status == VideoStatus.FAILED:
        return replace(take, state=TakeState.FAILED)
    if video.status == VideoStatus.DONE and (stood or not _working(take, video)):
        return replace(take, state=TakeState.DONE, new_url=seen.url if seen else None)
    return take


def _working(take: Take, video: Video) -> bool:
    seen = video.sequence(take.sequence)
    return seen is not None and seen.status == SequenceStatus.PENDING


def _changed(take: Take, video: Video) -> bool:
    seen = video.sequence(take.sequence)
    if seen is None:
        return False
    if not take.status:  # not known before, so only a sequence at work tells something
        return _working(take, video)
    return (seen.status, seen.effect, seen.url) != (take.status, take.effect, take.url)
