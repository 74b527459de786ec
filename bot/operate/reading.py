"""`list`, `show` and `export`: show what there is, as text."""

from datetime import UTC, datetime

from bot.config import Config
from bot.domain.ledger import Entry, month
from bot.domain.request import RequestId
from bot.domain.take import completed
from bot.operate import following, tables
from bot.operate.errors import OperateError
from bot.operate.stores import stores_of

MONTHS_KEPT = 14
"""Of the ledger; `store.writing.LEDGER_KEPT` is a little more than 13 of them."""
EVERY_MONTH = "all"


async def list_requests(config: Config, *, ended: bool, as_json: bool) -> str:
    """Lists the requests that are under way, or with `ended` the newest 200 that were checked.

    People read what is followed below them.
    """
    async with stores_of(config) as stores:
        if ended:
            requests = await stores.requests.newest(most=200)
        else:
            requests = await stores.overview.under_way()
        follows = [] if ended else await stores.follows.active()
        now = stores.requests.now()
    if as_json:
        return tables.as_json(requests)
    return tables.listing(requests, now) + following.listing(follows)


async def show(config: Config, request_id: str, *, as_json: bool) -> str:
    """Shows everything that is known of one request or follow, but Slack's link for answers.

    Raises:
        OperateError: there is none of that id.
    """
    async with stores_of(config) as stores:
        request = await stores.requests.load(RequestId(request_id))
        follow = await stores.follows.load(RequestId(request_id))
    if follow is not None:
        return following.sheet(follow)
    if request is None:
        raise OperateError(
            f"there is no request {request_id}; ended ones are kept for 7 days "
            "(`regen-bot list --ended`)"
        )
    return tables.as_json([request]) if as_json else tables.sheet(request)


async def export(config: Config, wanted: str | None) -> str:
    """Returns the ledger as CSV: of the month `2026-11`, of `all` that are kept, or of this one.

    Each line has what that regeneration was made from and what it made, as far as its take is kept.

    Raises:
        OperateError: `wanted` is none of these.
    """
    async with stores_of(config) as stores:
        entries: list[Entry] = []
        for each in _months(wanted, datetime.now(UTC)):
            entries += await stores.ledger.entries(each)
        since = min((each.at for each in entries), default=0.0)
        # Of those after, too: what was watched on has its end in a later take.
        takes = completed(await stores.takes.since(since)) if entries else []
    return tables.csv_of(entries, takes)


def _months(wanted: str | None, now: datetime) -> list[str]:
    if wanted is None:
        return [month(now.timestamp())]
    if wanted == EVERY_MONTH:
        last = now.year * 12 + now.month - 1
        every = range(last - MONTHS_KEPT + 1, last + 1)
        return [f"{each // 12:04d}-{each % 12 + 1:02d}" for each in every]
    try:
        return [f"{datetime.strptime(wanted, '%Y-%m').replace(tzinfo=UTC):%Y-%m}"]
    except ValueError:
        raise OperateError(f"{wanted!r} is no month; write one as 2026-11, or all") from None
