"""The storyboard: shown to one person, pressed on, turned, in their language."""

import json
from typing import Any

import pytest

from sandbox.iacrea import IACreaSimulator, Timings, VideoStatus
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("granted", "bot")


@pytest.fixture
def granted(slack: SlackSimulator) -> None:
    """The bot may ask which language somebody reads."""
    slack.scopes.add("users:read")


async def opened(slack: SlackSimulator, user: User, channel: Channel, typed: str) -> Message:
    """The storyboard that the command shows that person."""
    before = len(slack.workspace.ephemerals(user, channel))
    await slack.command(user, channel, typed)
    await private(slack, user, channel, count=before + 1)
    return slack.workspace.ephemerals(user, channel)[-1]


def cards(message: Message) -> list[dict[str, Any]]:
    return [
        card
        for block in message.blocks
        if block["type"] == "carousel"
        for card in block["elements"]
    ]


def shown(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def boards(slack: SlackSimulator, channel: Channel) -> list[Message]:
    return [
        each for each in slack.workspace.messages(channel) if each.text.startswith("*Storyboard*")
    ]


async def test_the_storyboard_is_shown_to_whoever_asks_and_to_nobody_else(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)

    board = await opened(slack, anna, listings, f"/regen {video.id}")

    assert board.text.startswith(f"*Storyboard* of `{video.id}` · ready\n")
    assert [card["title"]["text"] for card in cards(board)] == [
        "1 · push in",
        "2 · push out",
        "3 · move right",
        "4 · crane up",
        "5 · orbit left",
    ]
    assert cards(board)[1]["hero_image"]["image_url"].endswith("photo-2.jpg")
    assert "1,000 left" in shown(board)
    assert slack.workspace.messages(listings) == []
    assert slack.workspace.ephemerals(ben, listings) == []
    assert iacrea.posts == 0


async def test_one_press_on_a_card_regenerates_it_and_its_message_lands_in_the_channel(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    board = await opened(slack, anna, listings, f"/regen {video.id}")

    delivery = await slack.click(anna, board, "regenerate_again", "sequence-4")
    result = await outcome(slack, listings)

    assert delivery.ok
    assert "sequence 4 of 5 is ready" in result.text
    [post] = [call for call in iacrea.calls if call.method == "POST"]
    assert post.body == {"sequenceId": video.sequences[3].id}
    [announcement] = slack.workspace.messages(listings)
    assert result.thread_ts == announcement.ts
    again = await opened(slack, anna, listings, "/regen last")
    assert cards(again)[0]["actions"][0]["text"]["text"] == "Regenerate · 3 credits"


async def test_the_button_under_a_result_shows_it_and_a_press_stays_in_that_thread(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    first = await outcome(slack, listings)

    await slack.click(ben, first, "storyboard")
    await private(slack, ben, listings)
    [board] = slack.workspace.ephemerals(ben, listings)
    await slack.click(ben, board, "regenerate_again", "sequence-1")
    second = await outcome(slack, listings, count=2)

    assert slack.workspace.ephemerals(anna, listings) == []
    assert f"<@{ben.id}>" in second.text
    assert second.thread_ts == first.thread_ts
    assert len(slack.workspace.messages(listings)) == 1


async def test_all_that_failed_is_regenerated_from_one_button(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(["success", "error", "success"])
    board = await opened(slack, anna, listings, f"/regen {video.id}")
    assert "Regenerate failed (1)" in shown(board)
    assert cards(board)[1]["subtitle"]["text"] == "Failed"

    await slack.click(anna, board, "retry")
    result = await outcome(slack, listings)

    assert "sequence 2 of 3 is ready" in result.text


@pytest.mark.both_transports
async def test_twenty_three_sequences_are_turned_page_by_page(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=23)
    board = await opened(slack, anna, listings, f"/regen {video.id}")

    async def turned(button: str, first: str) -> Message:
        await slack.click(anna, board, button)

        def there(_: object) -> bool:
            [page] = slack.workspace.ephemerals(anna, listings)
            return bool(cards(page)[0]["block_id"] == first)

        await slack.until(there)
        return slack.workspace.ephemerals(anna, listings)[0]

    assert len(cards(board)) == 10
    assert len(cards(await turned("storyboard_next", "sequence-11"))) == 10
    last = await turned("storyboard_next", "sequence-21")
    assert len(cards(last)) == 3
    assert "Sequences 21 to 23 of 23" in shown(last)
    await slack.click(anna, last, "regenerate_again", "sequence-23")
    assert "sequence 23 of 23" in (await outcome(slack, listings)).text
    assert len(cards(await turned("storyboard_previous", "sequence-11"))) == 10


async def test_without_carousels_it_is_shown_turned_and_shared_in_sections(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    slack.faults.refuse_carousels = True
    video = iacrea.account.add_video(sequences=12)

    board = await opened(slack, anna, listings, f"/regen {video.id}")
    await slack.click(anna, board, "storyboard_next")
    await slack.until(lambda w: "12 · push out" in shown(w.ephemerals(anna, listings)[0]))
    [page] = slack.workspace.ephemerals(anna, listings)
    await slack.click(anna, page, "share_storyboard")
    await slack.until(lambda _: boards(slack, listings))
    await slack.click(anna, page, "regenerate_again", "sequence-12")
    result = await outcome(slack, listings)

    assert "sequence 12 of 12 is ready" in result.text
    [public] = boards(slack, listings)
    assert {block["type"] for block in public.blocks} == {"section", "context", "actions"}
    assert "photo-1.jpg" in shown(public)


async def test_an_unknown_video_is_told_in_private(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    await slack.command(anna, listings, "/regen no-such-video-1")

    told = await private(slack, anna, listings)

    assert "IACrea knows no video `no-such-video-1`" in told
    assert slack.workspace.messages(listings) == []


async def test_while_it_renders_its_sequences_are_recalled_if_they_were_ever_seen(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    iacrea.account.timings = Timings(queue=0.1, animate=0.1, render=60.0)
    known = iacrea.account.add_video(sequences=3, state="RENDERING_VIDEO")
    await slack.command(anna, listings, f"/regen {known.id}")
    assert "does not show" in await private(slack, anna, listings)

    known.status = VideoStatus.DONE
    await opened(slack, anna, listings, f"/regen {known.id}")
    known.status = VideoStatus.RENDERING_VIDEO
    board = await opened(slack, anna, listings, f"/regen {known.id}")

    assert "Rendering" in board.text
    assert [card["title"]["text"] for card in cards(board)][1] == "2 · push out"
    assert {card["subtitle"]["text"] for card in cards(board)} == {
        "IACrea does not show its state just now"
    }


async def test_a_french_person_reads_it_in_french_and_the_channel_in_english(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")
    video = iacrea.account.add_video(sequences=2)

    board = await opened(slack, chloe, listings, f"/regen {video.id}")
    await slack.click(chloe, board, "share_storyboard")
    await slack.until(
        lambda w: any("` · ready\n" in each.text for each in w.messages(listings)),
    )

    assert board.text.startswith(f"*Storyboard* de `{video.id}` · prête\n")
    assert cards(board)[1]["title"]["text"] == "2 · zoom arrière"
    assert "Partager dans le canal" in shown(board)
