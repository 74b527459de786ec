"""Runs the tests side by side, in workers forked from the Python that has collected them all.

`python -m pytest -p tests.workers --workers 16`. Most tests wait (for a poll, a lease, a process),
so there should be many workers. With pytest-xdist each collects for itself, in 6 s of CPU. What
measures time goes first and alone; after that a worker that is free takes what is next.
"""

import gc
import os
import sys
import traceback
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Protocol

import pytest

WORKER = "TEST_WORKER"
"""The variable with the number of this worker, by which it chooses ports that are its own."""
BROWSERS = 2
"""Workers that begin with the tests in a browser, as each of them starts a Chromium."""
IN_A_BROWSER = "tests/browser/"
LONG = (
    "tests/promise/",
    "tests/operate/",
    "tests/limits/",
    "tests/store/test_sentinel.py",
    "tests/chaos/",
    "tests/sandbox/demo/",
    "tests/e2e/",
    "tests/attackers/",
    "tests/conversation/",
)
"""Where tests wait for seconds. Begun last, they would be waited for with nothing beside them."""


class Test(Protocol):
    """What is known of a test."""

    @property
    def nodeid(self) -> str: ...


class Queue:
    """Says which test a worker runs next."""

    def __init__(self, tests: Sequence[Test], places: Iterable[int]) -> None:
        """Takes all tests, and the places of those to run."""
        places = list(places)
        browser = [each for each in places if tests[each].nodeid.startswith(IN_A_BROWSER)]
        others = [each for each in places if not tests[each].nodeid.startswith(IN_A_BROWSER)]
        others.sort(key=lambda each: not tests[each].nodeid.startswith(LONG))
        self._browser, self._others = deque(browser), deque(others)

    def __bool__(self) -> bool:
        return bool(self._browser or self._others)

    def take(self, worker: int) -> int | None:
        """Returns the place of the next one, None if there is none for this worker."""
        if self._browser and worker < BROWSERS:
            return self._browser.popleft()
        return self._others.popleft() if self._others else None

    def give_back(self, place: int) -> None:
        """Puts one first again that was taken and not run."""
        self._others.appendleft(place)

    def clear(self) -> None:
        """Drops whatever is left."""
        self._browser.clear()
        self._others.clear()


@dataclass
class Worker:
    """A process that runs tests.

    Attributes:
        taken: places of the test that runs and of the one after it, which says what that one need
            not tear down.
    """

    number: int
    pid: int
    taken: list[int] = field(default_factory=list)


class Workers:
    """Forks workers, hands them tests, and reports what they say as if all had run here."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._hook = session.config.hook
        self._workers: dict[Connection, Worker] = {}

    def run(self, queue: Queue, count: int) -> None:
        """Runs all of the queue with so many workers."""
        try:
            for each in range(count):
                self._start(each)
            while self._workers:
                for connection in wait([*self._workers]):
                    assert isinstance(connection, Connection)
                    self._hear(connection, queue)
        finally:
            for connection in self._workers:
                connection.close()  # whoever asks for the next one ends
            for worker in self._workers.values():
                os.waitpid(worker.pid, 0)

    def _start(self, each: int) -> None:
        ours, theirs = Pipe()
        pid = os.fork()
        if pid == 0:
            for connection in (ours, *self._workers):
                connection.close()
            _work(self._session, theirs, each)
        theirs.close()
        self._workers[ours] = Worker(each, pid)

    def _hear(self, connection: Connection, queue: Queue) -> None:
        worker = self._workers[connection]
        try:
            said = connection.recv()
        except (EOFError, ConnectionError):
            self._ended(connection, worker, queue)
            return
        if said is None:
            del worker.taken[:-1]
            following = queue.take(worker.number)
            connection.send(following)
            worker.taken += [] if following is None else [following]
        else:
            report = self._hook.pytest_report_from_serializable(
                config=self._session.config, data=said
            )
            self._hook.pytest_runtest_logreport(report=report)
            if self._session.shouldfail or self._session.shouldstop:
                queue.clear()

    def _ended(self, connection: Connection, worker: Worker, queue: Queue) -> None:
        connection.close()
        del self._workers[connection]
        _, status = os.waitpid(worker.pid, 0)
        if status == 0:
            return
        if not worker.taken:
            raise self._session.Interrupted("a worker could not begin")
        running, *following = worker.taken
        self._lost(self._session.items[running], os.waitstatus_to_exitcode(status))
        for place in following:
            queue.give_back(place)
        if queue:
            self._start(worker.number)

    def _lost(self, item: pytest.Item, code: int) -> None:
        said = f"the worker that ran it ended with {code}"
        self._hook.pytest_runtest_logreport(
            report=pytest.TestReport(
                item.nodeid, item.location, dict(item.keywords), "failed", said, "call"
            )
        )


class Reporter:
    """Sends what comes of a worker's tests."""

    def __init__(self, config: pytest.Config, connection: Connection) -> None:
        self._config = config
        self._connection = connection

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._connection.send(data)


def _work(session: pytest.Session, connection: Connection, each: int) -> None:
    """Runs tests until there are none, and ends the process."""
    os.environ[WORKER] = str(each)
    code = 1
    try:
        _settle(session.config, connection)
        _run(session, connection)
        code = 0
    except (KeyboardInterrupt, EOFError, ConnectionError):  # they end the run, not only this worker
        session._setupstate.teardown_exact(None)
    finally:
        if sys.exc_info()[0]:
            session.config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
            traceback.print_exc(file=sys.__stderr__)
        os._exit(code)


def _settle(config: pytest.Config, connection: Connection) -> None:
    """Gives the worker what it must not share: where output is kept, and files; it says nothing."""
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    capture.start_global_capturing()
    files = config._tmp_path_factory  # type: ignore[attr-defined]
    files._basetemp = files.getbasetemp() / f"worker-{os.getpid()}"
    files._basetemp.mkdir()
    config.pluginmanager.register(Reporter(config, connection))


def _run(session: pytest.Session, connection: Connection) -> None:
    def following() -> pytest.Item | None:
        connection.send(None)
        place = connection.recv()
        return None if place is None else session.items[place]

    item = following()
    while item is not None:
        then = following()
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
        item = then


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--workers", type=int, default=0, help="so many tests side by side")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    config = session.config
    count: int = config.option.workers
    if not count or config.option.collectonly or session.testsfailed:
        return None
    config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()  # or the first collection of each worker would copy all that was collected
    alone = {place for place, item in enumerate(session.items) if item.get_closest_marker("alone")}
    workers = Workers(session)
    for places, side_by_side in ((alone, 1), (set(range(len(session.items))) - alone, count)):
        workers.run(Queue(session.items, sorted(places)), min(side_by_side, len(places)))
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
    return True
