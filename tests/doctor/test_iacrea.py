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
    assert finding.mend == "copy the key again from your account at IACrea"


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


async def test_the_balance_is_told_where_it_can_be_asked_for(
    iacrea: IACreaSimulator, examine: Examine
) -> None:
    report = await examine({"IACREA_USER_ID": iacrea.user_id})

    assert report.wrong == []
    assert "1000 credits are left" in [each.said for each in report.findings]


async def test_a_low_balance_is_warned_of(iacrea: IACreaSimulator, examine: Examine) -> None:
    iacrea.account.credits = 7

    finding = (await examine({"IACREA_USER_ID": iacrea.user_id})).only()

    assert finding.verdict is Verdict.WARNING
    assert finding.said == "7 credits are left, fewer than LOW_CREDITS=10"


async def test_a_wrong_account_is_found(examine: Examine) -> None:
    finding = (await examine({"IACREA_USER_ID": "00000000-0000-0000-0000-000000000001"})).only()

    assert (finding.check, finding.verdict) == ("balance", Verdict.FAILED)
    assert "IACREA_USER_ID" in finding.mend
