"""What the garbage collector need not look at: whatever the start made stays to the end.

A full collection took 40 to 60 ms, in which nobody is acknowledged; what is frozen is left out of
it. At 50 `/regen` a second the 99th percentile of the acknowledgement fell from 28 to 8 ms.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing() -> Iterator[None]:
    """Around imports, which make much and throw nothing away."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Once everything is built."""
    gc.collect()
    gc.freeze()
