"""Misconfigurations on IACrea's side, each found with the right advice; nothing is ever spent."""

import pytest

from bot.doctor.findings import Verdict
from sandbox.iacrea import Answered, Garbage, Garbled, IACreaSimulator
from sandbox.slack import SlackSimulator
from tests.doctor.conftest import Examine


async def test_a_good_key_is_told_by_what_costs_nothing(
    iacrea: IACreaSimulator, examine: Examine
) -> None:
    report = await examine()

    [key] = [each for each in report.findings if (each.section, each.check) == ("IACrea", "key")]
    assert key.verdict is Verdict.OK
    assert (iacrea.posts, iacrea.account.credits) == (0, 1000)


async def test_a_wrong_key_is_found(examine: Examine) -> None:
    finding = (await examine({"IACREA_API_KEY": "iacrea-wrong"})).only()

    assert finding.said == "IACrea refuses IACREA_API_KEY (401)"
    assert finding.mend.startswith("copy the key again from your account at IACrea")
    assert "its API is switched on by request" in finding.mend


async def test_another_server_that_knows_no_video_either_is_not_taken_for_iacrea(
    slack: SlackSimulator, examine: Examine
) -> None:
    finding = (await examine({"IACREA_BASE_URL": slack.api_url.removesuffix("/api/")})).only()

    assert finding.said.endswith("answers the same with any key: it is not IACrea's API")
    assert "IACREA_BASE_URL" in finding.mend


async def test_nothing_there_is_found(examine: Examine) -> None:
    finding = (await examine({"IACREA_BASE_URL": "http://127.0.0.1:1"})).only()

    assert "cannot be reached (ConnectError)" in finding.said
    assert "HTTPS_PROXY" in finding.mend


@pytest.mark.parametrize("fault", [Answered(500), Garbled(Garbage.HTML)])
async def test_an_answer_in_trouble_is_not_called_a_wrong_key(
    fault: Answered | Garbled, iacrea: IACreaSimulator, examine: Examine
) -> None:
    iacrea.faults.gets.append(fault)

    report = await examine()

    assert all("API_KEY" not in each.said for each in report.of(Verdict.FAILED))


async def test_a_rate_limit_is_no_failure(iacrea: IACreaSimulator, examine: Examine) -> None:
    iacrea.faults.gets.append(Answered(429))

    finding = (await examine()).only()

    assert (finding.verdict, finding.mend) == (Verdict.WARNING, "ask again in a minute")


async def test_what_the_account_counts_is_called_what_it_may_be(
    iacrea: IACreaSimulator, examine: Examine
) -> None:
    iacrea.account.photo_credits = 3  # fewer than LOW_CREDITS, which is not about this purse

    report = await examine({"IACREA_USER_ID": iacrea.user_id})

    [account] = [each for each in report.findings if each.check == "account"]
    assert account.verdict is Verdict.NOTE
    assert account.said.startswith("/api/account/credit says 3: it may count photos")
    assert report.wrong == []


async def test_an_account_that_does_not_answer_now_is_nothing_to_mend(
    iacrea: IACreaSimulator, examine: Examine
) -> None:
    iacrea.faults.balances.append(Answered(503))  # documented

    assert (await examine({"IACREA_USER_ID": iacrea.user_id})).wrong == []


async def test_a_wrong_account_is_found(examine: Examine) -> None:
    finding = (await examine({"IACREA_USER_ID": "00000000-0000-0000-0000-000000000001"})).only()

    assert (finding.check, finding.verdict) == ("account", Verdict.FAILED)
    assert "IACREA_USER_ID" in finding.mend
