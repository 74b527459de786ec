"""Accepts requests: written to Redis first, and only then acknowledged."""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.domain.errors import UserError
from bot.domain.request import Request, RequestId, State
from bot.slack.blocks.message import Message
from bot.slack.blocks.problems import Workspace, not_written_down, problem, sorry
from bot.store.door import StoreAwayError
from bot.store.generations import Accepted, Generations, OvertakenError

log = logging.getLogger(__name__)

WITHIN = 1.0
"""Seconds that Redis has for it. Source: contract, «What a user sees», 1."""
WITHDRAWALS = 60
"""Tries, a second apart, to withdraw a request that Redis may have taken without saying so."""

Listener = Callable[[AsyncArgs], Awaitable[None]]


class Intake:
    """The way of a request into Redis, and the deliveries that are still being worked on."""

    def __init__(self, store: Generations) -> None:
        self._store = store
        self._under_way: set[asyncio.Task[None]] = set()

    def now(self) -> float:
        """Unix time in seconds."""
        return self._store.now()

    async def accept(self, request: Request) -> Message | None:
        """Writes the request down; what to say instead, where nothing will be started.

        A request that an earlier delivery wrote down is written down.
        """
        try:
            async with asyncio.timeout(WITHIN):
                accepted = await self._store.accept(request, within=WITHIN)
        except (StoreAwayError, TimeoutError) as error:
            log.warning("not written down (%s)", type(error).__name__)
            self.keep(asyncio.create_task(self._withdraw(request)))
            return not_written_down()
        if accepted is Accepted.SAVED:
            log.info("accepted", extra={"request": request.id, "video": request.wish.video})
        return not_written_down() if accepted is Accepted.LATE else None

    def tracked(self, listener: Listener) -> Listener:
        """The listener, known to `drain` and never raising.

        Bolt keeps no reference to the tasks it starts, and it loses the acknowledgement of a
        listener that raises before its first wait after it (slack_bolt 1.30.0,
        `listener/asyncio_runner.py`: measured as 404 after three seconds).
        """

        async def run(args: AsyncArgs) -> None:
            task = asyncio.current_task()
            if task is not None:
                self.keep(task)
            try:
                await listener(args)
            except Exception:
                log.exception("a listener failed")
                if args.ack.response is None:
                    await args.ack()

        run.__name__ = getattr(listener, "__name__", "listener")
        return run

    def keep(self, task: "asyncio.Task[None]") -> None:
        """Holds on to a task until it is done."""
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def drain(self, within: float) -> None:
        """Waits until everything delivered so far is answered, `within` seconds at the most."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within)

    async def _withdraw(self, request: Request) -> None:
        """The write may have arrived although its answer did not; the person was told no."""
        for _ in range(WITHDRAWALS):
            if await self._withdrawn(request):
                return
            await asyncio.sleep(WITHIN)
        log.warning("could not withdraw it", extra={"request": request.id})

    async def _withdrawn(self, request: Request) -> bool:
        try:
            await self._store.save(replace(request, state=State.TOLD))
        except StoreAwayError:
            return False
        except OvertakenError:
            return True  # it was never written
        return True


async def explained(answer: Awaitable[Message | None], workspace: Workspace) -> Message | None:
    """What to say to that person alone: the answer, or what went wrong, in plain words."""
    try:
        return await answer
    except UserError as error:
        return problem(error, workspace)
    except Exception:
        log.exception("a delivery could not be answered")
        return sorry()


def request_id(*delivery: str) -> RequestId:
    """The name of a request, the same for each delivery of the same action."""
    digest = hashlib.sha256("\0".join(delivery).encode()).hexdigest()
    return RequestId(digest[:20])
