"""What people type: mentions that are completed, in every field; edits; commands in threads."""

from playwright.async_api import expect

from tests.browser.conftest import Visit, Visitor, in_one_loop

pytestmark = in_one_loop


async def test_names_are_completed_messages_are_edited_and_what_is_no_command_is_refused(
    visit: Visit,
) -> None:
    visitor = await visit()
    await a_thread_completes_names_and_takes_no_command_as_slack_does(visitor)
    await visitor.at("close-thread").click()
    await ones_own_message_is_edited_in_place(visitor)
    await a_name_is_completed_by_keyboard_alone_and_sent_as_a_mention(visitor)
    await a_command_that_is_none_is_refused_on_the_spot_and_kept(visitor)


async def begins_a_thread(visitor: Visitor) -> None:
    """Opens the thread of the newest message, which has no reply yet."""
    newest = visitor.at("message").last
    await newest.hover()
    await newest.get_by_label("Reply in thread").click()
    await expect(visitor.at("thread")).to_be_visible()


def said_last(visitor: Visitor) -> str:
    """The text of the newest message of the channel and its threads, as Slack has it."""
    workspace = visitor.demo.components.slack.workspace
    return workspace.conversation(visitor.demo.sample.listings)[-1].text


async def a_name_is_completed_by_keyboard_alone_and_sent_as_a_mention(visitor: Visitor) -> None:
    page = visitor.page
    field = visitor.at("composer")
    await field.press_sequentially("look, @")
    options = page.get_by_role("option")
    await expect(options).to_have_count(3)
    await expect(page.get_by_role("combobox")).to_be_focused()
    await expect(options.first).to_have_attribute("aria-selected", "true")

    await field.press("ArrowUp")
    chosen = await field.get_attribute("aria-activedescendant")
    await expect(options.last).to_have_attribute("id", str(chosen))
    await field.press("Escape")
    await expect(options).to_have_count(0)
    await field.press_sequentially("cam")
    await expect(options).to_contain_text(["Camille"])
    await field.press("Tab")
    await expect(field).to_have_value("look, @camille ")
    await expect(field).to_be_focused()
    await field.press_sequentially("and @re")
    await expect(options).to_contain_text(["Regen"])
    await field.press("Enter")
    await field.press("Home")
    await field.press_sequentially("@an")
    await options.click()
    await expect(field).to_have_value("@anna look, @camille and @Regen ")

    await field.press("Enter")
    await expect(field).to_have_value("")
    sample, bot = visitor.demo.sample, visitor.demo.components.slack.workspace.bot
    await visitor.sees("and @Regen")
    expected = f"<@{sample.anna.id}> look, <@{sample.camille.id}> and <@{bot.id}>"
    assert said_last(visitor) == expected


async def a_thread_completes_names_and_takes_no_command_as_slack_does(visitor: Visitor) -> None:
    await begins_a_thread(visitor)
    field = visitor.at("thread-composer")
    await field.press_sequentially("/regen")
    await expect(visitor.at("completion")).to_have_count(0)
    await field.press("Enter")
    await visitor.sees("/regen is not supported in threads. Sorry!")
    await expect(field).to_have_value("/regen")

    await field.fill("")
    await field.press_sequentially("@cam")
    await expect(visitor.at("completion")).to_have_count(1)
    await field.press("Escape")
    await expect(visitor.at("completion")).to_have_count(0)
    await expect(visitor.at("thread")).to_be_visible()
    await field.press_sequentially("i")
    await field.press("Enter")
    await field.press("Enter")
    await expect(visitor.at("thread")).to_contain_text("1 reply")
    assert said_last(visitor) == f"<@{visitor.demo.sample.camille.id}>"


async def ones_own_message_is_edited_in_place(visitor: Visitor) -> None:
    page = visitor.page
    await visitor.type("is <that> @camille in #marketing https://iacrea.com/?a=1&b=2")
    await visitor.sees("is <that>")
    mine = visitor.at("message").last
    await mine.hover()
    await mine.get_by_label("More actions").click()
    await page.get_by_role("menuitem", name="Edit message").press("Enter")
    field = visitor.at("editing")
    await expect(field).to_be_focused()
    await expect(field).to_have_value(
        "is <that> @camille in #marketing https://iacrea.com/?a=1&b=2"
    )
    await field.press("Escape")
    await expect(field).to_have_count(0)

    await mine.get_by_label("More actions").click()
    await page.get_by_role("menuitem", name="Edit message").click()
    await field.fill("nothing, @")
    await expect(page.get_by_role("option")).to_have_count(3)
    await page.get_by_role("option", name="Regen").click()
    await field.press("Enter")
    await visitor.sees("(edited)")
    await mine.get_by_label("More actions").click()
    await page.get_by_role("menuitem", name="Edit message").click()
    await expect(field).to_have_value("nothing, @Regen")
    await expect(page.get_by_role("option")).to_have_count(0)  # until one types
    await field.press("Escape")
    bot = visitor.demo.components.slack.workspace.bot
    assert said_last(visitor) == f"nothing, <@{bot.id}>"

    others = visitor.at("message").nth(1)
    await others.hover()
    await others.get_by_label("More actions").click()
    await expect(page.get_by_role("menuitem", name="Edit message")).to_have_count(0)


async def a_command_that_is_none_is_refused_on_the_spot_and_kept(visitor: Visitor) -> None:
    await visitor.type("/regne lilac-street-12 2")
    await visitor.sees("/regne is not a valid command")
    await expect(visitor.at("composer")).to_have_value("/regne lilac-street-12 2")
