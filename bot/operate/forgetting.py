"""`forget`: ends what a person has under way, has it told, and removes them from what is kept."""

import asyncio
import re
from collections import Counter

from bot.config import Config
from bot.domain.follow import Follow, FollowState
from bot.domain.request import Request, RequestId, UserId
from bot.operate import following
from bot.operate.cancelling import cancelled
from bot.operate.errors import OperateError
from bot.operate.stores import stores_of
from bot.store.stores import Stores
from bot.transitions import Transitions

PATIENCE = 30.0
"""Seconds for a bot that runs to tell what was ended."""
PAUSE = 0.25
ROUNDS = 5
"""Times that all of it is looked through, in case somebody wrote meanwhile."""
MOST_LISTED = 200
_PERSON = re.compile(r"[UW][A-Z0-9]{6,20}")


async def forget(config: Config, user_id: str, *, dry: bool) -> str:
    """Removes a person; returns what was removed, or with `dry` what would be.

    Raises:
        OperateError: that is no person's id, or what they have under way is not told.
    """
    if not _PERSON.fullmatch(user_id):
        raise OperateError(
            f"{user_id!r} is no id of a person, such as U012ABCDEF; "
            "Slack shows it in their profile, under ⋮, Copy member ID"
        )
    user = UserId(user_id)
    async with stores_of(config) as stores:
        running = await _under_way(stores, user)
        if dry:
            found = await stores.forgetting.person(user, dry=True)
            return _said(user, found, running, "would be removed")
        # First the end, then the removal: a request under way would be written down again.
        await _ended(stores, Transitions(stores.requests, config.generation_timeout), user)
        # Before the removal, after which nothing tells which requests were theirs.
        await stores.forgetting.drop(await stores.requests.newest(user=user, most=MOST_LISTED))
        found = await _removed(stores, user)
        if config.redis_url is None:  # our own Valkey's append-only file still names them
            await stores.forgetting.rewrite()
    return "\n".join([_said(user, found, running, "removed"), *_left(config, user)])


async def _under_way(stores: Stores, user: UserId) -> list[Request]:
    return [each for each in await stores.overview.under_way() if each.origin.user == user]


async def _followed(stores: Stores, user: UserId) -> list[Follow]:
    return [each for each in await stores.follows.untold() if each.origin.user == user]


async def _ended(stores: Stores, transitions: Transitions, user: UserId) -> None:
    """Ends what they have under way, and waits until the bot has told it."""
    for each in await _under_way(stores, user):
        if not each.ended:
            await cancelled(stores.requests, transitions, RequestId(each.id))
    for follow in await _followed(stores, user):
        if follow.state is not FollowState.ENDED:
            await following.stop(stores, follow.id)
    for _ in range(round(PATIENCE / PAUSE)):
        if not await _under_way(stores, user) and not await _followed(stores, user):
            return
        await asyncio.sleep(PAUSE)
    left: list[Request | Follow] = [*await _under_way(stores, user)]
    rest = ", ".join(each.id for each in [*left, *await _followed(stores, user)])
    raise OperateError(
        f"nothing was removed: the bot has yet to tell what became of {rest}; "
        "see that it runs and reaches Slack, and ask again"
    )


async def _removed(stores: Stores, user: UserId) -> Counter[str]:
    found: Counter[str] = Counter()
    for _ in range(ROUNDS):
        more = await stores.forgetting.person(user)
        if not more:
            return found
        found += more
    raise OperateError(f"{user} is being written down all the while; ask again in a minute")


def _said(user: UserId, found: Counter[str], running: list[Request], done: str) -> str:
    lines = [
        f"{user}: {found['requests']} requests {done}",
        f"{user}: {found['lists'] + found['sums']} lists, counts and sums {done}",
        f"{user}: {found['entries']} months of the ledger keep what was spent, without the name",
        *([f"{user}: takes keep what was made, without the name"] if found["takes"] else []),
        f"{user}: {found['mentions']} requests of others keep what happened, without the name",
    ]
    if running:
        lines.append(f"{user}: {len(running)} requests under way are ended, and their people told")
    return "\n".join(lines)


def _left(config: Config, user: UserId) -> list[str]:
    """Returns where else they are named, which is not for this command to change."""
    lists = {"ALLOWED_USERS": config.allowed_users, "ADMIN_USERS": config.admin_users}
    still = [f"{name} still names {user}" for name, listed in lists.items() if user in listed]
    return [
        *still,
        "A bot that runs remembers names and languages until it is restarted. Messages in Slack, "
        "logs, traces and backups are not touched (SECURITY.md, What is kept, and how long).",
    ]
