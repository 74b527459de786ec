"""A simulated IACrea account: a real HTTP server with the documented video-editor state machine.

It serves the demo and the tests. It knows nothing of the product and speaks HTTP alone:

    async with IACreaSimulator(timings=Timings(queue=0.05, animate=0.1, render=0.1)) as iacrea:
        video = iacrea.account.add_video(sequences=5)
        iacrea.faults.posts += [Lost(), Answered(429, retry_after=1)]
        ...                                   # point a client at iacrea.base_url, iacrea.api_key
        await iacrea.until(lambda iacrea: iacrea.posts == 1, timeout=5)

`account` has its videos and credits; `faults` is what goes wrong next, `calls` what happened.
`IACreaSimulator(serves_assets=True)` also serves the pictures and films that it names.
Where the vendor's reference leaves a point open, `ApiVariant` chooses the reading.
"""

from sandbox.iacrea.account import Account, Clip
from sandbox.iacrea.api_variant import ApiVariant
from sandbox.iacrea.call_log import Call
from sandbox.iacrea.faults import (
    Answered,
    Dropped,
    Fault,
    Faults,
    Garbage,
    Garbled,
    Lost,
    Slow,
    UnknownStatus,
)
from sandbox.iacrea.simulator import IACreaSimulator
from sandbox.iacrea.video import Sequence, SequenceStatus, Timings, Video, VideoStatus

__all__ = [
    "Account",
    "Answered",
    "ApiVariant",
    "Call",
    "Clip",
    "Dropped",
    "Fault",
    "Faults",
    "Garbage",
    "Garbled",
    "IACreaSimulator",
    "Lost",
    "Sequence",
    "SequenceStatus",
    "Slow",
    "Timings",
    "UnknownStatus",
    "Video",
    "VideoStatus",
]
