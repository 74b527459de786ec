"""What somebody of another organisation may do in a channel that is shared with it."""

import copy
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.request import ChannelId, Order, Selection
from bot.slack.answering import late_question
from bot.slack.blocks import agreeing, buttons
from bot.slack.blocks.answers import AFTER_RENDER_HERE, AGREE
from bot.slack.blocks.did_you_mean import NAME_MEANT
from bot.slack.blocks.following import FOLLOW, FOLLOW_THERE, KEEP_FOLLOWING
from bot.slack.blocks.placing import placed
from bot.slack.form import fields as filled
from bot.slack.form import listeners
from bot.slack.form.fields import Draft, FormContext
from bot.slack.form.view import CONFIRM, FORM, Form, confirmation, form
from bot.slack.home import rows
from bot.slack.naming.sequences_view import SEQUENCE_NAMING, NamedSequence, Opened, sequences_modal
from bot.slack.naming.view import NAMING, name_modal
from bot.slack.status.messages import SHOW
from bot.slack.storyboard import messages as storyboard
from sandbox.iacrea import IACreaSimulator
from sandbox.iacrea.video import Video
from sandbox.slack import Channel, Delivery, Message, SlackSimulator, User, View
from sandbox.slack.records import Content
from sandbox.slack.workspace import Place
from tests.texts import ENGLISH

ELSEWHERE = "T0000000099"
PRIVATE = {storyboard.NEXT, storyboard.PREVIOUS}
"""What stands under messages to one person alone: pressing it replaces them."""


@dataclass
class Scene:
    """A channel shared with another organisation, in which somebody of ours has spent credits."""

    slack: SlackSimulator
    iacrea: IACreaSimulator
    olga: User
    anna: User
    channel: Channel
    video: Video
    done: str
    request: str
    card: Message

    def carried(self) -> str:
        order = Order(self.video.id, Selection(positions=(2,)))  # type: ignore[arg-type]
        return buttons.value(order, None, {"take": f"{self.done}:{self.video.sequences[1].id}"})

    def row(self, *elements: dict[str, Any], to: User | None = None) -> Message:
        """A message of the bot's with these, as an earlier release might have posted it."""
        content = Content("x", ({"type": "actions", "elements": list(elements)},))
        bot = self.slack.workspace.bot.id
        place = Place(bot, visible_to=to.id if to else None)
        return self.slack.workspace.post(self.channel, content, place)

    async def press(self, action: str, value: str | None = None) -> Delivery:
        button = _button(action, self.carried() if value is None else value)
        target = self.row(button, to=self.olga if action in PRIVATE else None)
        return await self.slack.click(self.olga, target, action)

    async def press_at_home(self, action: str, value: str) -> Delivery:
        """The same on their Home tab, or in a modal over it."""
        body = {"blocks": [{"type": "actions", "elements": [_button(action, value)]}]}
        if action == AFTER_RENDER_HERE:
            view = self.view(body | {"type": "modal", "title": LABEL})
        else:
            view = self.slack.workspace.views.publish(self.olga.id, body | {"type": "home"})
        return await self.slack.click(self.olga, view, action)

    def view(self, body: dict[str, Any]) -> View:
        return self.slack.workspace.views.open(self.olga.id, body)

    async def as_if(self, theirs: Delivery) -> Delivery:
        """The same delivery with olga for its person: Slack would not send it today."""
        payload = copy.deepcopy(theirs.payload)
        if "command" in payload:
            payload |= {"user_id": self.olga.id, "team_id": ELSEWHERE, "trigger_id": "9.9.9"}
            payload |= {"response_url": self.link()}
        else:
            payload["user"] |= {"id": self.olga.id, "team_id": ELSEWHERE}
            payload["trigger_id"] = self.slack._installation.triggers.issue(self.olga.id)
            payload |= {"response_url": self.link()} if "response_url" in payload else {}
        edited = replace(theirs.sent, body=payload)
        return await self.slack._dispatcher.deliver(edited)

    def link(self) -> str:
        urls = self.slack._installation.response_urls
        return self.slack._installation.base_url + urls.issue(self.olga.id, self.channel.id)

    def seen(self) -> str:
        """All that olga alone sees, and nothing that the channel sees."""
        workspace = self.slack.workspace
        home = workspace.home(self.olga)
        shown = [
            *(m for c in workspace.channels() for m in workspace.ephemerals(self.olga, c)),
            *workspace.messages(workspace.direct_message(self.olga)),
        ]
        texts: list[Any] = [(m.text, m.blocks) for m in shown]
        texts += [(v.body, v.errors) for v in workspace.modals(self.olga)]
        texts += [home.body] if home else []
        return json.dumps(texts, ensure_ascii=False)

    async def told(self, words: str) -> None:
        await self.slack.until(lambda _: words in self.seen())


LABEL = {"type": "plain_text", "text": "x"}


def _button(action: str, value: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": LABEL, "value": value}


Act = Callable[[Scene], Awaitable[object]]


async def in_a_menu(scene: Scene) -> None:
    menu = {
        "type": "static_select",
        "action_id": buttons.ANOTHER_EFFECT,
        "options": [{"text": LABEL, "value": "CAMERA_PUSH_IN"}],
    }
    row = scene.row(_button(buttons.AGAIN, scene.carried()), menu)
    await scene.slack.select(scene.olga, row, buttons.ANOTHER_EFFECT, "CAMERA_PUSH_IN")


def the_form(scene: Scene) -> View:
    opened = FormContext(scene.channel.id, cost=3.0)  # type: ignore[arg-type]
    draft = Draft(channel=scene.channel.id)  # type: ignore[arg-type]
    return scene.view(form(Form(opened, draft), ENGLISH))


async def in_the_form(scene: Scene) -> None:
    """Slack lets nobody choose what was not offered, so somebody of ours was offered it."""
    view = the_form(scene)
    offered = await scene.slack.suggest(scene.olga, view, filled.VIDEO, scene.video.id)
    assert offered.ack == {"options": []}
    theirs = scene.slack.workspace.views.open(scene.anna.id, dict(view.body))
    await scene.slack.suggest(scene.anna, theirs, filled.VIDEO, scene.video.id)
    chosen = await scene.slack.select(scene.anna, theirs, filled.VIDEO, scene.video.id)
    assert chosen is not None
    payload = copy.deepcopy(chosen.payload)
    payload["user"] |= {"id": scene.olga.id, "team_id": ELSEWHERE}
    payload["view"]["id"] = view.id
    edited = replace(chosen.sent, body=payload)
    await scene.slack._dispatcher.deliver(edited)


async def submit_the_form(scene: Scene) -> None:
    view = the_form(scene)
    option = {"text": {"type": "plain_text", "text": "x"}, "value": scene.video.id}
    field = {filled.VIDEO: {"type": "external_select", "selected_option": option}}
    await scene.slack.submit(scene.olga, view.id, {filled.VIDEO: field})


async def confirm(scene: Scene) -> None:
    order = Order(scene.video.id, Selection(positions=(3, 4)))  # type: ignore[arg-type]
    place = FormContext(scene.channel.id, cost=3.0)  # type: ignore[arg-type]
    view = scene.view(confirmation(order, place, ENGLISH))
    await scene.slack.submit(scene.olga, view.id, {})


async def name_it(scene: Scene) -> None:
    view = scene.view(name_modal(scene.video.id, scene.channel.id, ENGLISH))  # type: ignore[arg-type]
    await scene.slack.submit(scene.olga, view.id, {"name": {"name": {"value": "stolen"}}})


async def name_its_sequences(scene: Scene) -> None:
    sequence = NamedSequence(scene.video.sequences[0].id, 1, "")  # type: ignore[arg-type]
    opened = Opened(scene.video.id, scene.channel.id, None, (sequence,))  # type: ignore[arg-type]
    view = scene.view(sequences_modal(opened, ENGLISH))
    field = {"sequence-1": {SEQUENCE_NAMING: {"value": "stolen"}}}
    await scene.slack.submit(scene.olga, view.id, field)


async def by_shortcut(scene: Scene) -> None:
    await scene.as_if(await scene.slack.shortcut(scene.anna, listeners.EVERYWHERE))


async def by_message_shortcut(scene: Scene) -> None:
    theirs = await scene.slack.shortcut(scene.anna, listeners.ON_MESSAGE, scene.card)
    await scene.as_if(theirs)


async def share(scene: Scene) -> None:
    """What an outsider can bring about of it: that somebody shares another channel with them."""
    private = scene.slack.workspace.add_channel("deal", private=True)
    await scene.slack.share(private, ELSEWHERE)


async def by_command(scene: Scene) -> None:
    theirs = await scene.slack.command(scene.anna, scene.channel, "/regen help")
    edited = replace(theirs.sent, body=theirs.payload | {"text": f"{scene.video.id} 4"})
    await scene.as_if(replace(theirs, sent=edited))


async def by_mention(scene: Scene) -> None:
    thread = scene.slack.workspace.messages(scene.channel)[0].ts
    for place in (None, thread):
        await scene.slack.say(scene.olga, scene.channel, f"@Regen {scene.video.id} 4", place)
    await scene.slack.say(scene.olga, scene.channel, "@Regen again", thread)
    await scene.slack.say(scene.olga, scene.channel, f"@Regen name {scene.video.id} stolen")


async def in_direct_messages(scene: Scene) -> None:
    place = scene.slack.workspace.direct_message(scene.olga)
    await scene.slack.say(scene.olga, place, f"{scene.video.id} 4")


def pressing(action: str, value: Callable[[Scene], str] | None = None) -> Act:
    return lambda scene: scene.press(action, value(scene) if value else None)


def page(scene: Scene) -> str:
    return storyboard.PageRef(scene.video.id).value()  # type: ignore[arg-type]


def a_name(scene: Scene) -> str:
    fields = {"name": "stolen", "follow": "0" * 20, "channel": scene.channel.id, "thread": None}
    return json.dumps({"video": scene.video.id, **fields})


async def nothing(_: Scene) -> None:
    """What no outsider can bring about: user groups are the workspace's own."""


def given_up(scene: Scene) -> str:
    order = Order(scene.video.id, Selection(positions=(3,)))  # type: ignore[arg-type]
    return buttons.value(order, None, {"name": "0" * 20, "channel": scene.channel.id})


def at_home(action: str, value: Callable[[Scene], str]) -> Act:
    return lambda scene: scene.press_at_home(action, value(scene))


def carried_home(scene: Scene) -> str:
    return placed(scene.carried(), ChannelId(scene.channel.id))


async def agree(scene: Scene) -> None:
    body = {"type": "modal", "callback_id": AGREE, "title": LABEL, "submit": LABEL, "blocks": []}
    view = scene.view(body | {"private_metadata": carried_home(scene)})
    await scene.slack.submit(scene.olga, view.id, {})


ACTS: dict[tuple[str, str], Act] = {
    ("action", buttons.ANOTHER_EFFECT): in_a_menu,
    ("action", late_question.START_NOW): pressing(late_question.START_NOW, given_up),
    ("action", buttons.STOP_WATCHING): pressing(buttons.STOP_WATCHING, lambda s: s.request),
    ("action", buttons.STORYBOARD): pressing(buttons.STORYBOARD, lambda s: s.video.id),
    ("action", FOLLOW): pressing(FOLLOW, lambda s: s.video.id),
    ("action", FOLLOW_THERE): at_home(FOLLOW_THERE, a_name),
    ("action", KEEP_FOLLOWING): pressing(KEEP_FOLLOWING, a_name),
    ("action", storyboard.NEXT): pressing(storyboard.NEXT, page),
    ("action", storyboard.PREVIOUS): pressing(storyboard.PREVIOUS, page),
    ("action", storyboard.SHARE): pressing(storyboard.SHARE, lambda s: s.video.id),
    ("action", storyboard.NAME_VIDEO): pressing(storyboard.NAME_VIDEO, lambda s: s.video.id),
    ("action", storyboard.NAME_SEQUENCES): pressing(storyboard.NAME_SEQUENCES, page),
    ("action", NAME_MEANT): pressing(NAME_MEANT, a_name),
    ("action", SHOW): pressing(SHOW, lambda s: s.done),
    ("action", rows.SHOW): at_home(rows.SHOW, lambda s: s.done),
    ("action", rows.STORYBOARD): at_home(rows.STORYBOARD, lambda s: s.video.id),
    ("action", rows.REPEAT): at_home(rows.REPEAT, carried_home),
    ("action", rows.KEEP_WATCHING): at_home(rows.KEEP_WATCHING, carried_home),
    ("action", rows.STOP_WATCHING): at_home(rows.STOP_WATCHING, lambda s: s.request),
    ("action", rows.CANCEL_WAITING): at_home(rows.CANCEL_WAITING, lambda s: s.request),
    ("action", AFTER_RENDER_HERE): at_home(AFTER_RENDER_HERE, carried_home),
    ("action", agreeing.CANCEL_WAITING): pressing(agreeing.CANCEL_WAITING, lambda s: s.request),
    ("action", rows.REGENERATE): at_home(rows.REGENERATE, lambda s: s.video.id),
    ("view", AGREE): agree,
    ("action", filled.VIDEO): in_the_form,
    ("options", filled.VIDEO): in_the_form,
    ("view", FORM): submit_the_form,
    ("view", CONFIRM): confirm,
    ("view", NAMING): name_it,
    ("view", SEQUENCE_NAMING): name_its_sequences,
    ("shortcut", listeners.EVERYWHERE): by_shortcut,
    ("shortcut", listeners.ON_MESSAGE): by_message_shortcut,
    ("command", "/regen"): by_command,
    **{("event", f"subteam_{each}"): nothing for each in ("created", "members_changed", "updated")},
    ("event", "app_mention"): by_mention,
    ("event", "message"): in_direct_messages,
    ("event", "channel_id_changed"): share,
    ("event", "member_joined_channel"): lambda scene: scene.slack.invite(
        scene.slack.workspace.add_channel("theirs", shared_with=[ELSEWHERE], bot_member=True),
        scene.olga,
    ),
    ("event", "app_home_opened"): lambda scene: scene.slack.open_home(scene.olga),
}
"""What is done with an id where it is more than pressing a button that carries a wish."""


def act_of(which: tuple[str, str]) -> Act:
    return ACTS.get(which) or pressing(which[1])
