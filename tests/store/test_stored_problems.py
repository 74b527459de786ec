"""Problems of requests, under the names that they were first stored with."""

from bot.store.records import _PROBLEMS

FIRST = frozenset(
    {
        "AlreadyRunning",
        "AnotherCommand",
        "AskFirst",
        "BadImage",
        "BadName",
        "Cancelled",
        "CancelledInLine",
        "CannotPost",
        "CommandError",
        "HourlyLimit",
        "KeyRefused",
        "NameTaken",
        "NoCredits",
        "NoLastVideo",
        "NoLongerRunning",
        "NoSuchRequest",
        "NoSuchSequence",
        "NoSuchVideo",
        "NotASequence",
        "NotAVideo",
        "NotAccepted",
        "NotAllowed",
        "NotReady",
        "NotRunningYet",
        "NothingFailed",
        "StaleButton",
        "StartedMeanwhile",
        "TooLate",
        "TooLong",
        "TooManySequences",
        "Trouble",
        "Unforeseen",
        "UnknownEffect",
        "UserError",
        "WaitedInVain",
    }
)
"""Written by earlier releases. Every later one has to read them; add to them, change none."""


def test_every_problem_that_was_ever_stored_is_still_known() -> None:
    assert set(_PROBLEMS) >= FIRST
