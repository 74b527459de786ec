"""What a poll tells of one sequence that is being regenerated."""

from dataclasses import replace

from bot.domain import events
from bot.domain.request import Generation, GenerationState
from bot.domain.timing import Timing
from bot.domain.video import SequenceStatus, Video, VideoStatus

BELIEVED_AFTER = 3
"""Polls for which an error must stand before it is believed. Source: contract, same part, 9."""


def after_poll(
    generation: Generation, event: events.Seen, before: str, timing: Timing
) -> Generation:
    """Returns the sequence after a poll. `before` is the video's status at the check."""
    sent_at = generation.sent_at
    if generation.ended or sent_at is None:
        return generation
    if timing.lies_ahead(sent_at) and not timing.lies_ahead(event.at):
        sent_at = event.at  # the clock was put back since, and this poll is of the time after
        generation = replace(generation, sent_at=sent_at)
    if event.at < sent_at:
        return generation  # an answer from before the POST tells nothing of what came of it
    video, stood = event.video, event.at - sent_at >= timing.grace
    changed = _changed(generation, video)
    if generation.state is GenerationState.LOST:
        if not changed and not _working(generation, video):
            return _still_lost(generation, video, before=before, stood=stood)
        generation = replace(generation, state=GenerationState.RUNNING)
    # Until something has moved, an answer may still be from before the POST.
    left = not video.ended and video.status != before
    generation = replace(generation, moved=generation.moved or changed or left)
    return _verdict(generation, video, stood=stood) if generation.moved or stood else generation


def _still_lost(generation: Generation, video: Video, *, before: str, stood: bool) -> Generation:
    # An answer that leaves the sequence out tells nothing, unless the video stands as before.
    shown = video.sequence(generation.sequence) is not None or video.status == before
    return replace(generation, state=GenerationState.NOT_STARTED) if stood and shown else generation


def _verdict(generation: Generation, video: Video, *, stood: bool) -> Generation:
    seen = video.sequence(generation.sequence)
    error = seen is not None and seen.status == SequenceStatus.ERROR
    # While it is PENDING the server restarts what failed by itself.
    if error and video.status != VideoStatus.PENDING:
        failed = generation.error_polls + 1 >= BELIEVED_AFTER
        state = GenerationState.FAILED if failed else generation.state
        return replace(generation, error_polls=generation.error_polls + 1, state=state)
    generation = replace(generation, error_polls=0)
    if video.status == VideoStatus.FAILED:
        return replace(generation, state=GenerationState.FAILED)
    # A sequence still at work makes DONE doubtful, but not for ever.
    if video.status == VideoStatus.DONE and (stood or not _working(generation, video)):
        return replace(generation, state=GenerationState.DONE, new_url=seen.url if seen else None)
    return generation


def _working(generation: Generation, video: Video) -> bool:
    seen = video.sequence(generation.sequence)
    return seen is not None and seen.status == SequenceStatus.PENDING


def _changed(generation: Generation, video: Video) -> bool:
    seen = video.sequence(generation.sequence)
    if seen is None:
        return False
    if not generation.status:  # not known before, so only a sequence at work tells something
        return _working(generation, video)
    return (seen.status, seen.effect, seen.url) != (
        generation.status,
        generation.effect,
        generation.url,
    )
