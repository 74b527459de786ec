"""Whatever goes wrong, credits are what was there at the start less what took effect."""

import asyncio

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.iacrea import (
    Answered,
    Dropped,
    Garbage,
    Garbled,
    IACreaSimulator,
    Lost,
    Timings,
)
from tests.plain_http import plain_http

FAULTS = st.one_of(
    st.none(),
    st.just(Lost()),
    st.just(Dropped()),
    st.builds(Garbled, st.sampled_from(Garbage)),
    st.builds(Answered, st.sampled_from([400, 429, 500]), effective=st.booleans()),
)
ASKED = st.tuples(st.sampled_from(["post", "post to nowhere", "get"]), FAULTS)


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 12), asked=st.lists(ASKED, max_size=8))
def test_credits_are_the_start_less_the_cost_of_what_took_effect(start, asked):
    asyncio.run(spends(start, asked))


async def spends(start, asked):
    simulator = IACreaSimulator(credits=start, cost=3, timings=Timings(0, 0, 0, 0))
    async with simulator as iacrea, raw_client(iacrea) as raw:
        video = iacrea.account.add_video()
        for what, fault in asked:
            before = iacrea.account.credits
            (iacrea.faults.gets if what == "get" else iacrea.faults.posts).append(fault)
            spent = await ask(raw, video, what)
            assert before - iacrea.account.credits in ({3} if spent else {0, 3})

        assert iacrea.account.credits == start - 3 * iacrea.posts >= 0
        assert video.credits_used == 3 * iacrea.posts


async def ask(raw, video, what):
    """Whether the answer says that credits were spent."""
    try:
        if what == "get":
            await raw.get(f"/api/video-editor/generate/video/{video.id}")
            return False
        sequence = video.sequences[0].id if what == "post" else "nowhere"
        url = f"/api/video-editor/generate/sequence/{video.id}"
        answer = await raw.post(url, json={"sequenceId": sequence})
    except httpx.TransportError:
        return False
    return answer.status_code == 200


def raw_client(iacrea):
    headers = {"x-api-key": iacrea.api_key}
    return plain_http(base_url=iacrea.base_url, headers=headers)
