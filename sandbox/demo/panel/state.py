"""What the panel shows, as named JSON values."""

from typing import Any

from sandbox.demo.panel.call_log import entries
from sandbox.demo.panel.components import Components
from sandbox.demo.panel.fault_buttons import FAULT_BUTTONS
from sandbox.demo.pictures.photos import PATH, SITE
from sandbox.demo.promise import Promise
from sandbox.iacrea import SequenceStatus, Video, VideoStatus

LOCAL_PATHS = {"https://cdn.iacrea.example/": "/studio/", SITE: PATH}
"""Where the demo shows what lies at IACrea, whose simulator names all pictures there, and photos
that a visitor gives links to."""
_WINDOW = 5.0
"""Seconds over which polls are counted for their rate."""
_TOO_MANY_REQUESTS = 429

State = dict[str, Any]


def panel_state(components: Components, *, now: float) -> State:
    """Returns everything that the panel shows, by name; `now` is Unix time in seconds."""
    found: State = {
        "account": {
            "credits": components.iacrea.account.credits,
            "cost": components.iacrea.account.cost,
            "posts": components.iacrea.posts,
            "calls": len(components.iacrea.calls),
        },
        "components": _components(components, now),
        "promise": _promise(components),
    }
    for order, video in enumerate(components.iacrea.account.videos.values()):
        found[f"video:{video.id}"] = {"order": order, **_video(components, video)}
    for entry in entries(components.iacrea.calls):
        found[f"call:{entry.n}"] = entry.entity()
    for order, button in enumerate(FAULT_BUTTONS.values()):
        left = button.left(components)
        found[f"faultButton:{button.id}"] = {
            "id": button.id,
            "order": order,
            "group": button.group,
            "label": button.label,
            "hint": button.hint,
            "on": left > 0,
            "left": left,
        }
    return found


def local_path(address: str) -> str | None:
    """Returns the path here at which something of IACrea's is shown; None for other addresses."""
    for prefix, path in LOCAL_PATHS.items():
        if address.startswith(prefix):
            return path + address.removeprefix(prefix)
    return None


def _video(components: Components, video: Video) -> State:
    made = SequenceStatus.SUCCESS
    film = local_path(video.final_url) if video.status is VideoStatus.DONE else None
    return {
        "id": video.id,
        "status": video.status,
        "progress": round(components.iacrea.account.progress(video), 2),
        "renders": video.renders,
        "renders_cancelled": video.renders_cancelled,
        "credits_used": video.credits_used,
        "film": film,
        "sequences": [
            {
                "id": each.id,
                "position": position,
                "effect": each.effect,
                "status": each.status,
                "picture": local_path(each.clip if each.status is made else each.image),
            }
            for position, each in enumerate(video.sequences, start=1)
        ],
    }


def _components(components: Components, now: float) -> State:
    bot, slack = components.bot, components.slack
    polls = [call.time for call in components.iacrea.calls if call.method == "GET"]
    recent = sum(now - moment <= _WINDOW for moment in polls[-1000:])
    return {
        "bot": {
            "state": bot.state,
            "pid": bot.pid,
            "starts": bot.starts,
            "back_in": None if bot.back_at is None else max(0, round(bot.back_at - now)),
            "said": bot.said,
        },
        "valkey": {
            "state": "stopped" if components.valkey.pid is None else "running",
            "pid": components.valkey.pid,
        },
        "polls": {"total": len(polls), "per_second": round(recent / _WINDOW, 1)},
        "slack": {
            "connections": slack.connections,
            "calls": len(slack.calls),
            "limited": sum(call.status == _TOO_MANY_REQUESTS for call in slack.calls),
        },
    }


def _promise(components: Components) -> State:
    promise = Promise.counted(components.slack, components.iacrea, before=components.credits)
    return {
        "requests": promise.requests,
        "deliveries": promise.deliveries,
        "started": len(promise.told),
        "posts": promise.posts,
        "spent": promise.spent,
        "told": sum(promise.told.values()),
        "sentences": [{"words": each.words, "kept": each.kept} for each in promise.sentences()],
    }
