"""Photos and clips of rooms, as SVG; pure. The same seed is the same picture."""

import hashlib
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sandbox.demo.pictures import interiors, outdoors
from sandbox.demo.pictures.effects import in_words, movement, style
from sandbox.demo.pictures.shapes import HEIGHT, PALETTES, WIDTH, rect

ROOMS = {
    "House": outdoors.facade,
    "Living room": interiors.living,
    "Kitchen": interiors.kitchen,
    "Dining room": interiors.dining,
    "Bedroom": interiors.bedroom,
    "Bathroom": interiors.bathroom,
    "Study": interiors.study,
    "Hallway": interiors.hallway,
    "Terrace": outdoors.terrace,
}
"""In the order in which a listing shows them."""
_NAMES = tuple(ROOMS)
_PHOTO = re.compile(r".*/(?P<video>[^/]+)/photo-(?P<number>\d{1,6})\.\w+")
_LONGEST_LABEL = 28
_LETTER = 36
"""About how wide a letter of the badge is."""


@dataclass(frozen=True, slots=True)
class Room:
    """Which room a photo shows, and in which house.

    Attributes:
        name: one of `ROOMS`.
        palette: which of the palettes.
        mirrored: left and right are exchanged, so that houses differ.
    """

    name: str
    palette: int
    mirrored: bool


def room_of(address: str) -> Room:
    """Returns what the photo of that address shows.

    Photos that are not IACrea's show something too, and the same thing each time: the room that
    they are called by, if it is one.
    """
    photo = _PHOTO.fullmatch(address)
    named = address.rpartition("/")[2].partition(".")[0].replace("-", " ").capitalize()
    house = _digest(photo["video"] if photo else address)
    place = int(photo["number"]) - 1 if photo else house[2]
    name = named if named in ROOMS else _NAMES[place % len(_NAMES)]
    return Room(name, house[0] % len(PALETTES), bool(house[1] % 2))


def photo(address: str) -> str:
    """Returns the photo of that address, still."""
    return _svg(_layers(room_of(address)), title=room_of(address).name)


def clip(address: str, effect: str, *, badge: bool = True) -> str:
    """Returns the photo of that address, moving.

    Args:
        address: the photo's.
        effect: how the camera moves, by IACrea's name.
        badge: whether the effect's name stands in a corner.
    """
    room = room_of(address)
    moving = movement(effect, address)
    veil = rect(0, 0, WIDTH, HEIGHT, "#fff").replace("<rect", '<rect class="veil"')
    label = _badge(in_words(effect), moving.icon) if badge else ""
    sheet = f"<style>{style(moving)}</style>"
    title = f"{room.name}, {in_words(effect)}"
    return _svg(sheet + _layers(room) + veil + label, title=title)


def _layers(room: Room) -> str:
    """Returns the layers, each in a group that moves.

    What is mirrored lies inside that group, so that the camera itself is not mirrored.
    """
    drawn = ROOMS[room.name](PALETTES[room.palette])
    mirror = f' transform="matrix(-1 0 0 1 {WIDTH} 0)"' if room.mirrored else ""
    return "".join(
        f'<g class="{name}"><g{mirror}>{layer}</g></g>'
        for name, layer in zip(("far", "mid", "near"), drawn, strict=True)
    )


def _badge(words: str, icon: str) -> str:
    label = words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1]}…"
    width = 150 + len(label) * _LETTER
    return (
        f'<rect x="36" y="{HEIGHT - 148}" width="{width}" height="112" rx="56" '
        'fill="#16121c" opacity=".72"/>'
        f'<path d="{icon}" transform="translate(64 {HEIGHT - 124})" fill="none" stroke="#fff" '
        'stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<text x="148" y="{HEIGHT - 70}" fill="#fff" font-size="66" font-weight="600" '
        f'font-family="Lato, Helvetica, Arial, sans-serif">{escape(label)}</text>'
    )


def _svg(content: str, *, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img"><title>{escape(title)}</title>'
        f"{content}</svg>"
    )


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="replace")).digest()
