"""The house from outside, each view as three layers: what is far, between, and near."""

from sandbox.demo.pictures.interiors import Layers
from sandbox.demo.pictures.shapes import (
    BLEED,
    WIDTH,
    Palette,
    circle,
    ellipse,
    legs,
    path,
    plant,
    rect,
    shadow,
    stroke,
)

_ACROSS = WIDTH + 2 * BLEED


def facade(p: Palette) -> Layers:
    """The house itself, with its door, its garden and a tree."""
    far = _sky(p) + path("M-320 640Q100 470 520 600T1300 560T1920 620V1220H-320z", "#a7cfa6")
    house = (
        shadow(800, 716, 560, 26)
        + rect(340, 320, 920, 400, p.wall)
        + rect(340, 320, 920, 30, "#000").replace("/>", ' opacity=".1"/>')
        + path("M280 340L620 110H980L1320 340z", p.accent)
        + path("M280 340L620 110H660L330 340z", p.deep).replace("/>", ' opacity=".35"/>')
        + rect(1080, 130, 80, 140, p.deep)
        + rect(1070, 118, 100, 22, p.deep, 4)
        + "".join(_pane(x, y, p) for x, y in ((430, 410), (620, 410), (980, 410)))
        + path("M720 240A80 80 0 0 1 880 240V300H720z", p.soft)
        + path("M736 242A64 64 0 0 1 864 242V288H736z", p.sky)
        + rect(790, 470, 150, 250, p.soft, 6)
        + rect(804, 484, 122, 236, p.deep, 4)
        + rect(828, 510, 74, 70, p.sky, 4)
        + circle(908, 610, 9, "#d9b23f")
        + rect(760, 716, 210, 20, p.shade, 4)
        + rect(1130, 410, 90, 310, p.shade)
    )
    lawn = path("M-320 700Q800 660 1920 700V1220H-320z", "#7fb27a")
    lawn += path("M800 730H940Q980 830 1180 1220H520Q780 860 800 730z", p.soft)
    hedge = "".join(circle(x, 742, 44, p.plant) for x in range(350, 760, 58))
    hedge += "".join(circle(x, 742, 44, p.plant) for x in range(1000, 1280, 58))
    tree = rect(196, 470, 44, 420, p.wood, 10) + "".join(
        circle(x, y, r, p.plant)
        for x, y, r in ((120, 360, 130), (300, 340, 140), (210, 230, 150), (210, 400, 150))
    )
    near = shadow(220, 892, 130) + tree + plant(1460, 910, 1.25, p)
    return far, lawn + house + hedge, near


def terrace(p: Palette) -> Layers:
    """A terrace above the sea, with an umbrella."""
    far = (
        _sky(p)
        + rect(-BLEED, 400, _ACROSS, 300, "#5b9fbd")
        + "".join(
            stroke(f"M{x} {y}h90", "#d9eef5", 5)
            for x, y in ((100, 450), (420, 500), (900, 460), (1300, 520), (700, 560))
        )
        + path("M-320 420Q60 290 380 400T760 410H-320z", "#8db892")
        + path("M980 270L1010 400H940z", "#ffffff")
        + path("M900 404H1060L1030 432H930z", p.deep)
    )
    rail = rect(-BLEED, 470, _ACROSS, 16, p.soft, 6)
    rail += "".join(rect(x, 480, 8, 190, p.soft) for x in range(-300, 1920, 62))
    deck = rect(-BLEED, 660, _ACROSS, 600, p.floor)
    deck += "".join(rect(-BLEED, y, _ACROSS, 4, p.wood) for y in (700, 750, 812, 890))
    lounger = (
        shadow(1060, 812, 380)
        + path("M720 730H1260L1420 560L1460 580L1320 770H720z", p.soft)
        + path("M720 716H1254L1404 552L1440 572L1282 752H720z", p.accent)
        + legs(770, 760, 470, 56, p.wood)
    )
    table = (
        shadow(520, 888, 140)
        + ellipse(520, 750, 130, 24, p.soft)
        + rect(512, 760, 16, 124, p.wood)
        + path("M490 690H540L532 746H498z", "#e9a23b")
        + stroke("M520 690L548 640", p.deep, 5)
    )
    near = plant(150, 905, 1.5, p) + plant(1500, 910, 1.1, p, pot=p.deep) + table
    return far, deck + rail + _umbrella(p) + lounger, near


def _umbrella(p: Palette) -> str:
    return (
        rect(1106, 190, 14, 560, p.wood)
        + path(
            "M780 300Q1113 -40 1446 300Q1390 262 1335 300Q1280 262 1224 300Q1168 262 1113 300"
            "Q1058 262 1002 300Q946 262 890 300Q835 262 780 300z",
            p.accent,
        )
        + path(
            "M1113 130Q1058 200 1002 300Q1058 262 1113 300Q1168 262 1224 300Q1168 200 1113 130z",
            p.soft,
        )
    )


def _sky(p: Palette) -> str:
    clouds = "".join(
        ellipse(x, y, w, w * 0.26, "#ffffff")
        for x, y, w in ((240, 150, 150), (320, 120, 100), (1150, 90, 170), (1260, 130, 110))
    )
    sun = circle(1380, 150, 70, "#fff0b8")
    return rect(-BLEED, -BLEED, _ACROSS, 1300, p.sky) + sun + f'<g opacity=".8">{clouds}</g>'


def _pane(x: float, y: float, p: Palette) -> str:
    """A window of the house, with shutters and flowers."""
    flowers = "".join(circle(x + 14 + step * 24, y + 128, 14, p.accent) for step in range(5))
    return (
        rect(x - 30, y - 4, 28, 136, p.accent, 4)
        + rect(x + 122, y - 4, 28, 136, p.accent, 4)
        + rect(x - 6, y - 6, 132, 142, p.soft, 4)
        + rect(x + 4, y + 4, 112, 122, p.sky)
        + rect(x + 56, y + 4, 8, 122, p.soft)
        + rect(x - 8, y + 130, 136, 22, p.wood, 4)
        + flowers
    )
