"""A simulated IACrea account: a real HTTP server with the documented video-editor state machine.

It serves the demo and the tests. It knows nothing of the product and speaks HTTP alone:

    async with IACreaSimulator(timings=Timings(queue=0.05, animate=0.1, render=0.1)) as iacrea:
        video = iacrea.studio.add_video(sequences=5)
        iacrea.faults.posts += [Lost(), Answered(429, retry_after=1)]
        ...                                   # point a client at iacrea.base_url, iacrea.api_key
        await iacrea.until(lambda iacrea: iacrea.posts == 1, timeout=5)

`studio` is the account's state, `faults` what goes wrong next, `calls` what really happened.
`IACreaSimulator(serves_assets=True)` also serves the pictures and films that it names.
Where the vendor's reference leaves a point open, `Dialect` chooses the reading.
"""

from sandbox.iacrea.calls import Call
from sandbox.iacrea.dialect import Dialect
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
from sandbox.iacrea.server import IACreaSimulator
from sandbox.iacrea.studio import Clip, Studio
from sandbox.iacrea.video import Sequence, SequenceStatus, Timings, Video, VideoStatus

__all__ = [
    "Answered",
    "Call",
    "Clip",
    "Dialect",
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
    "Studio",
    "Timings",
    "UnknownStatus",
    "Video",
    "VideoStatus",
]
