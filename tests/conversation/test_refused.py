"""What is wrong is said to that person alone, with what to do instead, and costs nothing."""

import pytest

from sandbox.iacrea import Answered, Dropped, Garbage, Garbled, IACreaSimulator, Lost
from sandbox.slack import Channel, SlackSimulator, User
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")


BAD_INPUT = [
    ("help", "/regen &lt;video&gt; 2"),
    ("effects", "push out"),
    ("x 2", "not a video"),
    ("last 2", "No video was worked on in this channel"),
    ("show 00000000000000000000", "remember no request"),
    ("foo 2", "not a video"),
    ("VIDEO two", "No sequence of that video"),
    ("VIDEO 0", "not a sequence"),
    ("VIDEO 99", "from 1 to 5"),
    ("VIDEO 2 pusch out", "push out"),
    ("VIDEO 2 http://example.com/a.jpg", "https://"),
    ("VIDEO 2 https://169.254.169.254/a.jpg", "public"),
    ("550e8400-e29b-41d4-a716-446655440000 2", "knows no video"),
    ("VIDEO " + "x" * 4000, "characters"),
    ("<!channel> 2", "not a video"),
]


async def test_bad_input_is_answered_in_private_and_nothing_is_spent(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    for number, (typed, said) in enumerate(BAD_INPUT):
        user = slack.workspace.add_user(f"person-{number}")

        delivery = await slack.command(user, listings, f"/regen {typed.replace('VIDEO', video.id)}")

        assert delivery.ok
        await private(slack, user, listings)
        [answer] = slack.workspace.ephemerals(user, listings)
        everything = answer.text + str(answer.blocks)
        assert said.replace("VIDEO", video.id) in everything, typed
        assert "<!channel>" not in everything
        assert slack.workspace.messages(listings) == []
        assert iacrea.posts == 0


REFUSED_POSTS = {
    400: "400",
    401: "IACREA_API_KEY",
    402: "credits",
    404: "IACrea shows",
    422: "422",
}


async def test_a_refused_post_ends_the_request_with_a_plain_sentence(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    for status, said in REFUSED_POSTS.items():
        channel = slack.workspace.add_channel(f"channel-{status}", bot_member=True)
        video = iacrea.account.add_video(sequences=5)
        iacrea.faults.posts.append(Answered(status))

        await slack.command(anna, channel, f"/regen {video.id} 2")
        result = await outcome(slack, channel)

        assert "not started" in result.text, status
        assert said in result.text, status
        assert iacrea.posts == 0


REFUSED_CHECKS = {400: "400", 401: "IACREA_API_KEY", 404: "no video"}


async def test_a_refused_check_is_told_in_private(
    slack: SlackSimulator, iacrea: IACreaSimulator, listings: Channel
) -> None:
    for status, said in REFUSED_CHECKS.items():
        user = slack.workspace.add_user(f"person-{status}")
        video = iacrea.account.add_video(sequences=5)
        iacrea.faults.gets.append(Answered(status))

        await slack.command(user, listings, f"/regen {video.id} 2")

        assert said in await private(slack, user, listings), status
        assert slack.workspace.messages(listings) == []


async def test_an_iacrea_that_stays_broken_is_told_in_private_after_some_tries(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.gets.extend([Answered(500)] * 10)

    await slack.command(anna, listings, f"/regen {video.id} 2")

    await slack.until(lambda w: w.ephemerals(anna, listings))
    assert "500" in slack.workspace.ephemerals(anna, listings)[-1].text
    assert iacrea.posts == 0


async def test_one_hiccup_of_iacrea_is_not_told_to_anybody(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    hiccups = [Answered(500), None, Dropped(), Answered(503), Garbled(Garbage.HTML)]
    iacrea.faults.gets.extend(hiccups)

    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)

    assert "is ready" in result.text
    assert slack.workspace.ephemerals(anna, listings) == []


@pytest.mark.parametrize("retry_after", [1, None])
async def test_a_429_to_the_post_is_waited_out_and_sent_again(
    retry_after: float | None,
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    anna: User,
    listings: Channel,
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.posts.append(Answered(429, retry_after=retry_after))

    await slack.command(anna, listings, f"/regen {video.id} 2")
    result = await outcome(slack, listings)

    assert "is ready" in result.text
    assert iacrea.posts == 1
    assert sum(call.method == "POST" for call in iacrea.calls) == 2


async def test_a_429_to_a_poll_is_waited_out(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.gets.extend([None, Answered(429, retry_after=1)])

    await slack.command(anna, listings, f"/regen {video.id} 2")
    await outcome(slack, listings)

    polls = [call for call in iacrea.calls if call.method == "GET"]
    refused = next(n for n, call in enumerate(polls) if call.status == 429)
    assert polls[refused + 1].time - polls[refused].time >= 1.0


async def test_a_post_whose_answer_is_lost_is_followed_and_never_sent_again(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User
) -> None:
    lost = [Lost(), Answered(500, effective=True), Garbled(Garbage.HTML), Garbled(Garbage.EMPTY)]
    for count, fault in enumerate(lost, start=1):
        channel = slack.workspace.add_channel(f"channel-{count}", bot_member=True)
        video = iacrea.account.add_video(sequences=5)
        iacrea.faults.posts.append(fault)

        await slack.command(anna, channel, f"/regen {video.id} 2 push out")
        result = await outcome(slack, channel)

        assert "is ready" in result.text, fault
        assert sum(call.method == "POST" for call in iacrea.calls) == count, fault


async def test_a_done_read_right_after_the_post_is_stale(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=5)
    iacrea.faults.stale_gets = 3

    await slack.command(anna, listings, f"/regen {video.id} 2 push out")
    await outcome(slack, listings)

    assert iacrea.polls(video.id) > 4, "the stale answers were not taken for the outcome"
    assert video.sequences[1].status == "success"
