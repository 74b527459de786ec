"""The page that plays a final video: its clips in a row; pure."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Shot:
    """One clip of a film: where its picture is on this server, and what it shows."""

    path: str
    room: str
    effect: str


def page(video: str, number: int, shots: list[Shot]) -> str:
    """Returns the page as HTML.

    Args:
        video: the video's id.
        number: which render of it.
        shots: its clips, in order.
    """
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<title>{escape(video)}</title>
<link rel="icon" href="/page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/studio-player/player.css">
<script type="module" src="/studio-player/player.js"></script>
</head>
<body>
<main>
<h1>{escape(video)} <small>render {number}</small></h1>
<div class="stage">{"".join(_picture(shot) for shot in shots)}
<p class="caption" aria-live="polite"></p></div>
<div class="controls">
<button type="button" class="play" aria-label="Pause">❚❚</button>
<div class="shots" role="group" aria-label="Sequences">{_buttons(shots)}</div>
</div>
</main>
</body>
</html>
"""


def _picture(shot: Shot) -> str:
    return (
        f'\n<img data-src="{escape(shot.path)}" alt="{escape(shot.room)}" '
        f'data-caption="{escape(shot.room)} · {escape(shot.effect)}">'
    )


def _buttons(shots: list[Shot]) -> str:
    return "".join(
        f'<button type="button" aria-label="Sequence {place}: {escape(shot.room)}"><i></i></button>'
        for place, shot in enumerate(shots, start=1)
    )
