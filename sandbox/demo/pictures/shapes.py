"""The pieces of SVG that rooms are drawn of: plain shapes, and things that stand in many rooms.

The picture is 1600 by 900; walls and floors reach beyond it, for the camera to move.
"""

from dataclasses import dataclass

WIDTH, HEIGHT = 1600, 900
BLEED = 320
"""How far walls, floors and skies reach beyond the picture."""
FLOOR = 640
"""Where the floor meets the wall."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one house."""

    wall: str
    shade: str
    floor: str
    accent: str
    deep: str
    soft: str
    wood: str
    plant: str
    sky: str


PALETTES = (
    Palette(
        "#f1e7da",
        "#e1d2be",
        "#c79a6b",
        "#d6694c",
        "#743b30",
        "#fbf6ef",
        "#a4713f",
        "#5d8c58",
        "#bfe1f3",
    ),
    Palette(
        "#dfe9ec",
        "#c8d8dd",
        "#b5936c",
        "#2f7289",
        "#1c4354",
        "#f5f9fa",
        "#8a6340",
        "#4c8a69",
        "#cde7f6",
    ),
    Palette(
        "#ece3f0",
        "#d9cbe1",
        "#a8805f",
        "#8657a6",
        "#472c5c",
        "#faf6fc",
        "#80583c",
        "#6b9a5b",
        "#d5e4f7",
    ),
    Palette(
        "#f4ecd2",
        "#e6d8b0",
        "#b5865a",
        "#3c8d68",
        "#1f523a",
        "#fdfaf0",
        "#8c6136",
        "#3f7d4c",
        "#c6e6ee",
    ),
)


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    """A rectangle, its corners rounded by `r`."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}"/>'


def circle(x: float, y: float, r: float, fill: str) -> str:
    """A disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    """An ellipse, filled."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"/>'


def path(d: str, fill: str) -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"/>'


def stroke(d: str, colour: str, width: float = 6) -> str:
    """A line along a path."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def shadow(x: float, y: float, rx: float, ry: float = 18) -> str:
    """The shadow of a thing on the floor below it."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="#000" opacity=".16"/>'


def interior(p: Palette) -> str:
    """A wall with a skirting board, and a floor of boards that run towards the eye."""
    boards = "".join(
        stroke(f"M{800 + step * 90} {FLOOR}L{800 + step * 330} {HEIGHT + BLEED}", p.wood, 3)
        for step in range(-16, 17)
    )
    return (
        rect(-BLEED, -BLEED, WIDTH + 2 * BLEED, FLOOR + BLEED, p.wall)
        + rect(-BLEED, FLOOR, WIDTH + 2 * BLEED, HEIGHT, p.floor)
        + f'<g opacity=".35">{boards}</g>'
        + rect(-BLEED, FLOOR - 22, WIDTH + 2 * BLEED, 22, p.soft)
    )


def window(x: float, y: float, w: float, h: float, p: Palette, *, curtains: bool = True) -> str:
    """A window with hills and a sun behind it, and its light on the wall."""
    glass = (
        rect(x, y, w, h, p.sky)
        + circle(x + w * 0.74, y + h * 0.26, h * 0.1, "#fff3c4")
        + path(
            f"M{x} {y + h}V{y + h * 0.72:g}Q{x + w * 0.3:g} {y + h * 0.5:g} {x + w * 0.6:g} "
            f"{y + h * 0.74:g}T{x + w} {y + h * 0.66:g}V{y + h}z",
            "#9cc7a0",
        )
        + path(
            f"M{x} {y + h}V{y + h * 0.86:g}Q{x + w * 0.5:g} {y + h * 0.68:g} {x + w} "
            f"{y + h * 0.88:g}V{y + h}z",
            "#78ab83",
        )
    )
    bars = rect(x + w / 2 - 5, y, 10, h, p.soft) + rect(x, y + h * 0.4, w, 10, p.soft)
    frame = (
        f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="none" '
        f'stroke="{p.soft}" stroke-width="18"/>'
    )
    sill = rect(x - 26, y + h + 4, w + 52, 18, p.soft, 4)
    light = (
        f'<path d="M{x} {y + h}L{x - 150} {FLOOR}H{x + w - 60}L{x + w} {y + h}z" '
        'fill="#fff" opacity=".2"/>'
    )
    hung = ""
    if curtains:
        for left in (x - 74, x + w - 6):
            hung += rect(left, y - 26, 80, h + 110, p.accent, 10)
            hung += "".join(
                stroke(f"M{left + fold} {y - 10}V{y + h + 74}", p.deep, 3) for fold in (24, 52)
            ).replace("<path", '<path opacity=".3"')
        hung += rect(x - 100, y - 38, w + 200, 12, p.wood, 6)
    return light + glass + bars + frame + sill + hung


def plant(x: float, y: float, size: float, p: Palette, *, pot: str | None = None) -> str:
    """A plant in its pot, which stands at `y`."""
    leaves = "".join(
        f'<path d="M0 0C{turn * 0.3:g} -60 {turn * 1.1:g} -120 {turn * 1.5:g} {lift:g}'
        f'C{turn * 0.5:g} -130 -{abs(turn) * 0.1:g} -70 0 0z" fill="{p.plant}" '
        f'opacity="{0.75 + index % 2 * 0.25:g}"/>'
        for index, (turn, lift) in enumerate(
            [(-95, -150), (95, -160), (-55, -215), (60, -220), (8, -250), (-120, -90), (118, -100)]
        )
    )
    vessel = path("M-52 0H52L40 92H-40z", pot or p.accent) + rect(
        -58, -8, 116, 20, pot or p.accent, 6
    )
    return f'<g transform="translate({x:g} {y - 92 * size:g}) scale({size:g})">{leaves}{vessel}</g>'


def frame(x: float, y: float, w: float, h: float, p: Palette) -> str:
    """A framed picture: a sea below a sun."""
    return (
        rect(x, y, w, h, p.wood, 4)
        + rect(x + 12, y + 12, w - 24, h - 24, p.soft)
        + circle(x + w / 2, y + h * 0.44, min(w, h) * 0.16, p.accent)
        + rect(x + 12, y + h * 0.58, w - 24, h * 0.42 - 12, p.deep)
    )


def pendant(x: float, drop: float, p: Palette, size: float = 1.0) -> str:
    """A lamp that hangs from the ceiling down to `drop`, with its glow."""
    r = 70 * size
    return (
        f'<circle cx="{x:g}" cy="{drop + r * 0.7:g}" r="{r * 2.2:g}" fill="#fff3c4" opacity=".22"/>'
        + rect(x - 3, -BLEED, 6, drop + BLEED, p.deep)
        + path(f"M{x - r} {drop + r}Q{x} {drop - r * 1.3} {x + r} {drop + r}z", p.accent)
        + ellipse(x, drop + r, r, r * 0.16, "#fff3c4")
    )


def legs(x: float, y: float, w: float, h: float, colour: str) -> str:
    """Two legs of a piece of furniture, at its ends."""
    return rect(x, y, 12, h, colour, 4) + rect(x + w - 12, y, 12, h, colour, 4)
