"""Builds answers to words that start nothing: help, which video, what they may mean."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.command import Word
from bot.domain.mention import Guess
from bot.domain.request import MessageTs, Order
from bot.domain.video import VideoId
from bot.slack.blocks import buttons
from bot.slack.blocks.choices import choice
from bot.slack.blocks.drafts import Prefill, open_with, typed_selection
from bot.slack.blocks.message import Message, section
from bot.slack.blocks.texts import Texts

STATUS_HERE = "status_here"

MOST_VIDEOS = 5
"""Videos that are offered; among more, people could not tell them apart."""


def greeting(texts: Texts) -> Message:
    """Returns help with buttons, for somebody who mentions the bot and says nothing."""
    blocks: list[Block] = [
        section("\n".join([texts.say("mention-hello"), *_help(texts)])),
        ActionsBlock(elements=[open_with(Prefill(), texts), status_here(texts)]),
    ]
    return Message.of(blocks, texts.say)


def prose(guess: Guess, video: VideoId | None, texts: Texts) -> Message:
    """Says that nothing was started, and what the words could mean as a command."""
    meant, words = guess.typed, [texts.say("mention-prose")]
    if meant is not None:
        named = texts.say.effect(guess.effect) if guess.effect else ""
        words.append(texts.say("mention-meant", example=texts.said(f"{meant} {named}".strip())))
    prefill = Prefill(video, guess.selection, guess.effect)
    return Message.of(
        [
            section("\n".join([*words, *_help(texts)])),
            ActionsBlock(elements=[open_with(prefill, texts)]),
        ],
        texts.say,
    )


def no_video(prefill: Prefill, texts: Texts, typed: str | None = None) -> Message:
    """Says what to type when the video was left out and the thread does not tell it.

    `typed` are those words; without them, they are what `prefill` has.
    """
    named = texts.say.effect(prefill.effect) if prefill.effect else ""
    behind = f"{typed_selection(prefill.selection)} {named}".strip()
    example = texts.said((typed or f"<video> {behind}").strip())
    return Message.of(
        [
            section(texts.say("mention-no-video", example=example)),
            ActionsBlock(elements=[open_with(prefill, texts)]),
        ],
        texts.say,
    )


def which_video(
    order: Order, names: Mapping[VideoId, str | None], thread: MessageTs | None, texts: Texts
) -> Message:
    """Asks which of a thread's videos is meant; each button starts the order on one of them."""
    rows: list[Block] = [section(texts.say("mention-which"))]
    shown = list(names.items())[:MOST_VIDEOS]
    for video, name in shown:
        label = texts.say("button-on-video", video=name or video)
        rows.append(choice(label, replace(order, video=video), thread))
    return Message.of(rows, texts.say)


def which_shown(
    names: Mapping[VideoId, str | None], texts: Texts, word: str = Word.SHOW, behind: str = ""
) -> Message:
    """Asks the same when something is only shown, by saying what to type."""
    some: Iterable[str] = [name or video for video, name in list(names.items())[:MOST_VIDEOS]]
    examples = texts.say.listed(texts.said(f"{word} {each} {behind}".strip()) for each in some)
    return Message.of([section(texts.say("mention-which-shown", examples=examples))], texts.say)


def status_here(texts: Texts) -> ButtonElement:
    """Returns the button that shows what is running in the channel."""
    return buttons.button(STATUS_HERE, texts.say("button-status"), Word.STATUS)


def _help(texts: Texts) -> list[str]:
    effect = texts.say.effect(texts.effects.names[1])
    return [
        texts.say("mention-help", example=texts.said(f"2 {effect}"), again=texts.said(Word.AGAIN)),
        texts.say("mention-help-more", example=texts.said(Word.HELP)),
    ]
