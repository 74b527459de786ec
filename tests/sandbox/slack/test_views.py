"""Modals, Home tabs and the trigger ids that open them."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import SlackSimulator, User
from tests.sandbox.slack.conftest import error_of

TEXT = {"type": "plain_text", "text": "Regenerate"}
MODAL: dict[str, Any] = {"type": "modal", "title": TEXT, "blocks": [{"type": "divider"}]}
HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}]}


def trigger(slack: SlackSimulator, user: User, view: str | None = None) -> str:
    return slack._installation.triggers.issue(user.id, view=view)


async def test_a_trigger_id_opens_one_modal(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    earned = trigger(slack, ann)

    answer = await client.views_open(trigger_id=earned, view=MODAL)
    again = client.views_open(trigger_id=earned, view=MODAL)

    assert await error_of(again) == "exchanged_trigger_id"
    assert [view.id for view in slack.workspace.modals(ann)] == [answer["view"]["id"]]


async def test_a_trigger_id_lives_three_seconds(still_slack: SlackSimulator, clock: Any) -> None:
    ann = still_slack.workspace.add_user("ann")
    client = AsyncWebClient(token=still_slack.bot_token, base_url=still_slack.api_url)
    good, late = trigger(still_slack, ann), trigger(still_slack, ann)

    clock.now += 3.0
    assert (await client.views_open(trigger_id=good, view=MODAL))["ok"]
    clock.now += 0.1
    assert await error_of(client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"
    made_up = client.views_open(trigger_id="1.2.3", view=MODAL)
    assert await error_of(made_up) == "invalid_trigger_id"


async def test_a_faulty_view_is_refused_and_costs_no_trigger_id(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    earned = trigger(slack, ann)
    faulty = {**MODAL, "title": {"type": "plain_text", "text": "x" * 25}}

    assert await error_of(client.views_open(trigger_id=earned, view=faulty)) == "invalid_arguments"
    assert (await client.views_open(trigger_id=earned, view=MODAL))["ok"]


async def test_three_views_lie_on_each_other_and_not_a_fourth(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    top = (await client.views_open(trigger_id=trigger(slack, ann), view=MODAL))["view"]
    for _ in range(2):
        earned = trigger(slack, ann, top["id"])
        pushed = (await client.views_push(trigger_id=earned, view=MODAL))["view"]
        assert pushed["previous_view_id"] == top["id"]
        top = pushed

    fourth = client.views_push(trigger_id=trigger(slack, ann, top["id"]), view=MODAL)

    assert await error_of(fourth) == "push_limit_reached"
    assert len(slack.workspace.modals(ann)) == 3


async def test_an_update_needs_the_view_and_honours_the_hash(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    opened = (await client.views_open(trigger_id=trigger(slack, ann), view=MODAL))["view"]
    filled = {**MODAL, "external_id": "form-1"}

    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=filled)
    late = client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)
    by_name = await client.views_update(external_id="form-1", view=MODAL)
    gone = client.views_update(view_id="V404", view=MODAL)
    empty = client.views_update(view_id=opened["id"], hash="", view=MODAL)

    assert await error_of(late) == "hash_conflict"
    assert await error_of(empty) == "hash_conflict"
    assert by_name["view"]["id"] == opened["id"]
    assert await error_of(gone) == "not_found"


async def test_an_external_id_is_taken_once(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    named = {**MODAL, "external_id": "form-1"}
    await client.views_open(trigger_id=trigger(slack, ann), view=named)

    second = client.views_open(trigger_id=trigger(slack, ann), view=named)

    assert await error_of(second) == "duplicate_external_id"


async def test_a_view_is_at_most_250_kilobytes(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    text = {"type": "mrkdwn", "text": "x" * 3000}
    huge = {**MODAL, "blocks": [{"type": "section", "text": text}] * 100}

    opening = client.views_open(trigger_id=trigger(slack, ann), view=huge)

    assert await error_of(opening) == "view_too_large"


async def test_a_home_tab_is_published_for_each_person(
    slack: SlackSimulator, client: AsyncWebClient, ann: User
) -> None:
    bob = slack.workspace.add_user("bob")

    first = (await client.views_publish(user_id=ann.id, view=HOME))["view"]
    second = (await client.views_publish(user_id=ann.id, view=HOME, hash=first["hash"]))["view"]
    late = client.views_publish(user_id=ann.id, view=HOME, hash=first["hash"])

    assert second["id"] == first["id"]
    assert await error_of(late) == "hash_conflict"
    assert slack.workspace.home(ann) is not None
    assert slack.workspace.home(bob) is None


async def test_without_a_home_tab_in_the_manifest_there_is_none() -> None:
    async with SlackSimulator({"display_information": {"name": "Regen"}}) as slack:
        ann = slack.workspace.add_user("ann")
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)

        publishing = client.views_publish(user_id=ann.id, view=HOME)

        assert await error_of(publishing) == "not_enabled"
