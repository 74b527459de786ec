"""What people read in the channel and in the thread, word for word."""

from dataclasses import replace

import pytest

from bot.domain import errors
from bot.domain.progress import Progress, Stage
from bot.domain.request import GenerationState, MessageTs, Request, State
from bot.slack.blocks.message import formatted_date
from bot.slack.telling import messages as telling
from tests.domain.makers import NOW, a_generation, a_request, an_order
from tests.messages.reading import texts
from tests.texts import ENGLISH, FRENCH

DONE, EXPIRED = GenerationState.DONE, GenerationState.EXPIRED


def ended(*states: GenerationState, **changes: object) -> Request:
    generations = [a_generation(2 + number, state) for number, state in enumerate(states)]
    return a_request(State.ENDED, *generations, **changes)


def outcome(request: Request) -> str:
    """The first line of its text."""
    return telling.outcome(request, ENGLISH).text.split("\n")[0]


def test_an_announcement_says_who_which_and_how():
    generations = (a_generation(2, effect="CAMERA_PUSH_IN"),)
    request = a_request(
        State.CHECKED,
        *generations,
        order=an_order(effect="CAMERA_PUSH_OUT", image="https://e.com/a.jpg"),
    )

    message = telling.announcement(request, "Anna", ENGLISH)

    doing = (
        "Anna is regenerating *sequence 2 of 5* with *push out* instead of push in, "
        "from a new image\nVideo `video-1`"
    )
    assert message.text == f"{doing}\nSending it to IACrea…\nButtons: Stop watching"
    assert texts(message) == [f"🎬 {doing}", "▱▱▱▱▱▱▱▱▱▱  Sending it to IACrea…", "Stop watching"]


def test_an_announcement_mentions_nobody_and_does_without_a_name():
    request = a_request(State.CHECKED, a_generation(2))
    watched = a_request(State.CHECKED, a_generation(2), order=an_order(watch=True))

    for name in ("Anna", None):
        assert "<@" not in str(telling.announcement(request, name, ENGLISH).fields())
    nameless = [telling.announcement(each, None, ENGLISH).text for each in (request, watched)]
    assert [text.split("\n")[0] for text in nameless] == [
        "Regenerating *sequence 2 of 5*",
        "Watching *sequence 2 of 5*",
    ]
    assert "&lt;!channel&gt;" in telling.announcement(request, "<!channel>", ENGLISH).text


def test_a_picture_stands_beside_the_announcement_where_slack_can_show_it():
    shown = a_request(State.CHECKED, a_generation(2, url="https://e.com/2.jpg"))
    clip = a_request(State.CHECKED, a_generation(2, url="https://e.com/2.mp4"))

    first, *_ = telling.announcement(shown, None, ENGLISH).fields()["blocks"]
    assert first["accessory"]["image_url"] == "https://e.com/2.jpg"
    assert first["accessory"]["alt_text"] == "sequence 2 of 5"
    assert "accessory" not in telling.announcement(clip, None, ENGLISH).fields()["blocks"][0]


def test_the_old_and_the_new_picture_stand_beside_each_other():
    generation = a_generation(2, DONE, url="https://e.com/2.jpg", new_url="https://e.com/new.jpg")

    message = telling.outcome(a_request(State.ENDED, generation), ENGLISH)

    carousel = message.fields()["blocks"][1]
    assert [card["hero_image"]["image_url"] for card in carousel["elements"]] == [
        "https://e.com/2.jpg",
        "https://e.com/new.jpg",
    ]
    assert [card["title"]["text"] for card in carousel["elements"]] == ["Before", "After"]


def test_two_clips_are_linked_as_slack_shows_no_clip_by_its_link():
    generation = a_generation(2, DONE, url="https://e.com/2.mp4", new_url="https://e.com/new.mp4")

    message = telling.outcome(a_request(State.ENDED, generation), ENGLISH)

    assert "<https://e.com/2.mp4|Before> · <https://e.com/new.mp4|After>" in texts(message)


def test_a_picture_that_stayed_the_same_is_shown_once():
    generation = a_generation(2, DONE, url="https://e.com/2.jpg", new_url="https://e.com/2.jpg")

    first, *rest = telling.outcome(a_request(State.ENDED, generation), ENGLISH).fields()["blocks"]

    assert first["accessory"]["image_url"] == "https://e.com/2.jpg"
    assert "carousel" not in [block["type"] for block in rest]


def test_few_credits_are_warned_of():
    low = ended(DONE, credits_left=2.0)
    enough = ended(DONE, credits_left=10.0)

    warning = "⚠️ Only 2 credits left on the IACrea account. Top them up soon."
    assert warning in texts(telling.outcome(low, ENGLISH))
    assert "⚠️" not in " ".join(texts(telling.outcome(enough, ENGLISH)))


def test_a_french_channel_reads_french():
    done = ended(DONE, DONE, credits_left=1234.0)

    head, small_print, *_ = texts(telling.outcome(done, FRENCH))

    assert head == "✅ <@U1>, séquences 2 et 3 sur 5 : elles sont prêtes."
    assert small_print.startswith("1\u202f234 restants · en ")


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (Progress(Stage.QUEUED), "▰▱▱▱▱▱▱▱▱▱  Queued at IACrea"),
        (Progress(Stage.ANIMATING, 3, 5), "▰▰▰▰▰▱▱▱▱▱  Animating 3 of 5 sequences"),
        (Progress(Stage.ANIMATING), "▰▱▱▱▱▱▱▱▱▱  Animating"),
        (Progress(Stage.RENDERING, rendered=0.4), "▰▰▰▰▰▰▰▰▱▱  Rendering 40%"),
        (Progress(Stage.RENDERING, rendered=1), "▰▰▰▰▰▰▰▰▰▰  Rendering 100%"),
        (Progress(Stage.SILENT), "▰▱▱▱▱▱▱▱▱▱  IACrea does not answer at the moment; I keep asking"),
        (Progress(Stage.UNKNOWN, status="<x>"), "▰▱▱▱▱▱▱▱▱▱  IACrea says `&lt;x&gt;`"),
    ],
)
def test_progress_is_a_bar_and_words(progress, line):
    request = a_request(State.PENDING, a_generation(2))
    message = telling.running(request, progress, None, NOW, ENGLISH)

    assert texts(message)[1] == line
    words = line.partition("  ")[2]
    assert message.text.split("\n")[:3] == [
        "<@U1> is regenerating *sequence 2 of 5*",
        "Video `video-1`",
        words,
    ]


@pytest.mark.parametrize(
    ("usual", "now", "line"),
    [
        (None, NOW, "started {since}"),
        (150.0, NOW + 100, "started {since} · ready around {until}"),
        (150.0, NOW + 151, "started {since} · taking longer than usual"),
    ],
)
def test_a_running_card_tells_since_when_and_guesses_until_when(usual, now, line):
    request = a_request(State.PENDING, a_generation(2))
    message = telling.running(request, Progress(Stage.QUEUED), usual, now, ENGLISH)

    at = request.origin.at
    since, until = formatted_date(at, "{ago}"), formatted_date(at + 150, "{time}")
    assert texts(message)[2:] == [line.format(since=since, until=until), "Stop watching"]


@pytest.mark.parametrize(
    ("request_", "text"),
    [
        (ended(DONE), "<@U1>, sequence 2 of 5 is ready."),
        (
            ended(DONE, DONE, order=an_order(2, 3, effect="CAMERA_CRANE_UP")),
            "<@U1>, sequences 2 and 3 of 5 are ready, with *crane up*.",
        ),
        (
            ended(GenerationState.FAILED),
            "<@U1>, sequence 2 of 5 failed at IACrea. Another effect or image often helps.",
        ),
        (
            ended(GenerationState.FAILED, problem=errors.NoSuchVideo("video-1")),
            "<@U1>, sequence 2 of 5 failed at IACrea. IACrea knows no video `video-1`. "
            "Copy its id or its link from IACrea.",
        ),
        (
            ended(GenerationState.WAITING, problem=errors.TooLate(31)),
            "<@U1>, sequence 2 of 5 was not started. You asked 31 minutes ago, and I could not "
            "start it in time. Ask again if you still want it.",
        ),
        (
            ended(
                GenerationState.REFUSED,
                GenerationState.REFUSED,
                problem=errors.IACreaUnavailable(503),
            ),
            "<@U1>, sequences 2 and 3 of 5 were not started. IACrea has trouble at the moment "
            "(it answers 503). Try again in a few minutes.",
        ),
        (
            ended(DONE, GenerationState.REFUSED, problem=errors.NoCredits("0 left")),
            "<@U1>, sequence 2 of 5 is ready. Sequence 3 of 5 was not started. The IACrea account "
            "does not have enough credits. Top them up at IACrea, then try again. It says: 0 left",
        ),
        (
            ended(GenerationState.FAILED, GenerationState.REFUSED, problem=errors.KeyRefused()),
            "<@U1>, sequence 3 of 5 was not started. IACrea refuses my key. Whoever runs me has to "
            "mend `IACREA_API_KEY`. Sequence 2 of 5 failed at IACrea. Another effect or image "
            "often helps.",
        ),
        (
            ended(DONE, GenerationState.FAILED, DONE),
            "<@U1>, sequences 2 and 4 of 5 are ready. Sequence 3 of 5 failed at IACrea. "
            "Another effect or image often helps.",
        ),
        (
            ended(GenerationState.NOT_STARTED),
            "<@U1>, sequence 2 of 5 does not seem to have started: IACrea's answer got lost, and "
            "nothing changed on the video since. I did not send it again, so that you never pay "
            "twice. To send it again, press Retry.",
        ),
        (
            ended(EXPIRED, sequences=0),
            "<@U1>, sequence 2 is still not finished, so I stopped watching. IACrea may be stuck. "
            "Press Keep watching and I go on; that costs nothing.",
        ),
    ],
)
def test_an_outcome_says_what_became_of_each_sequence_and_why(request_, text):
    assert outcome(request_) == text


def test_the_small_print_tells_credits_and_time():
    generations = [a_generation(2, DONE, credits_used=0.5), a_generation(3, DONE, credits_used=1)]
    request = a_request(State.ENDED, *generations, credits_left=1234567.0, ended_at=NOW + 150)

    assert texts(telling.outcome(request, ENGLISH))[1] == (
        "1.5 credits used · 1,234,567 left · took 2 min 30 s"
    )
    one = replace(
        request, generations=(replace(generations[1], credits_used=1.0),), ended_at=NOW + 60
    )
    assert texts(telling.outcome(one, ENGLISH))[1].startswith("1 credit used")
    assert texts(telling.outcome(one, ENGLISH))[1].endswith("took 1 min")


def test_a_success_offers_to_do_it_again_another_effect_and_the_video():
    done = ended(DONE, video_url="https://e.com/v.mp4")

    assert texts(telling.outcome(done, ENGLISH))[2:] == [
        "Regenerate again",
        "Another effect",
        "Another image…",
        "Watch",
        "Storyboard",
        "Earlier takes",
    ]


@pytest.mark.parametrize("link", [None, "javascript:alert(1)", "https://e.com/" + "a" * 3000])
def test_a_video_without_a_usable_link_is_not_offered_to_watch(link):
    shown = texts(telling.outcome(ended(DONE, video_url=link), ENGLISH))

    assert "Watch" not in shown


@pytest.mark.parametrize(
    "state", [GenerationState.FAILED, GenerationState.REFUSED, GenerationState.NOT_STARTED]
)
def test_anything_else_offers_to_retry_and_another_effect(state):
    request = ended(DONE, state, video_url="https://e.com/v.mp4")

    assert texts(telling.outcome(request, ENGLISH))[2:] == ["Retry", "Another effect", "Storyboard"]


def test_what_was_not_finished_in_time_offers_to_keep_watching():
    request = ended(DONE, EXPIRED, video_url="https://e.com/v.mp4")

    assert texts(telling.outcome(request, ENGLISH))[2:] == ["Keep watching"]


@pytest.mark.parametrize(
    ("state", "did", "line"),
    [
        (DONE, "regenerated", "✅ Done: see the thread"),
        (GenerationState.FAILED, "wanted to regenerate", "⚠️ Failed: see the thread"),
        (EXPIRED, "wanted to regenerate", "⌛ Not finished in time: see the thread"),
    ],
)
def test_the_announcement_is_closed_with_a_pointer_to_its_thread(state, did, line):
    request = replace(ended(state), reply=MessageTs("1.0"))

    message = telling.closing(request, ENGLISH)

    assert texts(message) == [f"🎬 <@U1> {did} *sequence 2 of 5*\nVideo `video-1`", line]


def test_the_announcement_tells_the_outcome_itself_where_no_reply_could():
    request = ended(GenerationState.FAILED)

    message = telling.closing(request, ENGLISH)

    told = telling.outcome(request, ENGLISH)
    assert message.text.endswith(f"Video `video-1`\n{told.text}")
    assert texts(message)[1:] == texts(told)
