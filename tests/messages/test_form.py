"""The form and the modal for names: what Slack takes, and what people find in their fields."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.effects import Effects
from bot.domain.names import Flaw
from bot.domain.request import Order, Selection
from bot.domain.storyboard import Storyboard
from bot.domain.video import Sequence, Video, VideoId
from bot.slack.blocks.catalogue import Catalogue
from bot.slack.blocks.modal import Modal, field_error, plainly, with_notice
from bot.slack.blocks.texts import Texts
from bot.slack.form.fields import SEQUENCES, Draft, FormContext, draft, form_context, sequences_of
from bot.slack.form.view import Form, confirmation, confirmed, form, loading, picked
from bot.slack.naming import view as naming
from sandbox.slack.block_kit import is_too_large, view_faults
from tests.domain import strategies as some
from tests.domain.makers import a_sequence

CATALOGUE = Catalogue()
EFFECTS = Effects.with_extra(["EXPLODE"])
ENGLISH = Texts(CATALOGUE.words("en"), EFFECTS)
FRENCH = Texts(CATALOGUE.words("fr"), EFFECTS)
languages = st.sampled_from([ENGLISH, FRENCH])
VIDEO = VideoId("video-1")


def taken(view: Modal) -> Modal:
    """The view as Slack gets it, once it was seen to take it."""
    sent: Modal = json.loads(json.dumps(view))
    assert view_faults(sent, "modal") == []
    assert not is_too_large(sent)
    return sent


def a_board(*statuses: str, **changes: Any) -> Storyboard:
    shown = tuple(a_sequence(number, each) for number, each in enumerate(statuses, start=1))
    return Storyboard(Video(VIDEO, "DONE", sequences=shown), **changes)


def a_form(board: Storyboard | None, positions: tuple[int, ...] = (), **changes: Any) -> Form:
    return Form(FormContext(), Draft(video=VIDEO, positions=positions), board, **changes)


def block(view: Modal, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in view["blocks"] if each.get("block_id") == name)
    return found


in_fields = st.one_of(
    st.builds(errors.NotAVideo, some.words),
    st.builds(errors.NoSuchVideo, some.ids),
    st.builds(errors.UnknownEffect, some.words, st.none() | st.just("CAMERA_PUSH_IN")),
    st.builds(errors.BadImage, some.words, st.booleans()),
    st.builds(errors.BadName, some.words, st.sampled_from(list(Flaw))),
    st.builds(errors.NameTaken, some.words, some.ids),
    st.builds(errors.NotAllowed, st.booleans()),
    st.sampled_from(["not-written-down", "form-error-sequences", "form-error-not-shown"]),
)
"""What can be wrong with what stands in a field."""
hostile = st.builds(Sequence, id=some.ids, status=some.words, effect=some.maybe(some.words))
boards = st.builds(
    Storyboard,
    st.builds(
        Video,
        id=some.ids,
        status=some.words,
        sequences=st.lists(hostile, min_size=1, max_size=30).map(tuple),
    ),
    name=some.maybe(st.sampled_from(["lilac-street", "ä" * 40])),
)
places = st.builds(
    FormContext,
    channel=some.maybe(some.slack_ids),
    thread=some.maybe(some.timestamps),
    cost=some.maybe(some.amounts),
    left=some.maybe(some.amounts),
)
drafts = st.builds(
    Draft,
    video=some.ids,
    positions=st.lists(some.positions, max_size=20, unique=True).map(tuple),
    effect=some.maybe(st.sampled_from(["CAMERA_PUSH_IN", "GONE"])),
    image=some.maybe(some.images),
    channel=some.maybe(some.slack_ids),
)


@settings(max_examples=some.FEW)
@given(languages, places, drafts, some.maybe(boards), some.maybe(in_fields), st.booleans())
def test_slack_takes_every_form(texts, place, fields, board, problem, at_image):
    unread = None if problem is None else field_error(problem, texts)

    view = taken(form(Form(place, fields, board, unread, at_image), texts))

    assert form_context(view) == place


@pytest.mark.parametrize("texts", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_slack_takes_every_other_modal(texts):
    taken(loading(texts))
    taken(naming.name_modal(VIDEO, "C1", texts))
    for count in (2, 20):
        order = Order(VIDEO, Selection(positions=tuple(range(1, count + 1))))
        taken(confirmation(order, FormContext("C1", cost=1e9, left=0.25), texts))


@given(languages, in_fields)
def test_the_words_beside_a_field_are_plain(texts, problem):
    words = field_error(problem, texts)

    assert words.strip()
    assert "`" not in words


@pytest.mark.parametrize(
    ("marked_up", "plain"),
    [
        ("`a` &amp; `&lt;b&gt;`", "a & <b>"),
        ("see <https://e.com/x|that thread>.", "see that thread."),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_markup_is_taken_off(marked_up, plain):
    assert plainly(marked_up) == plain


def test_a_refusal_beside_a_field_names_no_ids_that_nobody_can_read():
    refused = errors.NotAllowed(person=False, channels=("C1",), admins=("U1",))

    assert field_error(refused, ENGLISH) == (
        "Credits may not be spent there. Choose another conversation."
    )
    assert "U1" not in field_error(replace(refused, person=True), ENGLISH)


def test_sequences_are_offered_by_position_with_effect_and_state():
    video = Video(
        VIDEO,
        "DONE",
        sequences=(
            Sequence("a", "success", effect="CAMERA_PUSH_OUT"),
            Sequence("b", "error"),
            Sequence("c", "frozen <&>"),
            Sequence("d", ""),
        ),
    )

    view = form(a_form(Storyboard(video), (2, 3)), ENGLISH)
    menu = block(view, sequences_of(VIDEO))["element"]

    assert [(each["value"], each["text"]["text"]) for each in menu["options"]] == [
        ("1", "1 · push out · Ready"),
        ("2", "Sequence 2 · Failed"),
        ("3", "Sequence 3 · IACrea says frozen <&>"),
        ("4", "Sequence 4"),
    ]
    assert [each["value"] for each in menu["initial_options"]] == ["2", "3"]
    assert menu["max_selected_items"] == 20


@pytest.mark.parametrize(
    ("count", "groups"), [(100, None), (101, [100, 1]), (250, [100, 100, 50]), (1200, [100] * 10)]
)
def test_more_sequences_than_a_menu_holds_are_offered_in_groups(count, groups):
    view = taken(form(a_form(a_board(*["success"] * count), (count,)), ENGLISH))
    menu = block(view, sequences_of(VIDEO))["element"]

    if groups is None:
        assert len(menu["options"]) == count
        return
    sizes = [len(each["options"]) for each in menu["option_groups"]]
    assert sizes == (groups if count <= 999 else [*groups[:-1], 99])
    assert menu["option_groups"][1]["label"]["text"].startswith("101 to ")


@pytest.mark.parametrize(
    ("selection", "positions"),
    [
        (Selection(positions=(3, 9)), (3,)),
        (Selection(ids=("sequence-2", "gone")), (2,)),
        (Selection(failed=True), (1, 4)),
        (Selection(), ()),
    ],
)
def test_what_a_button_carries_is_chosen_where_the_video_has_it(selection, positions):
    assert picked(selection, a_board("error", "success", "success", "error")) == positions


def test_all_that_failed_are_chosen_beforehand_however_many():
    board = a_board(*["error"] * 30)
    chosen = picked(Selection(failed=True), board)

    shown = form(Form(FormContext(), Draft(video="video-1", positions=chosen), board), ENGLISH)

    menu = next(each["element"] for each in shown["blocks"] if "sequences" in each["block_id"])
    assert len(menu["initial_options"]) == menu["max_selected_items"] == 30


@pytest.mark.parametrize(
    ("cost", "left", "said"),
    [
        (3.0, 47.0, "Each sequence costs 3 credits. 47 are left."),
        (1.0, None, "Each sequence costs 1 credit."),
        (None, None, "Each sequence costs credits."),
        (2.5, 0.125, "Each sequence costs 2.5 credits. 0.12 are left."),
    ],
)
def test_what_it_costs_is_said_before_anything_is_sent(cost, left, said):
    view = form(replace(a_form(None), form_context=FormContext(cost=cost, left=left)), ENGLISH)

    assert view["blocks"][-1]["elements"][0]["text"] == said


def test_a_video_that_cannot_be_read_leaves_its_field_and_says_why():
    view = taken(form(a_form(None, unread="IACrea knows no video `video-1`."), ENGLISH))

    assert block(view, "form_video")["element"]["initial_option"]["value"] == VIDEO
    assert view["blocks"][1]["text"]["text"] == "IACrea knows no video `video-1`."
    assert SEQUENCES not in str(view["blocks"])


@given(some.orders.filter(lambda order: len(order.selection.positions) > 1), places)
def test_what_is_asked_about_comes_back_with_the_yes(order, place):
    order = Order(
        order.video, Selection(positions=order.selection.positions), order.effect, order.image
    )
    place = replace(place, channel=place.channel or "C1")

    view = taken(confirmation(order, place, ENGLISH))

    assert confirmed(view, EFFECTS) == (order, FormContext(place.channel, place.thread))
    link = "https://hooks.slack.com/app/T0123ABCD/1234567890123/AbCdEfGhIjKlMnOpQrStUvWx"
    view = taken(confirmation(order, replace(place, answer=link), ENGLISH))
    assert confirmed(view, EFFECTS)[1].answer == link


@pytest.mark.parametrize(
    "carried", ["", "[]", "{}", '{"channel":"C1"}', '{"channel":1,"wish":"x"}']
)
def test_a_question_of_another_version_is_stale(carried):
    with pytest.raises(errors.StaleButton):
        confirmed({"private_metadata": carried}, EFFECTS)


def test_the_question_names_number_cost_and_what_is_left():
    order = Order(VIDEO, Selection(positions=(1, 2, 3)))

    view = confirmation(order, FormContext("C1", cost=3.0, left=47.0), ENGLISH)

    assert view["blocks"][0]["text"]["text"] == (
        "This regenerates 3 sequences, for about 9 credits. 47 are left. "
        "Nothing was started yet. Go ahead?"
    )
    assert view["submit"]["text"] == "Regenerate all 3"


def test_a_notice_is_put_above_once_and_the_fields_stay():
    view = {**form(a_form(a_board("success")), ENGLISH), "id": "V1", "state": {}}

    twice = taken(with_notice({**view, **with_notice(view, "One.")}, "Two."))

    assert twice["blocks"][0]["text"]["text"] == "Two."
    assert twice["blocks"][1:] == view["blocks"]
    assert set(twice) == set(view) - {"id", "state"}


def test_what_was_chosen_of_another_video_does_not_count():
    view = {
        "state": {
            "values": {
                "form_video": {"form_video": {"selected_option": {"value": "video-2"}}},
                sequences_of(VIDEO): {SEQUENCES: {"selected_options": [{"value": "2"}]}},
            }
        }
    }

    assert draft(view) == Draft(video="video-2", positions=None)


def test_where_it_was_opened_comes_back_with_the_form():
    place = FormContext("C1", "1700000000.000100", cost=3.0, left=47.0)

    assert form_context({"private_metadata": place.value()}) == place
    assert form_context({"private_metadata": FormContext().value()}) == FormContext(None, None)
