"""The field for a new image, with what is wrong with the one that stands in it."""

import pytest

from bot.domain.looking import PICTURE_REASONS
from bot.domain.request import Origin
from bot.slack.blocks.texts import Texts
from bot.slack.form.fields import USE_IMAGE, draft, form_context
from bot.slack.form.image_field import Flaw
from bot.slack.form.looked_at import looking
from bot.slack.form.view import form
from tests.messages.test_form import ENGLISH, FRENCH, a_board, a_form, block, taken

EVERY_DOUBT = tuple(sorted(PICTURE_REASONS))


@pytest.mark.parametrize("texts", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_what_is_wrong_stands_beneath_the_field_with_the_box_to_use_it(texts: Texts) -> None:
    view = taken(form(a_form(a_board("success"), flaw=Flaw("x" * 2900, EVERY_DOUBT)), texts))
    names = [each.get("block_id") for each in view["blocks"]]
    at = names.index("form_image")
    assert view["blocks"][at + 1]["text"]["text"].startswith("⚠️ x")
    assert names[at + 2] == USE_IMAGE
    [box] = block(view, USE_IMAGE)["element"]["options"]

    state = {"values": {USE_IMAGE: {USE_IMAGE: {"selected_options": [box]}}}}
    assert draft(view | {"state": state}).use == EVERY_DOUBT
    assert form_context(view).doubted is None


@pytest.mark.parametrize("said", ["several", "small,rendering", "", "x"])
def test_the_box_agrees_to_nothing_but_what_is_about_the_image(said: str) -> None:
    ticked = {USE_IMAGE: {USE_IMAGE: {"selected_options": [{"value": said}]}}}
    assert set(draft({"state": {"values": ticked}}).use) <= {"small"}


def test_what_cannot_be_used_has_no_box() -> None:
    view = taken(form(a_form(a_board("success"), flaw=Flaw("no")), ENGLISH))
    assert USE_IMAGE not in [each.get("block_id") for each in view["blocks"]]


@pytest.mark.parametrize("texts", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_a_form_that_waits_says_so_under_its_own_name(texts: Texts) -> None:
    view = taken(looking(texts, Origin("U1", "C1", at=0.0, view="form-1")))
    assert (view["external_id"], view.get("submit")) == ("form-1", None)
