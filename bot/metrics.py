"""Declares every metric once, with its unit; docs/operate.md says how to read them.

Each label has few values: names of calls, states, outcomes. None holds what people typed, or an id.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from bot.process.line_writer import stderr

# Inherited from a server with many processes, this variable would have the metrics kept in files,
# and end this process if their directory is missing. The import reads it once.
for _name in ("PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir"):
    os.environ.pop(_name, None)

from prometheus_client import Counter, Gauge, Histogram  # noqa: E402

_QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
_LONG = (5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600)
_BETWEEN = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 3, 4, 5, 10, 30, 60)


class Calls:
    """Counts calls to one outside system by what came of them, and times them."""

    def __init__(self, system: str, what: str) -> None:
        """`system` becomes part of the metrics' names; `what` says what is called."""
        self._count = Counter(f"regen_{system}_calls", f"{what}, by what they came to", _BY_RESULT)
        self._seconds = Histogram(
            f"regen_{system}_seconds", f"Seconds for {what.lower()}", ["call"], buckets=_QUICK
        )

    @contextmanager
    def timed(self, call: str) -> Iterator[None]:
        """Counts one call under `ok`, or under the kind of error that it raised."""
        began, result = time.perf_counter(), "ok"
        try:
            yield
        # A call that is cancelled was made, too.
        except BaseException as error:
            result = word(type(error))
            raise
        finally:
            self._seconds.labels(call).observe(time.perf_counter() - began)
            self._count.labels(call, result).inc()


def word(kind: type) -> str:
    """Returns a class's name as a label: `SlackBusyError` is `slack_busy`, `NotSent` `not_sent`."""
    name = kind.__name__.removesuffix("Error") or kind.__name__
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


_BY_RESULT = ["call", "result"]

IACREA = Calls("iacrea", "Calls to IACrea")
SLACK = Calls("slack", "Calls to Slack's Web API and response URLs")
HELD_BACK = Counter(
    "regen_slack_held_back",
    "Calls to Slack that had to wait for their turn, so that its limits are kept",
    ["call", "priority"],
)
REDIS = Calls("redis", "Round trips to Redis")

ACK_SECONDS = Histogram(
    "regen_ack_seconds",
    "Seconds from a delivery of Slack's to its acknowledgement; Slack waits 3",
    ["type"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
)
GIVEN_UP = Counter(
    "regen_given_up", "Requests not started as Slack had told their person that they failed"
)
COMMANDS = Counter(
    "regen_commands", "Slash commands, mentions and direct messages, by what they ask", ["command"]
)
REQUESTS = Counter("regen_requests", "Requests that came into a state", ["state"])
OUTCOMES = Counter("regen_outcomes", "Requests that ended, by outcome", ["outcome"])
OUTCOME_SECONDS = Histogram(
    "regen_outcome_seconds",
    "Seconds from asking until the outcome was told",
    ["outcome"],
    buckets=_LONG,
)
CREDITS_USED = Counter("regen_credits_used", "Credits that regenerations took from the balance")
CREDITS_LEFT = Gauge("regen_credits_left", "Credits left on the account when IACrea last said")
LOST_POSTS = Counter("regen_lost_posts", "Regenerations sent whose answer was lost")
TAKEOVERS = Counter(
    "regen_takeovers", "Steps taken up that somebody had begun and not finished", ["step"]
)
DUE_DELAY = Histogram(
    "regen_due_delay_seconds",
    "Seconds by which the most overdue of a claim was late",
    ["due"],
    buckets=_BETWEEN,
)
LOOP_LAG = Histogram(
    "regen_loop_lag_seconds",
    "Seconds by which the event loop came late to what was due, looked at ten times a second",
    buckets=_QUICK,
)
DETECTION_LAG = Histogram(
    "regen_detection_lag_seconds",
    "Seconds by which an outcome was seen late at the most: since this process's poll before",
    buckets=_BETWEEN,
)
RUNNING = Gauge("regen_running_requests", "Requests that have not ended, of all replicas")
UNTOLD = Gauge("regen_untold_requests", "Requests with something to be told, of all replicas")
POLLED = Gauge("regen_polled_videos", "Videos that are being polled, of all replicas")
WEBSOCKETS = Gauge(
    "regen_slack_websockets", "WebSockets of this replica that Slack has greeted and that stand"
)
WEBSOCKETS_OF_APP = Gauge(
    "regen_slack_websockets_of_app",
    "WebSockets of the app, of all replicas, as Slack said last; it allows ten",
)
LOG_DROPPED = Gauge("regen_log_lines_dropped", "Lines of the log of this process that nobody took")
LOG_DROPPED.set_function(lambda: stderr().dropped)
READY = Gauge("regen_ready", "1 while /readyz says ready")
BUILD = Gauge("regen_build_info", "1, for the version that runs", ["version"])
BUILD.labels(version("regen-bot")).set(1)
