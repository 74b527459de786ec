"""The form's menu of places offers those in which the bot may be able to post."""

import pytest

from bot.slack.form.fields import CHANNEL, Draft, FormContext
from bot.slack.form.view import Form, form
from tests.messages.test_form import taken
from tests.texts import ENGLISH


@pytest.mark.parametrize(
    ("channel", "shared_too", "expected"),
    [
        ("C1", False, (["public", "private", "mpim"], True, True)),
        (None, False, (["public", "private", "mpim"], True, True)),
        ("C1", True, (["public", "private", "mpim"], True, False)),
        ("D1", False, (["public", "private", "mpim", "im"], False, True)),
    ],
)
def test_places_in_which_posting_must_fail_are_not_offered(channel, shared_too, expected):
    shown = Form(FormContext(channel), Draft(channel=channel), shared_too=shared_too)
    view = taken(form(shown, ENGLISH))
    [menu] = [b["element"] for b in view["blocks"] if b.get("block_id") == CHANNEL]
    rules = menu["filter"]
    assert menu["response_url_enabled"] is True
    assert expected == (
        rules["include"],
        rules["exclude_bot_users"],
        rules["exclude_external_shared_channels"],
    )
