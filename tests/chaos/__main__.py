"""`python -m tests.chaos`: the campaign over many seeds, and its report.

`python -m tests.chaos 17` replays one seed, with the bots' logs where it was violated.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor

from tests.chaos import campaign
from tests.chaos.campaign import Run


def main() -> int:
    """Runs the seeds that were asked for; 1 where one of them was violated."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("seed", type=int, nargs="*", help="replay these")
    parser.add_argument("--seeds", type=int, default=100, help="how many, from --first on")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=3, help="runs at a time")
    asked = parser.parse_args()
    seeds = asked.seed or range(asked.first, asked.first + asked.seeds)
    with ProcessPoolExecutor(asked.jobs, max_tasks_per_child=1) as pool:
        runs = [_told(each, bool(asked.seed)) for each in pool.map(campaign.run_alone, seeds)]
    print(report(runs))  # noqa: T201 - what the command is for
    return int(any(each.verdict.violations for each in runs))


def report(runs: Iterable[Run]) -> str:
    """The campaign as a table in Markdown, as docs/reliability.md shows it."""
    runs = list(runs)
    faults = sum((each.faults for each in runs), Counter[str]())
    verdicts = [each.verdict for each in runs]
    rows = [
        ("seeds", len(runs)),
        ("asked for", sum(len(each.plan.asks) for each in runs)),
        ("requests announced", sum(each.requests for each in verdicts)),
        ("of these, waited in line for a render", sum(each.waited for each in verdicts)),
        ("videos followed", sum(each.followed for each in verdicts)),
        ("answered in private alone", sum(each.private for each in verdicts)),
        ("faults", sum(faults.values())),
        ("violations", sum(len(each.violations) for each in verdicts)),
        ("announced twice, where the bot cannot look", sum(each.repeated for each in verdicts)),
    ]
    table = "\n".join(f"| {words} | {count} |" for words, count in rows)
    listed = ", ".join(f"{name} {count}" for name, count in sorted(faults.items()))
    return f"| | |\n| --- | --- |\n{table}\n\nFaults: {listed}."


def _told(done: Run, replayed: bool) -> Run:
    seed, verdict = done.plan.seed, done.verdict
    line = f"seed {seed}: {verdict.requests} requests, {done.seconds:.0f} s"
    if verdict.waited:
        line += f", {verdict.waited} waited"
    if verdict.repeated:
        line += f", {verdict.repeated} announced twice"
    for words in verdict.violations:
        line += f"\n  VIOLATED {words}"
    if verdict.violations:
        logs = done.logs if replayed else done.logs[-6000:]
        line += f"\n  replay it: python -m tests.chaos {seed}\n{logs}"
    print(line, flush=True)  # noqa: T201
    return done


if __name__ == "__main__":
    sys.exit(main())
