"""Builds the dialogs in which Slack asks before a press spends credits, with effect and price.

Limits: docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object.
"""

from slack_sdk.models.blocks import ConfirmObject, PlainTextObject

from bot.slack.blocks.message import fitting, mrkdwn
from bot.slack.blocks.texts import Texts

_MOST_EFFECT = 75
"""Characters of an effect's name, so that every text fits into the dialog's 300."""


def another_effect(what: str, cost: float | None, texts: Texts) -> ConfirmObject:
    """Returns the dialog of a menu of effects, for the sequences that `what` names.

    `cost` is in credits, None if unknown. Slack shows the dialog once an effect was chosen, and
    cannot put that effect's name into it.
    """
    return _dialog(texts.say("confirm-chosen", what=what, cost=_cost(cost, texts)), texts)


def same_effect(what: str, effect: str | None, cost: float | None, texts: Texts) -> ConfirmObject:
    """Returns the dialog of a button that repeats `what`; no `effect` where IACrea tells none."""
    price = _cost(cost, texts)
    if effect is None:
        return _dialog(texts.say("confirm-same", what=what, cost=price), texts)
    named = fitting(texts.say.effect(effect), _MOST_EFFECT)
    return _dialog(texts.say("confirm-same-effect", what=what, effect=named, cost=price), texts)


def like_take(what: str, effect: str | None, cost: float | None, texts: Texts) -> ConfirmObject:
    """Returns the dialog of a button that regenerates `what` like one of its takes."""
    price = _cost(cost, texts)
    if effect is None:
        return _dialog(texts.say("confirm-like", what=what, cost=price), texts)
    named = fitting(texts.say.effect(effect), _MOST_EFFECT)
    return _dialog(texts.say("confirm-like-effect", what=what, effect=named, cost=price), texts)


def all_failed(count: int, cost: float | None, texts: Texts) -> ConfirmObject:
    """Returns the dialog of a button that repeats every sequence that has failed."""
    return _dialog(texts.say("confirm-failed", count=count, cost=_cost(cost, texts)), texts)


def _cost(cost: float | None, texts: Texts) -> str:
    if cost is None:
        return texts.say("confirm-cost-unknown")
    return texts.say("confirm-cost", credits=round(cost, 2))


def _dialog(text: str, texts: Texts) -> ConfirmObject:
    return ConfirmObject(
        title=PlainTextObject(text=texts.say("confirm-title")),
        text=mrkdwn(text),
        confirm=PlainTextObject(text=texts.say("confirm-yes")),
        deny=PlainTextObject(text=texts.say("confirm-no")),
    )
