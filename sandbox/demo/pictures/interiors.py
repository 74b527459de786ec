"""The rooms of a house, each as three layers: what is far, between, and near."""

from sandbox.demo.pictures.shapes import (
    FLOOR,
    Palette,
    circle,
    ellipse,
    frame,
    interior,
    legs,
    path,
    pendant,
    plant,
    rect,
    shadow,
    stroke,
    window,
)

Layers = tuple[str, str, str]


def living(p: Palette) -> Layers:
    """A sofa below two pictures, beside a large window."""
    far = interior(p) + window(180, 130, 470, 340, p) + frame(900, 150, 190, 150, p)
    far += frame(1120, 190, 150, 200, p)
    cushions = rect(890, 500, 120, 96, p.soft, 20) + rect(1190, 500, 120, 96, p.deep, 20)
    sofa = (
        shadow(1080, 742, 390, 26)
        + rect(740, 470, 680, 180, p.accent, 40)
        + rect(700, 540, 110, 180, p.accent, 36)
        + rect(1350, 540, 110, 180, p.accent, 36)
        + rect(790, 600, 580, 112, p.accent, 26)
        + stroke("M1080 606V706", p.deep, 4)
        + legs(760, 712, 640, 30, p.deep)
        + cushions
    )
    lamp = (
        '<circle cx="1530" cy="300" r="170" fill="#fff3c4" opacity=".3"/>'
        + rect(1525, 300, 10, 420, p.deep)
        + ellipse(1530, 722, 60, 12, p.deep)
        + path("M1460 330L1490 210H1570L1600 330z", p.soft)
    )
    rug = ellipse(900, 800, 640, 90, p.soft) + ellipse(900, 800, 560, 72, p.shade)
    table = (
        shadow(760, 856, 240)
        + legs(580, 770, 360, 84, p.deep)
        + rect(540, 748, 440, 26, p.wood, 12)
        + rect(640, 716, 150, 18, p.accent, 3)
        + rect(652, 700, 130, 18, p.deep, 3)
        + plant(870, 750, 0.32, p, pot=p.soft)
    )
    return far, rug + sofa + lamp, table + plant(150, 880, 1.5, p)


def kitchen(p: Palette) -> Layers:
    """Cupboards above a counter, and an island before them."""
    tiles = "".join(
        rect(-300 + column * 74 + (row % 2) * 37, 330 + row * 40, 68, 34, p.soft, 3)
        for row in range(4)
        for column in range(30)
    )
    far = (
        interior(p) + f'<g opacity=".7">{tiles}</g>' + window(620, 90, 360, 250, p, curtains=False)
    )
    cupboards = "".join(rect(x, 60, 180, 240, p.accent, 6) for x in (60, 250, 440))
    cupboards += "".join(rect(x, 60, 180, 240, p.accent, 6) for x in (1010, 1200, 1390))
    knobs = "".join(circle(x, 276, 7, p.soft) for x in (210, 400, 590, 1030, 1220, 1410))
    counter = (
        rect(-200, 490, 2000, 30, p.wood)
        + rect(-200, 520, 2000, 210, p.deep)
        + "".join(rect(x, 536, 210, 180, p.accent, 6) for x in (20, 250, 900, 1130, 1360))
        + rect(500, 536, 370, 180, "#2b2b30", 10)
        + rect(530, 590, 310, 100, "#4a4a52", 8)
        + rect(530, 556, 310, 12, p.soft, 6)
        + stroke("M760 490V440Q760 410 800 410T840 440V452", "#8f99a3", 12)
        + rect(1180, 400, 70, 92, p.soft, 10)
        + rect(1270, 430, 50, 62, p.deep, 10)
        + plant(130, 492, 0.5, p, pot=p.soft)
    )
    lamps = pendant(520, 190, p, 0.8) + pendant(1080, 190, p, 0.8)
    bowl = (
        circle(770, 706, 30, "#e9a23b")
        + circle(820, 702, 30, "#c8452f")
        + circle(868, 708, 30, "#86a63c")
        + path("M720 712H920Q900 778 820 778T720 712z", p.soft)
    )
    island = (
        shadow(800, 930, 700, 24)
        + rect(260, 772, 1080, 30, p.soft, 8)
        + rect(300, 802, 1000, 320, p.accent)
        + rect(300, 802, 1000, 14, "#000").replace("/>", ' opacity=".16"/>')
        + bowl
    )
    return far, cupboards + knobs + counter, lamps + island


def bedroom(p: Palette) -> Layers:
    """A made bed between two lamps."""
    far = interior(p) + window(140, 120, 330, 350, p) + frame(850, 110, 320, 170, p)
    bed = (
        shadow(1010, 850, 520, 30)
        + rect(620, 340, 780, 330, p.wood, 24)
        + rect(650, 370, 720, 240, p.shade, 16)
        + rect(600, 560, 820, 280, p.soft, 30)
        + rect(680, 480, 270, 130, p.soft, 40)
        + rect(1070, 480, 270, 130, p.soft, 40)
        + rect(760, 530, 190, 96, p.accent, 34)
        + rect(1070, 530, 190, 96, p.deep, 34)
        + path("M600 690Q1010 620 1420 690V850H600z", p.accent)
        + path("M600 690Q1010 620 1420 690V724Q1010 654 600 724z", p.soft)
    )
    sides = ""
    for x in (480, 1440):
        sides += f'<circle cx="{x + 60}" cy="450" r="150" fill="#fff3c4" opacity=".35"/>'
        sides += rect(x, 590, 130, 150, p.wood, 8) + rect(x + 14, 650, 102, 6, p.deep)
        sides += rect(x + 56, 500, 10, 90, p.deep)
        sides += path(f"M{x + 10} 510L{x + 34} 420H{x + 88}L{x + 112} 510z", p.soft)
    rug = ellipse(560, 880, 520, 70, p.shade)
    bench = (
        shadow(1010, 930, 340)
        + legs(760, 860, 500, 80, p.deep)
        + rect(730, 820, 560, 56, p.deep, 20)
    )
    return far, sides + bed, rug + bench + plant(200, 900, 1.35, p)


def bathroom(p: Palette) -> Layers:
    """A tub that stands free, and a round mirror."""
    tiles = "".join(
        rect(-320 + column * 104, -300 + row * 104, 98, 98, p.soft, 4)
        for row in range(9)
        for column in range(22)
    )
    far = (
        interior(p)
        + f'<g opacity=".55">{tiles}</g>'
        + window(1060, 110, 330, 270, p, curtains=False)
    )
    basin = (
        circle(440, 270, 170, p.wood)
        + circle(440, 270, 152, p.sky)
        + path("M330 370L500 130L540 150L370 396z", "#ffffff").replace("/>", ' opacity=".4"/>')
        + rect(220, 540, 440, 34, p.soft, 8)
        + rect(250, 574, 380, 150, p.wood, 6)
        + stroke("M440 578V720", p.deep, 4)
        + path("M340 500H540Q530 548 440 548T340 500z", "#ffffff")
        + stroke("M440 500V450Q440 430 470 430H486", "#8f99a3", 11)
        + rect(590, 480, 34, 62, p.accent, 8)
    )
    towel = rect(716, 300, 130, 10, "#8f99a3", 5) + rect(736, 304, 90, 210, p.accent, 8)
    towel += rect(736, 470, 90, 14, p.soft)
    tub = (
        shadow(1120, 838, 400, 26)
        + path("M740 560H1500Q1490 810 1300 820H940Q750 810 740 560z", "#ffffff")
        + path("M740 560H1500Q1499 600 1490 640H750Q741 600 740 560z", p.shade)
        + rect(716, 540, 808, 34, "#ffffff", 17)
        + "".join(
            circle(x, 536, r, "#ffffff") for x, r in ((900, 30), (950, 40), (1006, 28), (1056, 36))
        )
        + stroke("M1430 540V420Q1430 390 1396 390H1380", "#8f99a3", 12)
        + legs(930, 812, 380, 34, p.deep)
    )
    mat = ellipse(620, 880, 300, 44, p.accent)
    return far, basin + towel + tub, mat + plant(1480, 905, 1.3, p, pot=p.deep)


def dining(p: Palette) -> Layers:
    """A laid table below a lamp, before a window."""
    far = interior(p) + window(470, 110, 660, 370, p)
    board = rect(60, 500, 300, 190, p.wood, 8) + stroke("M210 510V684", p.deep, 4)
    board += (
        legs(80, 690, 260, 40, p.deep)
        + plant(130, 502, 0.5, p)
        + rect(240, 420, 60, 82, p.soft, 10)
    )
    chairs = ""
    for x in (500, 760, 1020):
        chairs += rect(x, 460, 120, 200, p.deep, 22) + rect(x + 18, 480, 84, 110, p.accent, 16)
    table = (
        shadow(800, 880, 560, 30)
        + legs(450, 700, 700, 190, p.deep)
        + ellipse(800, 690, 520, 76, p.wood)
        + ellipse(800, 680, 520, 72, p.floor)
        + "".join(
            ellipse(x, y, 78, 20, "#ffffff") + ellipse(x, y, 46, 11, p.shade)
            for x, y in ((470, 684), (700, 716), (960, 716), (1140, 684))
        )
        + plant(820, 680, 0.55, p, pot=p.soft)
    )
    near = pendant(800, 150, p, 1.3)
    near += rect(300, 600, 170, 230, p.deep, 26) + rect(324, 624, 122, 130, p.accent, 18)
    near += legs(312, 820, 146, 150, p.deep)
    near += rect(1140, 600, 170, 230, p.deep, 26) + rect(1164, 624, 122, 130, p.accent, 18)
    near += legs(1152, 820, 146, 150, p.deep)
    return far, board + chairs + table, near


def study(p: Palette) -> Layers:
    """Shelves full of books, and a desk at the window."""
    far = interior(p) + window(930, 130, 480, 330, p)
    colours = (p.accent, p.deep, p.soft, p.plant, p.wood)
    books = ""
    for row in range(4):
        books += rect(110, 150 + row * 130, 560, 14, p.wood)
        x = 126.0
        for place in range(19):
            width = 18 + (place * 7 + row * 5) % 14
            height = 74 + (place * 13 + row * 29) % 34
            books += rect(x, 150 + row * 130 - height, width, height, colours[(place + row) % 5], 2)
            x += width + 4
    shelf = (
        rect(96, 30, 16, 660, p.wood)
        + rect(668, 30, 16, 660, p.wood)
        + rect(96, 26, 588, 16, p.wood)
    )
    desk = (
        shadow(1150, 868, 420)
        + rect(780, 590, 740, 30, p.wood, 8)
        + rect(1300, 620, 200, 240, p.wood, 6)
        + "".join(rect(1316, y, 168, 62, p.floor, 6) for y in (636, 710, 784))
        + rect(800, 620, 18, 240, p.wood)
        + rect(980, 400, 290, 170, "#2b2b30", 10)
        + rect(994, 414, 262, 142, p.sky, 4)
        + rect(1112, 568, 26, 26, "#2b2b30")
        + '<circle cx="840" cy="470" r="110" fill="#fff3c4" opacity=".4"/>'
        + stroke("M860 590L820 480L880 440", p.deep, 10)
        + path("M850 410L930 450L890 490z", p.accent)
        + plant(1420, 592, 0.45, p, pot=p.soft)
    )
    chair = (
        shadow(960, 930, 150)
        + rect(950, 780, 20, 130, p.deep)
        + rect(850, 750, 220, 44, p.accent, 20)
        + rect(860, 540, 200, 190, p.accent, 40)
        + stroke("M870 920L960 890L1050 920", p.deep, 14)
    )
    return far, books + shelf + desk, chair + plant(90, 900, 1.25, p)


def hallway(p: Palette) -> Layers:
    """The front door, stairs, and a runner that leads there."""
    far = interior(p)
    door = (
        rect(620, 150, 300, 490, p.soft, 6)
        + rect(640, 170, 260, 470, p.accent, 4)
        + rect(676, 210, 188, 150, p.sky, 4)
        + rect(765, 210, 10, 150, p.accent)
        + rect(676, 400, 188, 200, p.deep, 4).replace("/>", ' opacity=".35"/>')
        + circle(868, 420, 13, "#d9b23f")
    )
    steps = "".join(
        rect(1080 + step * 76, 594 - step * 84, 700, 90, p.soft if step % 2 else p.shade)
        + rect(1068 + step * 76, 588 - step * 84, 700, 16, p.wood)
        for step in range(7)
    )
    rail = stroke("M1090 470L1560 -50", p.wood, 16)
    rail += "".join(rect(1086 + step * 76, 470 - step * 84, 8, 126, p.deep) for step in range(7))
    console = (
        shadow(330, 730, 210)
        + rect(130, 520, 400, 24, p.wood, 8)
        + legs(150, 544, 360, 186, p.deep)
        + rect(220, 190, 220, 260, p.wood, 110)
        + rect(238, 208, 184, 224, p.sky, 92)
        + plant(200, 522, 0.42, p)
        + rect(400, 486, 90, 16, p.deep, 3)
        + rect(410, 502, 76, 18, p.accent, 3)
    )
    runner = path(f"M690 {FLOOR}H850L1180 1220H360z", p.accent)
    runner += path(f"M706 {FLOOR}H834L1110 1220H430z", p.deep).replace("/>", ' opacity=".4"/>')
    coats = rect(1010, 700, 14, 260, p.wood) + circle(1017, 690, 14, p.wood)
    near = coats + path("M960 730Q1016 690 1074 730L1090 930H944z", p.deep)
    return far + door, runner + steps + rail + console, near + plant(110, 905, 1.2, p, pot=p.deep)
