"""Everything that is kept in Redis."""

from dataclasses import dataclass
from typing import Self

from redis.asyncio import Redis

from bot.store.budget import Budget
from bot.store.channels import Channels
from bot.store.estimates import Estimates
from bot.store.follows import Follows
from bot.store.forgetting import Forgetting
from bot.store.form_choices import FormChoices
from bot.store.homes import Homes
from bot.store.ledger import Ledger
from bot.store.overview import Overview
from bot.store.requests import Requests
from bot.store.shared_storyboards import SharedStoryboards
from bot.store.takes import Takes
from bot.store.threads import Threads
from bot.store.user_groups import UserGroups
from bot.store.videos import Videos


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything that is kept in Redis."""

    requests: Requests
    follows: Follows
    videos: Videos
    estimates: Estimates
    ledger: Ledger
    takes: Takes
    shared_storyboards: SharedStoryboards
    threads: Threads
    budget: Budget
    channels: Channels
    user_groups: UserGroups
    homes: Homes
    form_choices: FormChoices
    overview: Overview
    forgetting: Forgetting

    @classmethod
    def over(
        cls, redis: Redis, prefix: str, *, poll_interval: float, max_per_hour: int | None = None
    ) -> Self:
        """Keeps all of it under one prefix.

        Args:
            redis: where it is kept.
            prefix: of every key.
            poll_interval: seconds between two polls of a video.
            max_per_hour: regenerations of one person; None: no limit.
        """
        requests = Requests(
            redis, prefix=prefix, poll_interval=poll_interval, max_per_hour=max_per_hour
        )
        return cls(
            requests=requests,
            follows=Follows(redis, requests, prefix, poll_interval),
            videos=Videos(redis, prefix),
            estimates=Estimates(redis, prefix),
            ledger=Ledger(redis, prefix),
            takes=Takes(redis, prefix),
            shared_storyboards=SharedStoryboards(redis, prefix),
            threads=requests.threads,
            budget=Budget(redis, prefix),
            channels=Channels(redis, prefix),
            user_groups=UserGroups(redis, prefix),
            homes=Homes(redis, prefix),
            form_choices=FormChoices(redis, prefix),
            overview=Overview(redis, prefix),
            forgetting=Forgetting(redis, prefix),
        )
