"""Takes the steps of a play: what people do, what IACrea does, what happens to the bot."""

import asyncio
import time
from collections.abc import Callable, Iterable

from bot.demo import view
from bot.demo.bot_process import BotProcess
from bot.demo.errors import DemoError
from bot.demo.ledger import ANNOUNCEMENT, OUTCOME, Ledger, conversation, parts, private_answers
from bot.demo.screen import Screen
from bot.demo.script import (
    CHANNEL,
    CREDITS,
    EFFECTS,
    FAREWELL,
    TITLE,
    VIDEO,
    Answered,
    Fail,
    Kill,
    Narrate,
    Pace,
    Person,
    Press,
    Start,
    Step,
    Type,
    Until,
)
from bot.simulator.iacrea import IACreaSimulator, VideoStatus
from bot.simulator.slack import Delivery, Message, SlackSimulator

LONGEST_PLAY = 75.0
"""Seconds. Source: issue «main job»: the demo ends within 90 s, stopping and starting included."""
PATIENCE = 20.0
"""Seconds to wait for one thing."""
CONNECTIONS = 2
"""As many as the bot opens to Slack in Socket Mode."""
READING = 0.9
"""Seconds to read a line before the next thing happens."""


class Stage:
    """A channel with people in it, an IACrea account with a video, and the bot."""

    def __init__(
        self, slack: SlackSimulator, iacrea: IACreaSimulator, bot: BotProcess, screen: Screen
    ) -> None:
        self._slack = slack
        self._iacrea = iacrea
        self._bot = bot
        self._screen = screen
        self._people = {person: slack.workspace.add_user(person) for person in Person}
        self._channel = slack.workspace.add_channel(CHANNEL)
        self._video = iacrea.studio.add_video(len(EFFECTS), id=VIDEO, effects=EFFECTS)
        self._deliveries: list[Delivery] = []

    async def play(self, steps: Iterable[Step]) -> None:
        """Takes all steps, then shows what came of them.

        Raises:
            DemoError: something did not happen, or the ledger does not add up.
        """
        self._open()
        try:
            async with asyncio.timeout(LONGEST_PLAY):
                for step in steps:
                    await self._take(step)
        except TimeoutError as late:
            why = str(late) or f"not at its end within {LONGEST_PLAY:g} s"
            raise DemoError(f"the play did not go on: {why}") from None
        workspace = self._slack.workspace
        ledger = Ledger.drawn(
            self._deliveries, workspace, self._channel, self._iacrea, before=CREDITS
        )
        ledger.check()
        self._close(ledger)

    async def _take(self, step: Step) -> None:
        match step:
            case Narrate(text):
                self._screen.show(view.narrated(text, self._screen.reader))
                await asyncio.sleep(READING)
            case Type():
                await self._type(step)
            case Press():
                await self._press(step)
            case Until(words):
                await self._until(lambda: self._says(words))
            case Answered():
                await self._until(self._all_answered)
                await asyncio.sleep(READING)
            case Fail() | Pace():
                self._direct(step)
            case Start() | Kill():
                await self._run(step)

    async def _run(self, step: Start | Kill) -> None:
        match step:
            case Start():
                await self._bot.start()
                await self._until(lambda: self._slack.connections == CONNECTIONS)
            case Kill():
                await self._bot.kill()

    def _direct(self, step: Fail | Pace) -> None:
        studio = self._iacrea.studio
        match step:
            case Fail(sequence):
                failing = self._video.sequences[sequence - 1]
                studio.fail_next(self._video, failing, ends=VideoStatus.FAILED)
            case Pace(timings):
                studio.timings = timings

    async def _type(self, step: Type) -> None:
        person = self._people[step.who]
        note = "delivered twice" if step.twice else ""
        reader = self._screen.reader
        self._screen.show(view.typed(time.time(), person.id, step.command, reader, note=note))
        self._slack.faults.deliver_twice += step.twice
        self._note(await self._slack.command(person, self._channel, step.command))

    async def _press(self, step: Press) -> None:
        person = self._people[step.who]
        message, action = self._button(step.label)
        self._screen.show(view.pressed(time.time(), person.id, step.label, self._screen.reader))
        self._note(await self._slack.click(person, message, action))

    def _button(self, label: str) -> tuple[Message, str]:
        for message in reversed(conversation(self._slack.workspace, self._channel)):
            for block in message.blocks:
                for element in block.get("elements", ()):
                    if element["type"] == "button" and element["text"]["text"] == label:
                        return message, element["action_id"]
        raise DemoError(f"no message has a button “{label}”")

    def _note(self, delivery: Delivery) -> None:
        if not delivery.ok:
            raise DemoError(f"the bot did not acknowledge in time: {delivery.error}")
        self._deliveries.append(delivery)

    def _says(self, words: str) -> bool:
        return any(words in message.text for _, message in self._parts(ANNOUNCEMENT))

    def _all_answered(self) -> bool:
        """Whether each request has its private answer, or its outcome and then its last edit."""
        told = dict(self._parts(OUTCOME))
        announced = self._parts(ANNOUNCEMENT)
        privately = private_answers(self._slack.workspace, self._channel)
        return len(announced) + privately == len(self._deliveries) and all(
            request in told and announcement.versions[-1].at >= told[request].versions[0].at
            for request, announcement in announced
        )

    def _parts(self, part: str) -> list[tuple[str, Message]]:
        return parts(conversation(self._slack.workspace, self._channel), part)

    async def _until(self, condition: Callable[[], bool]) -> None:
        await self._slack.until(lambda _: condition(), PATIENCE)

    def _open(self) -> None:
        reader = self._screen.reader
        title = view.titled("regen-bot demo", TITLE, reader)
        self._screen.show([*title, (), view.heading(f"#{CHANNEL}", reader)])

    def _close(self, ledger: Ledger) -> None:
        reader = self._screen.reader
        sums = [view.heading("What it came to", reader), *ledger.lines()]
        self._screen.show([(), *sums, *view.narrated(FAREWELL, reader)])
