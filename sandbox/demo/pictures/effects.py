"""Camera movements, as CSS animations of a room's layers; pure.

Near things move more than far ones, as they do before a real camera. A movement runs one way,
and begins anew behind a veil: so its direction can be read at any time.
"""

import hashlib
from dataclasses import dataclass

CAMERA = (
    "CAMERA_PUSH_IN",
    "CAMERA_PUSH_OUT",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
)
AUTOMATIC = "AUTO_EFFECTS"
REVERSE = "AUTO_REVERSE"
SECONDS = 4.6
"""How long a movement takes."""

_PREFIXES = ("CAMERA_", "AUTO_")


@dataclass(frozen=True, slots=True)
class Movement:
    """Where each layer is at first and at last: CSS transforms, the far layer first.

    Attributes:
        icon: a path that shows the movement, in a square of 64.
    """

    start: tuple[str, str, str]
    end: tuple[str, str, str]
    icon: str

    def reversed(self) -> "Movement":
        """Returns the same movement backwards."""
        return Movement(self.end, self.start, self.icon)


_NEAR = ("scale(1.16)", "scale(1.3)", "scale(1.52)")
_AWAY = ("scale(1)", "scale(1)", "scale(1)")
_LENS = "M44 44L56 56M28 46a18 18 0 1 1 0-36a18 18 0 0 1 0 36"

MOVEMENTS = {
    "CAMERA_PUSH_IN": Movement(_AWAY, _NEAR, f"{_LENS}M28 20v16M20 28h16"),
    "CAMERA_PUSH_OUT": Movement(_NEAR, _AWAY, f"{_LENS}M20 28h16"),
    "CAMERA_MOVE_RIGHT": Movement(
        ("translateX(50px)", "translateX(120px)", "translateX(230px)"),
        ("translateX(-50px)", "translateX(-120px)", "translateX(-230px)"),
        "M10 32H52M38 18L52 32L38 46",
    ),
    "CAMERA_CRANE_UP": Movement(
        ("translateY(-40px)", "translateY(-90px)", "translateY(-150px)"),
        ("translateY(40px)", "translateY(90px)", "translateY(190px)"),
        "M32 54V12M18 26L32 12L46 26",
    ),
    "CAMERA_ORBIT_LEFT": Movement(
        (
            "translateX(-90px) skewY(1.4deg)",
            "translateX(20px) skewY(-1.2deg)",
            "translateX(190px) skewY(-3.4deg)",
        ),
        (
            "translateX(90px) skewY(-1.4deg)",
            "translateX(-20px) skewY(1.2deg)",
            "translateX(-190px) skewY(3.4deg)",
        ),
        "M52 40A22 14 0 1 1 34 20M34 8V32L20 20z",
    ),
}
_DRIFT = Movement(
    ("translate(-14px, 8px)", "translate(-28px, 14px)", "translate(-50px, 22px)"),
    ("translate(14px, -8px)", "translate(28px, -14px)", "translate(50px, -22px)"),
    "M8 38Q20 22 32 34T56 28",
)


def movement(effect: str, seed: str) -> Movement:
    """Returns how the camera moves for an effect.

    An effect that picks a movement by itself picks it by the seed.
    """
    if effect in MOVEMENTS:
        return MOVEMENTS[effect]
    picked = CAMERA[hashlib.sha256(seed.encode()).digest()[0] % len(CAMERA)]
    if effect == AUTOMATIC:
        return MOVEMENTS[picked]
    if effect == REVERSE:
        return MOVEMENTS[picked].reversed()
    return _DRIFT


def in_words(effect: str) -> str:
    """Returns the name as people say it: `CAMERA_PUSH_OUT` is “push out”."""
    for prefix in _PREFIXES:
        effect = effect.removeprefix(prefix)
    return effect.replace("_", " ").lower()


def style(moving: Movement) -> str:
    """Returns the style sheet of a clip; it stands still for those who ask for less motion."""
    layers = ("far", "mid", "near")
    frames = "".join(
        f"@keyframes {name}{{from{{transform:{start}}}to{{transform:{end}}}}}"
        f".{name}{{animation:{name} {SECONDS}s cubic-bezier(.4,0,.6,1) infinite}}"
        for name, start, end in zip(layers, moving.start, moving.end, strict=True)
    )
    return (
        ".far,.mid,.near{transform-box:view-box;transform-origin:50% 55%}"
        f"{frames}"
        "@keyframes veil{0%,100%{opacity:1}8%,92%{opacity:0}}"
        f".veil{{animation:veil {SECONDS}s linear infinite}}"
        "@media(prefers-reduced-motion:reduce){*{animation:none!important}.veil{opacity:0}}"
    )
