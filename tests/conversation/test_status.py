"""`/regen status` and `/regen show`: what is running, what it cost, and cards brought back."""

import json

import pytest

from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, Message, SlackSimulator, User
from tests.conftest import QUICK
from tests.conversation.conftest import Start, button, newest, outcome, private, slow


def words(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def hurry(iacrea: IACreaSimulator, video: str) -> None:
    iacrea.account.timings = QUICK
    for sequence in iacrea.account.videos[video].sequences:
        sequence.ready_at = 0.0


@pytest.mark.usefixtures("bot")
async def test_what_runs_and_then_what_it_cost_is_told_to_whoever_asks_alone(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = slow(iacrea)
    await slack.command(anna, listings, f"/regen {video} 2 push out")
    await iacrea.until(lambda it: it.posts == 1)
    [announcement] = slack.workspace.messages(listings)

    await slack.command(ben, listings, "/regen status")
    before = await newest(slack, ben, listings)

    assert before.text.startswith("*Running*\n")
    assert "997 credits left" in before.text
    iacrea.account.credits -= 100  # somebody else's, as a poll sees
    polls = iacrea.polls(video)
    await iacrea.until(lambda it: it.polls(video) > polls + 2)
    assert f"<@{anna.id}>" in words(before)
    assert "sequence 2 of 5" in words(before)
    assert f"/archives/{listings.id}/p{announcement.ts.replace('.', '')}|" in words(before)
    assert "Nothing has finished yet" in words(before)

    hurry(iacrea, video)
    await outcome(slack, listings)
    await slack.command(ben, listings, "/regen status")
    after = await newest(slack, ben, listings, 2)

    assert "Nothing is running at the moment" in words(after)
    assert "Done · 3 credits used" in words(after)
    assert "897 credits left" in after.text
    assert "You have not spent any credits this month" in words(after)
    assert slack.workspace.ephemerals(anna, listings) == []


async def test_what_is_left_is_the_last_word_of_the_video_editor_and_never_another_purse(
    with_settings: Start,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    async with with_settings(IACREA_USER_ID=iacrea.user_id):
        await slack.command(anna, listings, "/regen status")
        before = await newest(slack, anna, listings)
        await slack.command(anna, listings, f"/regen {video.id}")
        board = await newest(slack, anna, listings, 2)
        await slack.command(anna, listings, "/regen status")
        after = await newest(slack, anna, listings, 3)

    assert "is not known yet" in words(before)
    assert "1,000 left" in words(board)
    assert "1,000 credits left on the IACrea account" in words(after)
    assert all(call.path != "/api/account/credit" for call in iacrea.calls)


@pytest.mark.usefixtures("bot")
async def test_a_card_brought_back_repeats_in_the_thread_it_came_from(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    first = await outcome(slack, listings)

    await slack.command(ben, listings, "/regen status")
    status = await newest(slack, ben, listings)
    await slack.click(ben, status, "show_request")
    card = await newest(slack, ben, listings, 2)
    assert "is ready, with" in card.text
    await slack.click(ben, card, "regenerate_again")

    second = await outcome(slack, listings, count=2)
    assert second.thread_ts == first.thread_ts
    assert f"<@{ben.id}>" in second.text
    assert len(slack.workspace.messages(listings)) == 1
    assert iacrea.posts == 2


@pytest.mark.usefixtures("bot")
async def test_the_card_of_what_runs_shows_how_far_it_is_and_can_stop_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, ben: User, listings: Channel
) -> None:
    video = slow(iacrea)
    await slack.command(anna, listings, f"/regen {video} 2")
    await iacrea.until(lambda it: it.posts == 1 and it.polls(video) > 2)

    await slack.command(ben, listings, f"/regen show {video}")
    card = await newest(slack, ben, listings)
    assert "is regenerating" in card.text
    assert "Animating 4 of 5 sequences" in words(card)
    assert "see its thread" in words(card)

    await slack.click(ben, card, "stop_watching")
    stopped = await outcome(slack, listings)
    assert f"<@{ben.id}> asked" in stopped.text

    await slack.command(ben, listings, "/regen show last")
    again = await newest(slack, ben, listings, 2)
    assert button(again, "keep_watching")


@pytest.mark.usefixtures("bot")
async def test_a_request_nobody_remembers_is_said_to_be_unknown(
    slack: SlackSimulator, anna: User, listings: Channel
) -> None:
    for count, unknown in enumerate(("0123456789abcdef0123", "some-video-id"), start=1):
        await slack.command(anna, listings, f"/regen show {unknown}")
        assert f"I remember no request `{unknown}`" in await private(slack, anna, listings, count)


@pytest.mark.usefixtures("bot")
async def test_a_french_reader_is_told_in_french(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    chloe = slack.workspace.add_user("chloe", locale="fr-FR")
    video = iacrea.account.add_video(sequences=5)
    await slack.command(chloe, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    await slack.command(chloe, listings, "/regen status")
    status = await newest(slack, chloe, listings)

    assert "Rien n'est en cours pour le moment" in status.text
    assert "Terminé · 3 crédits utilisés" in words(status)
    await slack.click(chloe, status, "show_request")
    assert "c'est prêt" in (await newest(slack, chloe, listings, 2)).text
