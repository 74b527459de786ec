"""`/metrics`: what a regeneration leaves there, and that dashboard and alerts name what exists."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from sandbox.iacrea import IACreaSimulator, Lost
from sandbox.slack import Channel, SlackSimulator, User
from tests.conftest import Bots, connected, free_port, ready, replies
from tests.plain_http import plain_http

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
NAME = re.compile(r"\bregen_[a-z_]+")


class Scrape:
    """What `/metrics` said, as Prometheus reads it."""

    def __init__(self, text: str) -> None:
        families = list(text_string_to_metric_families(text))
        self.described = {family.name: family.documentation for family in families}
        self.samples = [sample for family in families for sample in family.samples]

    def value(self, name: str, **labels: str) -> float:
        return sum(
            sample.value
            for sample in self.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


async def scrape(port: int) -> Scrape:
    async with plain_http() as http:
        answer = await http.get(f"http://127.0.0.1:{port}/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return Scrape(answer.text)


@pytest.fixture
async def port(bots: Bots, slack: SlackSimulator) -> int:
    port = free_port()
    await bots.start(environ={"PORT": str(port)})
    await connected(slack)
    await ready(port)
    return port


async def test_a_regeneration_is_counted_from_the_command_to_the_outcome(
    port: int, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda _: len(replies(slack, listings)) == 1)
    seen = await scrape(port)
    async with asyncio.timeout(60):
        while not seen.value("regen_requests_total", state="told") or seen.value(
            "regen_untold_requests"
        ):
            await asyncio.sleep(0.05)
            seen = await scrape(port)

    assert seen.value("regen_ack_seconds_count", type="slash_commands") == 1
    assert seen.value("regen_commands_total", command="regenerate") == 1
    for state in ("accepted", "checked", "announced", "submitting", "pending", "ended", "told"):
        assert seen.value("regen_requests_total", state=state) == 1, state
    assert seen.value("regen_outcomes_total", outcome="done") == 1
    assert seen.value("regen_iacrea_calls_total", call="regenerate", result="ok") == iacrea.posts
    assert seen.value("regen_iacrea_calls_total", call="video", result="ok") >= 2
    assert seen.value("regen_slack_calls_total", call="chat.postMessage", result="ok") == 2
    assert seen.value("regen_redis_calls_total", call="requests.accept", result="ok") == 1
    assert seen.value("regen_credits_used_total") == iacrea.account.cost
    assert seen.value("regen_credits_left") == iacrea.account.credits
    assert seen.value("regen_outcome_seconds_count", outcome="done") == 1
    assert seen.value("regen_running_requests") == 0
    assert seen.value("regen_detection_lag_seconds_count") == 1
    assert seen.value("regen_due_delay_seconds_count", due="polls") >= 1
    assert seen.value("regen_ready") == 1
    assert seen.value("regen_takeovers_total") == 0


async def test_the_connections_to_slack_are_counted_with_those_of_all_replicas(
    port: int, slack: SlackSimulator
) -> None:
    async def standing(count: int) -> Scrape:
        async with asyncio.timeout(60):
            while True:
                seen = await scrape(port)
                if seen.value("regen_slack_websockets") == count:
                    return seen
                await asyncio.sleep(0.02)

    assert (await standing(2)).value("regen_slack_websockets_of_app") == 2
    await slack.drop_connections()
    assert (await standing(0)).value("regen_ready") == 0


async def test_what_goes_wrong_outside_is_counted_by_its_kind(
    port: int, slack: SlackSimulator, iacrea: IACreaSimulator, anna: User, listings: Channel
) -> None:
    video = iacrea.account.add_video(sequences=3)
    iacrea.faults.posts.append(Lost())
    slack.faults.rate_limited["chat.postMessage"] = 1
    await slack.command(anna, listings, f"/regen {video.id} 2")
    await slack.until(lambda _: len(replies(slack, listings)) == 1)

    seen = await scrape(port)

    assert seen.value("regen_lost_posts_total") == 1
    assert seen.value("regen_iacrea_calls_total", call="regenerate", result="unanswered") == 1
    assert seen.value("regen_slack_calls_total", result="slack_busy") == 1


async def test_without_redis_what_it_knows_is_not_a_number_and_the_rest_is_served(
    bots: Bots, slack: SlackSimulator
) -> None:
    port = free_port()
    await bots.start(environ={"REDIS_URL": f"redis://127.0.0.1:{free_port()}", "PORT": str(port)})
    await connected(slack)

    seen = await scrape(port)

    assert seen.value("regen_ready") == 0
    for name in ("regen_running_requests", "regen_credits_left"):
        assert seen.value(name) != seen.value(name), name  # not a number
    assert seen.value("regen_redis_calls_total", result="store_away") >= 1


def queries() -> Iterator[str]:
    """Every expression of the dashboard and of the alerts."""
    dashboard: dict[str, Any] = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))
    for panel in dashboard["panels"]:
        yield from (target["expr"] for target in panel["targets"])
    alerts = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))
    for group in alerts["groups"]:
        yield from (rule["expr"] for rule in group["rules"])


def served(scraped: Scrape) -> set[str]:
    """Names that can be asked for: what a metric without samples would be called too."""
    endings = ("", "_total", "_bucket", "_count", "_sum")
    return {name + ending for name in scraped.described for ending in endings}


async def test_every_metric_that_dashboard_and_alerts_name_exists(port: int) -> None:
    scraped = await scrape(port)
    named = {name for query in queries() for name in NAME.findall(query)}
    assert named - served(scraped) == set()


async def test_every_metric_is_on_the_dashboard(port: int) -> None:
    scraped = await scrape(port)
    text = (DEPLOY / "grafana.json").read_text("utf-8")
    ours = {name for name in scraped.described if name.startswith("regen_")}
    assert {name for name in ours if name not in text and not name.endswith("_created")} == set()


@pytest.mark.parametrize("name", ["PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir"])
async def test_a_directory_for_many_processes_that_is_inherited_does_nothing(
    name: str, bots: Bots, slack: SlackSimulator, tmp_path: Path
) -> None:
    there = tmp_path / "metrics"
    there.mkdir()
    for directory in (there, tmp_path / "gone"):
        process = await bots.start(environ={name: str(directory)})
        await connected(slack)
        process.terminate()
        assert await process.wait() == 0
    assert "Traceback" not in bots.log()
    assert [*there.iterdir()] == []
