"""The clock of a process, put forward and back while it runs; `clock.c` does it.

No namespace of Linux has a time of day of its own, and a proxy cannot shift the clock that Redis's
scripts read, so the C library is told another time.
"""

import asyncio
import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")
_STEP = struct.Struct("q")


async def library(directory: Path) -> Path | None:
    """Compiles `clock.c`; None where this machine has no C compiler, and clocks stay right."""
    compiler, built = shutil.which("cc"), directory / "clock.so"
    if compiler is None:
        return None
    command = (compiler, "-shared", "-fPIC", "-O2", "-o", str(built), str(SOURCE))
    process = await asyncio.create_subprocess_exec(*command)
    return built if await process.wait() == 0 else None


@dataclass
class Clock:
    """A process's clock; it stays as it was put where the process begins anew."""

    file: Path
    library: Path | None
    seconds: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.file.write_bytes(_STEP.pack(0))

    @property
    def environ(self) -> dict[str, str]:
        """What the process has to be started with."""
        if self.library is None:
            return {}
        return {"LD_PRELOAD": str(self.library), "CLOCK_STEP": str(self.file)}

    def step(self, seconds: int) -> bool:
        """Puts it so much further ahead; False where it cannot be put."""
        self.seconds += seconds
        with self.file.open("r+b") as file:
            file.write(_STEP.pack(self.seconds))
        return self.library is not None
