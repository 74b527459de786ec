"""The Home tab: how one's own requests are, or everybody's for an administrator."""

from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot.domain.request import UserId
from bot.slack.blocks.message import code, section
from bot.slack.blocks.texts import Texts
from bot.slack.status.messages import Report, ended, money, running

OPEN_FORM = "open_form"

MOST_RUNNING = 40
MOST_ENDED = 20


def home(overview: Report, own: UserId | None, texts: Texts) -> dict[str, Any]:
    """The view; `own` is whose requests they are, None for everybody's.

    No clock goes into it, so that two of them differ only if something has changed.
    """
    form = ButtonElement(action_id=OPEN_FORM, text=texts.say("button-open-form"), style="primary")
    blocks: list[Block] = []
    if overview.spent is None:  # whoever may spend nothing has nothing to start, and no account
        blocks = [section(texts.say("home-hello")), DividerBlock()]
        return dict(View(type="home", blocks=blocks + _requests(overview, texts)).to_dict())
    if not overview.running and not overview.ended:
        blocks += [*_hello(texts), ActionsBlock(elements=[form]), DividerBlock()]
    else:
        title = texts.say("home-all" if own is None else "home-own")
        blocks += [section(title), ActionsBlock(elements=[form]), DividerBlock()]
        blocks += [*_requests(overview, texts), DividerBlock()]
    blocks += money(overview, own, texts)
    return dict(View(type="home", blocks=blocks).to_dict())


def _requests(overview: Report, texts: Texts) -> list[Block]:
    shown = overview.running[:MOST_RUNNING]
    under_way = running(shown, len(overview.running), texts)
    return [*under_way, *ended(overview.ended[:MOST_ENDED], texts)]


def _hello(texts: Texts) -> list[Block]:
    lines = [
        texts.say("home-hello-start", command=code(texts.command)),
        texts.say("home-hello-then"),
        texts.say("home-hello-cost"),
    ]
    return [section(texts.say("home-hello")), section("\n".join(lines))]
