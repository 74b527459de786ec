"""The new image is looked at before anything is announced; what is wrong with it costs nothing."""

import pytest

from bot.iacrea import pictures
from sandbox.iacrea import IACreaSimulator
from sandbox.slack import Channel, SlackSimulator, User
from sandbox.web import Answer, WebSimulator, files
from sandbox.web.answers import missing, page
from tests.conversation.conftest import outcome, private

pytestmark = pytest.mark.usefixtures("bot")

IMAGE = "https://photos.example/kitchen?Signature=s3cr3t"
THERE = "photos.example/kitchen?Signature=s3cr3t"


async def test_the_card_says_how_large_the_image_is(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2 {IMAGE}")
    await outcome(slack, listings)

    [card] = slack.workspace.messages(listings)
    assert "from a new image (1600 × 900 pixels)" in card.versions[0].text
    assert video.sequences[1].image == IMAGE
    assert iacrea.posts == 1


async def test_a_page_is_refused_in_private_and_costs_nothing(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    web.answers[THERE] = page()
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2 {IMAGE}")

    assert "opens a web page, not the image itself" in await private(slack, anna, listings)
    assert slack.workspace.ephemerals(anna, listings)[-1].blocks[1:] == ()
    assert slack.workspace.messages(listings) == []
    assert iacrea.posts == 0
    assert web.asked == [THERE]
    assert "s3cr3t" not in caplog.text.replace(f"https://{THERE}", "")


async def test_a_doubtful_image_is_used_all_the_same_once_that_is_said_and_checked_anew(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
) -> None:
    web.answers[THERE] = Answer(files.jpg(320, 180))
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2 {IMAGE}")
    assert "has 320 × 180 pixels only" in await private(slack, anna, listings)
    [question] = slack.workspace.ephemerals(anna, listings)
    assert question.blocks[1]["elements"][0]["text"]["text"] == "Use it all the same"
    assert iacrea.posts == 0

    web.answers[THERE] = missing()  # a yes to a small image is none to nothing
    await slack.click(anna, question, "go_ahead")
    await slack.until(lambda w: "nothing behind" in str(w.ephemerals(anna, listings)))
    assert iacrea.posts == 0

    web.answers[THERE] = Answer(files.jpg(320, 180))
    await slack.command(anna, listings, f"/regen {video.id} 2 {IMAGE}")
    await slack.until(lambda w: "320 × 180" in w.ephemerals(anna, listings)[-1].text)
    question = slack.workspace.ephemerals(anna, listings)[-1]
    await slack.click(anna, question, "go_ahead")
    await outcome(slack, listings)
    assert video.sequences[1].image == IMAGE
    assert iacrea.posts == 1


async def test_who_comes_while_ten_links_are_looked_at_waits_and_loses_no_try(
    slack: SlackSimulator,
    iacrea: IACreaSimulator,
    web: WebSimulator,
    anna: User,
    listings: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "AT_ONCE", 0)
    with_image, plain = (iacrea.account.add_video(sequences=3) for _ in range(2))
    await slack.command(anna, listings, f"/regen {with_image.id} 2 {IMAGE}")
    await slack.command(anna, listings, f"/regen {plain.id} 2")
    await outcome(slack, listings)
    assert (web.asked, iacrea.posts) == ([], 1)

    monkeypatch.setattr(pictures, "AT_ONCE", 10)
    await outcome(slack, listings, count=2)
    assert with_image.sequences[1].image == IMAGE


async def test_a_shared_page_becomes_the_file_behind_it(
    slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    shared = "https://www.dropbox.com/scl/fi/a1/kitchen.jpg?rlkey=k&dl=0"
    await slack.command(anna, listings, f"/regen {video.id} 2 {shared}")
    await outcome(slack, listings)
    assert video.sequences[1].image == shared.replace("dl=0", "raw=1")
