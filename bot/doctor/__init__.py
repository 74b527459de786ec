"""`regen-bot doctor`: every check done for real, in order, with how to mend what is not right.

Nothing is spent, nothing is posted, and no delivery of Slack's is taken from a bot that runs.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from bot.config import Config, ConfigError, read_environment
from bot.doctor import here, iacrea, manifest, network, redis, settings, user_groups
from bot.doctor.findings import Finding, Section, healthy, lines, summary
from bot.doctor.findings import as_json as report_json
from bot.doctor.slack import SlackChecks
from bot.process.output import CommandOutput

__all__ = ["Finding", "check_up", "report"]


async def report(cwd: Path, out: CommandOutput, *, as_json: bool) -> bool:
    """Prints every finding as it is made, or all at once as JSON; says whether none failed."""
    findings: list[Finding] = []
    async for finding in check_up(cwd):
        begins = not findings or findings[-1].section != finding.section
        findings.append(finding)
        if not as_json:
            out.write(lines(finding, begins=begins) + "\n")
    out.write(report_json(findings) if as_json else f"\n{summary(findings)}")
    out.write("\n")
    return healthy(findings)


async def check_up(cwd: Path) -> AsyncIterator[Finding]:
    """Yields every finding as it is made; `cwd` is where `.env` lies."""
    try:
        environ = read_environment(cwd)
    except ConfigError as error:
        for each in error.invalid:
            yield Section("Settings").failed(each.variable, each.text, "then ask again")
        return
    config, problems = Config.examine(environ)
    for finding in settings.check(environ, problems, cwd / ".env"):
        yield finding
    broken = frozenset(problem.variable.upper() for problem in problems)
    for finding in network.check(environ, config, broken):
        yield finding
    slack = SlackChecks(config, broken)
    for checks in (
        slack(),
        user_groups.check(environ, config, broken),
        manifest.check(environ, config, broken),
        iacrea.check(config, broken),
        redis.check(config, broken),
    ):
        async for finding in checks:
            yield finding
    # Last, since by now Slack's answers have told what time it is there.
    async for finding in here.check(config, broken, slack.clock):
        yield finding
