"""Builds modals, and the words beside their fields."""

import html
import re
from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, Option, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.domain.errors import NotAllowed, UserError
from bot.slack.blocks.message import line, mrkdwn
from bot.slack.blocks.problems import refusal, sentence
from bot.slack.blocks.texts import Texts

Modal = dict[str, Any]
"""A view as Slack's methods take it."""

MOST_OPTION = 75
"""Characters of an option's text. Source: Block Kit reference, option object."""
_NOTICE = "notice"
_LABELLED = re.compile(r"<[^<>|]*\|([^<>]*)>")
# Slack sends more than it takes back, such as id, hash and state (java-slack-sdk#1205).
_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def modal(
    title: str,
    blocks: Sequence[Block],
    texts: Texts,
    *,
    callback: str | None = None,
    submit: str | None = None,
    carries: str | None = None,
    close: str | None = None,
) -> Modal:
    """Returns a modal. `callback` says who gets what is submitted; `carries` comes with it."""
    view = View(
        type="modal",
        callback_id=callback,
        title=PlainTextObject(text=title),
        submit=None if submit is None else PlainTextObject(text=submit),
        close=PlainTextObject(text=close or texts.say("form-close")),
        private_metadata=carries,
        blocks=blocks,
    )
    fields: Modal = view.to_dict()
    return fields


def with_notice(view: Modal, words: str) -> Modal:
    """Returns a modal as Slack sent it, with words on top; what was typed stays in its fields."""
    notice = SectionBlock(block_id=_NOTICE, text=mrkdwn(words)).to_dict()
    blocks = [block for block in view["blocks"] if block.get("block_id") != _NOTICE]
    kept = {key: view[key] for key in _KEPT if view.get(key)}
    return kept | {"blocks": [notice, *blocks]}


def option(value: str, words: str) -> Option:
    """Returns an option to choose, with its words cut to what Slack takes."""
    # Slack refuses an option without a text.
    return Option(value=value, text=line(words, MOST_OPTION) or value)


def plainly(words: str) -> str:
    """Turns mrkdwn into plain text, since Slack shows no other in the errors beside fields."""
    return html.unescape(_LABELLED.sub(r"\1", words).replace("`", ""))


def field_error(problem: UserError | str, texts: Texts) -> str:
    """Returns the words beside a field; a `problem` that is a text is an id in the catalogue."""
    if isinstance(problem, str):
        return plainly(texts.say(problem))
    if isinstance(problem, NotAllowed):  # plain text shows neither people nor channels
        return plainly(texts.say(refusal(problem) if problem.person else "form-error-channel"))
    return plainly(sentence(problem, texts))
