"""The bot is spoken to where people talk: in the thread of a video; prose spends nothing."""

from playwright.async_api import expect

from sandbox.demo.promise import Promise
from sandbox.slack.records import Content
from sandbox.slack.workspace import Place
from tests.browser.conftest import PATIENCE, TABLET, Visit, Visitor, in_one_loop
from tests.depth import proved_by

pytestmark = in_one_loop


@proved_by("tests/browser/test_tour.py")
async def test_an_answer_in_a_thread_regenerates_there_without_naming_the_video(
    visit: Visit,
) -> None:
    visitor = await visit(TABLET)
    await visitor.type("/regen lilac-street-12 2 push out")
    thread = await visitor.opens_thread()
    field = visitor.at("thread-composer")
    await field.press_sequentially("@re")
    await expect(visitor.at("completion")).to_be_visible()
    await field.press("Enter")
    await field.press_sequentially("2 push in")
    await field.press("Enter")
    ready = thread.get_by_text("sequence 2 of 5 is ready")
    await expect(ready).to_have_count(2, timeout=PATIENCE)
    await expect(visitor.at("replies")).to_have_count(1)
    await field.blur()
    await visitor.page.mouse.move(0, 0)
    await visitor.takes_picture("thread", of=thread)
    components = visitor.demo.components
    promise = Promise.counted(components.slack, components.iacrea, before=components.credits)
    assert (promise.requests, promise.posts) == (2, 2)
    assert all(each.kept for each in promise.sentences())


async def test_what_is_said_to_one_person_alone_is_seen_by_nobody_else_and_in_their_language(
    visit: Visit,
) -> None:
    visitor = await visit()
    await prose_in_a_channel_is_answered_where_it_is_seen(visitor)
    await the_bot_speaks_the_language_of_whoever_reads(visitor)
    await prose_in_a_thread_is_answered_with_a_form_filled_in(visitor)
    await what_one_person_sees_in_a_thread_is_shown_only_once_it_has_replies(visitor)


async def prose_in_a_channel_is_answered_where_it_is_seen(visitor: Visitor) -> None:
    await visitor.type("@Regen thank you so much")
    await visitor.sees("Only visible to you", where="main")
    assert visitor.demo.components.iacrea.posts == 0


async def the_bot_speaks_the_language_of_whoever_reads(visitor: Visitor) -> None:
    await visitor.at("act-as").get_by_role("button", name="Camille").click()
    await visitor.sees("Camille", where="[data-test='act-as'] [aria-pressed='true']")
    await visitor.type("/regen help")
    await visitor.sees("une séquence")
    await visitor.at("act-as").get_by_role("button", name="Anna").click()
    await expect(visitor.page.get_by_text("une séquence")).to_have_count(0)


async def prose_in_a_thread_is_answered_with_a_form_filled_in(visitor: Visitor) -> None:
    await visitor.type("/regen lilac-street-12 2 push out")
    thread = await visitor.opens_thread()
    await visitor.at("thread-composer").fill("could @Regen 3 push in be nicer?")
    await visitor.at("thread-composer").press("Enter")
    await expect(thread).to_contain_text("Only visible to you", timeout=PATIENCE)
    await expect(thread).to_contain_text("nothing was started")
    await expect(thread).to_contain_text("2 replies")  # the private one is none
    await thread.locator(".ephemeral").get_by_role("button").first.click()
    modal = visitor.at("modal")
    await expect(modal).to_contain_text("lilac-street-12", timeout=PATIENCE)
    assert visitor.demo.components.iacrea.posts == 1
    for chosen in ("3 · crane up", "Push in"):
        await expect(modal).to_contain_text(chosen)

    await visitor.at("submit").click()
    await expect(modal).to_have_count(0, timeout=PATIENCE)
    await visitor.demo.components.iacrea.until(lambda it: it.posts == 2)
    assert visitor.demo.components.iacrea.account.credits == 44


async def what_one_person_sees_in_a_thread_is_shown_only_once_it_has_replies(
    visitor: Visitor,
) -> None:
    workspace, sample = visitor.demo.components.slack.workspace, visitor.demo.sample
    root = workspace.say(sample.camille, sample.listings, "A thread?")
    private = Place(workspace.bot.id, root.ts, visible_to=sample.anna.id)
    workspace.post(sample.listings, Content("Too early"), private)
    newest = visitor.at("message").filter(has_text="A thread?").first
    await newest.hover()
    await newest.get_by_label("Reply in thread").click()
    thread = visitor.at("thread")
    await expect(thread).to_contain_text("0 replies")
    await expect(thread).not_to_contain_text("Too early")
    workspace.say(sample.camille, sample.listings, "Yes.", thread_ts=root.ts)
    workspace.post(sample.listings, Content("In time"), private)
    await expect(thread).to_contain_text("In time")
    await expect(thread).to_contain_text("1 reply")
    await expect(visitor.page.locator("main").get_by_text("In time")).to_have_count(0)
