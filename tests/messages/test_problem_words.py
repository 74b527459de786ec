"""What people read in private, word for word."""

from dataclasses import replace

import pytest

from bot.domain import errors
from bot.domain.automatic import AutomaticVideo
from bot.domain.estimate import Estimate
from bot.domain.names import Flaw
from bot.domain.request import Order, Selection
from bot.domain.video import VideoId
from bot.slack.blocks import problems
from bot.slack.blocks.buttons import carried
from bot.slack.command.messages import effect_list, usage
from tests.domain.makers import an_order
from tests.messages.reading import texts
from tests.texts import EFFECTS, ENGLISH, FRENCH


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (
            errors.NotAVideo("no video"),
            "`no video` is not a video. Use its id, a link to it, or a name it was given: "
            "`/regen &lt;video&gt; &lt;sequence&gt;`.",
        ),
        (
            errors.NotAVideo("Show"),
            "`Show` is one of my own words, and not a video. Type it like this: "
            "`/regen show &lt;video&gt;`.",
        ),
        (
            errors.NotAVideo("status"),
            "`status` is one of my own words, and not a video. Type it like this: `/regen status`.",
        ),
        (
            errors.BadName("Salon 🏠", Flaw.CHARACTERS),
            "`Salon 🏠` cannot be a name. Use letters, digits, `-`, `_` and `.`, without emoji, "
            "such as `lilac-street-12`.",
        ),
        (
            errors.NotAllowed(person=True, admins=("U8", "U9")),
            "You may not spend credits with me. <@U8> and <@U9> can change that.",
        ),
        (
            errors.NotAllowed(person=True, admins=("U8",), why="outsider"),
            "Only people of the organisation that installed me may do that: it spends its credits, "
            "or changes what they are spent on. You can look. <@U8> can change that.",
        ),
        (
            errors.NotAllowed(person=True, why="guest"),
            "Guests may not do that: it spends credits, or changes what they are spent on. You can "
            "look. Whoever runs me can change that.",
        ),
        (
            errors.NotAllowed(person=True, admins=("U8",), why="unknown"),
            "Slack does not tell me just now whether you are a guest or of another organisation. "
            "Try again in a minute.",
        ),
        (
            errors.NotAllowed(person=True, admins=("U8", "S9"), why="group"),
            "Slack does not tell me just now who is in the user group that may spend credits with "
            "me. Try again in a minute. <@U8> and <!subteam^S9> can change that.",
        ),
        (
            errors.HourlyLimit(5, 2, 12),
            "You may regenerate 5 sequences an hour, and this would be more. Try again in 12 "
            "minutes.",
        ),
        (
            errors.HourlyLimit(5, 6, 0),
            "You may regenerate 5 sequences an hour, and this asks for 6 at once. Ask for fewer.",
        ),
        (
            errors.UnknownEffect("psh out", "CAMERA_PUSH_OUT"),
            "I know no effect called `psh out`. Did you mean `push out`?",
        ),
        (
            errors.UnknownEffect("explode", None),
            "I know no effect called `explode`. `/regen effects` lists them.",
        ),
        (
            errors.NoSuchSequence("video-1", "9", 5),
            "That video has no sequence `9`; use a number from 1 to 5, for example "
            "`/regen video-1 5`.",
        ),
        (
            errors.NoSuchSequence("video-1", "9", 1),
            "That video has no sequence `9`; it has only one: `1`, for example `/regen video-1 1`.",
        ),
        (
            AutomaticVideo("video-1"),
            "`video-1` is an automatic video, built by IACrea itself. IACrea documents "
            "regenerating for the other videos only, so nothing was sent and nothing was spent. "
            "`/regen video-1` shows its storyboard.",
        ),
        (
            errors.CannotPost("not_in_channel"),
            "Nothing was started. I cannot post here. Add me with `/invite`, or use a channel "
            "that I am in, then try again.",
        ),
        (
            errors.CannotPost("channel_not_found", direct=True),
            "Nothing was started. I cannot post here. Slack lets no app write among the two of "
            "you; use a channel, or a direct message with me.",
        ),
        (
            errors.CannotPost("is_archived"),
            "Nothing was started. I cannot post here. The channel is archived; use another one.",
        ),
        (
            errors.CannotPost("restricted_action_thread_locked"),
            "Nothing was started. I cannot post here. Only some people may post in this channel; "
            "use another one.",
        ),
        (
            errors.CannotPost("odd<"),
            "Nothing was started. I cannot post here. Slack says `odd&lt;`; try `/regen` in "
            "another channel.",
        ),
        (
            errors.IACreaUnavailable(),
            "Nothing was started. IACrea has trouble at the moment (it cannot be reached). "
            "Try again in a few minutes.",
        ),
        (
            errors.AlreadyRunning("r1", "U2", "C1", "1700000000.000100"),
            "What you asked for is being regenerated already for <@U2>, so nothing was started. "
            "Its result comes in <https://acme.slack.com/archives/C1/p1700000000000100|that "
            "message's thread>. Regenerating it once more costs credits again.",
        ),
        (
            errors.AskFirst(("several", "rendering", "pending"), (1, 2, 3), (1, 2), 0.4),
            "IACrea is generating sequences 1 and 2 at this moment. The final render is in "
            "progress (40% done) and would be cancelled. I can also wait until it is over, and "
            "send yours then. This regenerates 3 sequences, and each costs credits. Nothing was "
            "started yet. Go ahead?",
        ),
    ],
)
def test_a_problem_says_what_is_wrong_and_what_to_do(problem, text):
    assert problems.problem_message(problem, ENGLISH).text == text


@pytest.mark.parametrize(
    ("problem", "label"),
    [
        (errors.AskFirst(("several",), (1, 2, 3)), "Regenerate 3 sequences"),
        (errors.AskFirst(("rendering",), (1,)), "Regenerate anyway"),
        (errors.AlreadyRunning("r1", "U2", "C1", None), "Regenerate anyway"),
    ],
)
def test_where_only_a_yes_is_missing_a_button_says_what_it_does(problem, label):
    assert texts(problems.problem_message(problem, ENGLISH, order=an_order()))[1] == label


def test_a_yes_to_several_that_run_already_says_how_many_it_pays_for():
    several = replace(an_order(), selection=Selection(positions=tuple(range(1, 11))))
    running = errors.AlreadyRunning("r1", "U2", "C1", None)

    assert (
        texts(problems.problem_message(running, ENGLISH, order=several))[1]
        == "Regenerate 10 sequences"
    )


@pytest.mark.parametrize(
    ("count", "price"),
    [
        (1, "Regenerating it once more costs about 3 credits again. 47 are left."),
        (4, "Regenerating all 4 once more costs about 12 credits again. 47 are left."),
    ],
)
def test_a_yes_to_what_runs_already_tells_what_it_costs_and_what_is_left(count, price):
    order = replace(an_order(), selection=Selection(positions=tuple(range(1, count + 1))))
    running = errors.AlreadyRunning("r1", "", "", None)

    said = problems.problem_message(
        running, ENGLISH, order=order, estimate=Estimate(cost=3.0, left=47.0)
    ).text

    already = "What you asked for is being regenerated already, so nothing was started."
    assert said.partition("\n")[0] == f"{already} {price}"


@pytest.mark.parametrize("reason", ["rendering", "pending", "renamed", "repeated"])
def test_every_question_tells_what_a_yes_costs(reason):
    asking = errors.AskFirst((reason,), (1,), (1,))

    said = problems.problem_message(asking, ENGLISH, estimate=Estimate(cost=3.0, left=47.0)).text

    assert "costs about 3 credits" in said
    assert "47 are left. Nothing was started yet." in said


def test_a_question_tells_what_a_yes_costs_and_what_is_left_and_who_started_the_render():
    asking = errors.AskFirst(("several", "rendering"), (1, 2), (), 0.4, ("U9",))

    message = problems.problem_message(asking, ENGLISH, estimate=Estimate(cost=3.0, left=47.0))

    assert message.text == (
        "The final render is in progress (40% done) and would be cancelled. <@U9> started it. "
        "I can also wait until it is over, and send yours then. "
        "This regenerates 2 sequences, for about 6 credits. 47 are left. Nothing was started yet. "
        "Go ahead?"
    )


def test_a_french_reader_is_told_in_french():
    said = problems.problem_message(
        errors.UnknownEffect("zom arrière", "CAMERA_PUSH_OUT"), FRENCH
    ).text

    assert said == (
        "Je ne connais pas d'effet appelé `zom arrière`. Vouliez-vous dire `zoom arrière` ?"
    )


def test_the_commands_own_name_is_used_everywhere():
    other = replace(ENGLISH, command="/animate")
    shown = [
        usage(other).text,
        *texts(usage(other)),
        *texts(effect_list(other)),
        problems.problem_message(errors.StaleButton(), other).text,
        problems.problem_message(errors.TooLong(4000, 2000), other).text,
    ]

    assert "/regen" not in " ".join(shown)
    assert all("/animate" in text for text in (shown[0], shown[-1], shown[-2]))


def test_every_effect_is_listed_with_its_other_words():
    listed_ = "\n".join(texts(effect_list(ENGLISH)))

    assert "• *push in*  (or zoom in)\n• *push out*  (or zoom out)" in listed_
    assert listed_.count("•") == len(EFFECTS.names)


def test_a_yes_to_all_that_failed_is_a_yes_to_so_many_of_them():
    asking = errors.AskFirst(("several",), (2, 5))
    order = Order(VideoId("video-1"), Selection(failed=True))

    message = problems.problem_message(asking, ENGLISH, order=order)

    [button] = message.blocks[-1].elements
    agreed, _ = carried(button.value, EFFECTS)
    assert (agreed.selection, agreed.most) == (Selection(failed=True), 2)
