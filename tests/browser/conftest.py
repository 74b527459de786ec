"""The demo's page in a real Chromium, driven as a visitor would, with the real bot behind it."""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    async_playwright,
    expect,
)

from sandbox.demo import bot_process
from sandbox.demo.bot_process import CONNECTIONS, SOURCES
from sandbox.demo.runner import Demo, set_up
from sandbox.iacrea import Timings
from tests.depth import IN_CI
from tests.nursery import Nursery

in_one_loop = pytest.mark.asyncio(loop_scope="session")
"""Every test in a browser is marked so: one Playwright, whose start takes a second, serves all."""
QUICK = Timings(queue=0.3, animate=1.5, stagger=0.2, render=1.0)
PATIENCE = 60_000
"""Milliseconds for one thing to appear, on a machine that has much else to do."""
expect.set_options(timeout=PATIENCE)
PICTURES = os.environ.get("PICTURES")
"""Where the README's pictures go; without it CI takes them into a temporary directory."""
MOVES = bool(IN_CI or PICTURES)
"""Whether pages and pictures move; without a graphics card that is most of what a test costs."""
STILL = "null"
"""The motion that Chromium was started with; Playwright asks for all of it where it is not told."""
WIDE = (1440, 900)
PHONE = (360, 740)
TABLET = (840, 850)

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-startup-window",
    *([] if MOVES else ["--force-prefers-reduced-motion"]),
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's own browser; CI must have one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("CI has no Chromium: .ci/run installs it")
    if found is None:
        pytest.skip("no Chromium is installed (on Debian: apt install chromium)")
    return found


@pytest.fixture(scope="session")
def devtools(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium a run, as a start takes a second; the value is where it is driven."""
    profile = tmp_path_factory.mktemp("chromium")
    listening = profile / "DevToolsActivePort"
    command = [chromium, *_FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        while not (listening.exists() and listening.read_text().count("\n")):
            assert process.poll() is None
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.read_text().splitlines()[0]}"
        process.terminate()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(devtools: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(devtools)
        yield browser
        await browser.close()  # lets go of Chromium


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def profile(browser: Browser) -> BrowserContext:
    """Where pages are opened: another one for each test would take longer than all that it shows.

    A test's pages are new ones, of an origin that is its demo's alone, and so is what they store.
    """
    profile = await new_profile(browser, WIDE, motion="no-preference" if MOVES else STILL)
    await profile.new_page()  # stays, as Chromium clears away what has no page
    return profile


@pytest_asyncio.fixture(loop_scope="session")
async def moving(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Where pages move, for what plays by itself: they are small, as moving takes its time."""
    profile = await new_profile(browser, WIDE if MOVES else PHONE, motion="no-preference")
    yield profile
    await profile.close()


async def new_profile(browser: Browser, size: tuple[int, int], *, motion: str) -> BrowserContext:
    """A profile whose pages are of that size, and move or do not."""
    viewport = {"width": size[0], "height": size[1]}
    return await browser.new_context(viewport=viewport, reduced_motion=motion)


@pytest.fixture(autouse=True)
def forked_bots(nursery: Nursery | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the demo fork its bots where there is a nursery."""
    if nursery:
        monkeypatch.setattr(bot_process, "start_python", nursery.start_bot)


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    """All of the demo with the bot connected, as `regen-bot demo` sets it up; IACrea is quick."""
    async with set_up(SOURCES / "manifest.yml", port=0, on_change=lambda _: None) as demo:
        demo.components.iacrea.account.timings = QUICK
        keeping = [
            asyncio.create_task(demo.components.bot.keep_running(demo.components.settings)),
            asyncio.create_task(demo.panel.refresh()),
        ]
        slack = demo.components.slack
        await slack.until(lambda _: slack.connections >= CONNECTIONS, 30)
        yield demo
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)


@dataclass
class Visitor:
    """Somebody in front of the page.

    Attributes:
        wrong: what the browser complained about: errors of scripts, refused by the policy.
    """

    page: Page
    demo: Demo
    directory: Path
    wrong: list[str] = field(default_factory=list)

    def at(self, name: str) -> Locator:
        """What the page calls so for tests."""
        return self.page.locator(f"[data-test='{name}']")

    @property
    def regenerations(self) -> Locator:
        """The calls that the panel shows for POSTs of regenerations."""
        return self.page.locator("[data-test=call][data-kind=regenerate]")

    async def type(self, text: str) -> None:
        """Types into the composer of the channel, and sends."""
        await self.at("composer").fill(text)
        await self.at("send").click()

    async def sees(self, words: str, *, where: str = "body") -> None:
        """Waits until these words are to be seen."""
        await expect(self.page.locator(where).get_by_text(words).first).to_be_visible(
            timeout=PATIENCE
        )

    async def opens_thread(self) -> Locator:
        """Waits for the newest thread of the channel and opens it."""
        await self.at("replies").last.click(timeout=PATIENCE)
        thread = self.at("thread")
        await expect(thread).to_be_visible()
        return thread

    async def takes_picture(self, name: str, *, of: Locator | Page | None = None) -> None:
        """A screenshot where pages move, after what fades in has done so."""
        if MOVES:
            await self.page.wait_for_timeout(1200)
            path = self.directory / f"{name}.png"
            await (of or self.page).screenshot(path=path, animations="allow")


Visit = Callable[..., "asyncio.Future[Visitor]"]


async def new_page(profile: BrowserContext, size: tuple[int, int], *, tour: bool) -> Page:
    """A page of that size, for somebody who has seen the tour or has not."""
    page = await profile.new_page()
    if size != WIDE:
        await page.set_viewport_size({"width": size[0], "height": size[1]})
    if not tour:
        seen = "if (location.protocol === 'http:') localStorage.setItem('regen-tour', 'done')"
        await page.add_init_script(seen)
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def visit(profile: BrowserContext, demo: Demo, tmp_path: Path) -> AsyncIterator[Visit]:
    """Opens the page; `tour=True` for the first time, `size=PHONE`, `profile=moving`."""
    still = profile
    visitors: list[Visitor] = []

    async def visit(
        size: tuple[int, int] = WIDE, *, tour: bool = False, profile: BrowserContext = still
    ) -> Visitor:
        page = await new_page(profile, size, tour=tour)
        visitor = Visitor(page, demo, Path(PICTURES) if PICTURES else tmp_path)
        page.on("pageerror", lambda error: visitor.wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and visitor.wrong.append(said.text))
        await page.goto(demo.address)
        await expect(visitor.at("composer")).to_be_visible(timeout=PATIENCE)
        visitors.append(visitor)
        return visitor

    yield visit
    for visitor in visitors:
        await visitor.page.evaluate("localStorage.clear()")  # its port may come again
    for page in profile.pages[1:]:
        await page.close()
    for visitor in visitors:
        assert visitor.wrong == []
