"""No input stops the loop: 40,000 hostile characters are read, or turned away, within 50 ms."""

import ast
import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import clear_cache

import pytest

from bot.config import network, values
from bot.domain import file_heads, images, looking, mention, names, parsing, share_links, tidying
from bot.domain.effects import Effects
from bot.domain.video import VideoId
from bot.iacrea import wire
from bot.logs import JsonFormatter, Redactor, TextFormatter
from bot.network import proxies
from bot.slack.answering import late_question
from bot.slack.blocks import buttons, message, modal
from bot.slack.form.video_of_message import video_in
from bot.slack.form.videos_menu import comparable
from bot.slack.storyboard import messages as storyboard
from bot.store import refusals, sentinel
from bot.store.records import decode, decode_entry, decode_take
from tests.conftest import ROOT
from tests.depth import IN_CI

MOST_CHARACTERS = 40_000
"""Of a message in Slack; longer ones it cuts (docs.slack.dev, chat.postMessage)."""
MOST_SECONDS = 0.05
TRIES = 4
"""Two workers on one core take twice the time, and not each time."""

EFFECTS = Effects.with_extra()
REDACT = Redactor(["iacrea-0123456789"])


def logged(formatter: logging.Formatter) -> Callable[[str], object]:
    return lambda text: formatter.format(logging.makeLogRecord({"msg": "%s", "args": (text,)}))


def answered(text: str) -> object:
    body = text.encode(errors="surrogatepass")
    headers = {"retry-after": text, "date": text}
    wire.retry_after(headers, 0.0)
    return wire.video(wire.Answer(200, headers, body, 0.0), VideoId("v"))


def described(text: str) -> object:
    """Every field of a sequence, as hostile as the others."""
    fields = {"id": text, "status": text, "effect": text, "url": text}
    return [wire._sequence(fields), wire._number(text), wire._words({"message": text})]


def said(text: str) -> object:
    rich = {"type": "rich_text", "elements": [{"elements": [{"type": "text", "text": text}]}]}
    return video_in({"text": text, "blocks": [rich]}, EFFECTS)


def mentioned(text: str) -> object:
    mention.guess(text, EFFECTS)
    return mention.read(f"<@U1> {text}", "U1", EFFECTS, direct=False)


def shared(text: str) -> object:
    """As long as any image link may be."""
    for start in ("https://drive.google.com/file/d/", "https://dropbox.com/s/", "https://e.com/"):
        share_links.file_link(start + text[: images.MOST_CHARACTERS])
    return share_links.file_link(f"https://drive.google.com/open?id={text}")


def typed(text: str) -> object:
    return parsing.parse(text, EFFECTS)


OURS = "sees nothing but our own words, or what Slack's limits and the operating system bound"
Feed = Callable[[str], object]
PARSERS: dict[str, Feed] = {
    "the command": typed,
    "decorated words": tidying.tidied,
    "a message": said,
    "a mention": mentioned,
    "a video": parsing.video_ref,
    "a link": parsing.video_id,
    "sequences": parsing.sequences,
    "a name": names.video_name,
    "a search": comparable,
    "an effect": EFFECTS.find,
    "an image": images.image_link,
    "a host": images.public_host,
    "a file": lambda text: file_heads.file_format(text.encode(errors="surrogatepass")),
    "a shape": lambda text: looking.lost((4, 3), text),
    "a share": shared,
    "a button": lambda text: buttons.carried(text, EFFECTS),
    "a late button": late_question.named,
    "a page": storyboard.page_ref,
    "words shown": lambda text: (
        message.quoted(text),
        images.is_picture(text),
        modal.plainly(text),
    ),
    "IACrea's answer": answered,
    "IACrea's fields": described,
    "a log line": logged(TextFormatter(REDACT)),
    "a log line as JSON": logged(JsonFormatter(REDACT)),
    "REDIS_URL": values.redis_url,
    "REDIS_URL of Sentinels": lambda text: sentinel.parse(f"redis+sentinel://{text}"),
    "an address": values.http_url,
    "ids": values.people,
    "a command's name": values.command,
    "a language": values.language,
    "a proxy": network.proxy,
    "what goes around it": lambda text: (
        network.hosts(text),
        [proxies._parted(entry) for entry in proxies.no_proxy(text)],
    ),
    "a key": values.key,
    "a bot token": values.bot_token,
    "a request in Redis": lambda text: decode("r", text),
    "an entry in Redis": decode_entry,
    "a take in Redis": decode_take,
    "a refusal of Redis": lambda text: (
        refusals._OF_A_PIPELINE.sub("", text),
        refusals._WORD.search(text),
    ),
}
EXPRESSIONS: dict[str, str] = {
    "config/network.py _HOST": "what goes around it",
    "config/values.py _LOOKS_SECRET": "an address",
    "config/values.py _PLACEHOLDER": "a key",
    "config/values.py _matching": "a command's name",
    "config/values.py _ids": "ids",
    "config/values.py language": "a language",
    "doctor/slack.py _SIGNING_SECRET": OURS,
    "doctor/slack.py _APP_OF_TOKEN": OURS,
    "domain/mention.py _LINK": "a mention",
    "domain/mention.py _OTHERS": "a mention",
    "domain/mention.py _SET_APART": "a mention",
    "domain/mention.py _without_mention": "a mention",
    "domain/parsing.py _LINK_SIGN": "the command",
    "domain/parsing.py _ID": "a video",
    "domain/parsing.py _UUID": "a link",
    "domain/parsing.py _REQUEST": "the command",
    "domain/parsing.py _POSITIONS": "sequences",
    "domain/parsing.py _BRACKETS": "the command",
    "domain/parsing.py _likely_ids": "a link",
    "domain/tidying.py _UNSEEN": "decorated words",
    "domain/tidying.py _BEFORE": "decorated words",
    "domain/tidying.py _AFTER": "decorated words",
    "domain/tidying.py _SPACED": "decorated words",
    "domain/effects.py plain": "an effect",
    "domain/file_heads.py _MARKUP": "a file",
    "domain/file_heads.py _DRAWING": "a file",
    "domain/looking.py _SHAPE": "a shape",
    "domain/share_links.py _SHARED_ON_DROPBOX": "a share",
    "domain/share_links.py _ON_DRIVE": "a share",
    "domain/share_links.py _DRIVE_ID": "a share",
    "domain/images.py _PLACE": "an image",
    "domain/images.py _NAME": "a host",
    "domain/images.py _NUMBER": "a host",
    "domain/images.py _split": "an image",
    "domain/names.py _UUID": "a name",
    "domain/names.py _UNSEEN": "a name",
    "domain/names.py video_name": "a name",
    "domain/lookalikes.py _HIDDEN": "a name",
    "domain/lookalikes.py _TECHNICAL": "a name",
    "domain/lookalikes.py _script": "a name",
    "iacrea/download.py _video_file": OURS,
    "iacrea/wire.py _HTTP_URL": "IACrea's fields",
    "logs.py _PATTERNS": "a log line",
    "logs.py _IN_URLS": "a log line",
    "logs.py __init__": "a log line",
    "logs.py _word": "a log line",
    "metrics.py word": OURS,
    "network/certificates.py _HASHED": OURS,
    "network/proxies.py _HOST": "a proxy",
    "network/proxies.py _parted": "what goes around it",
    "network/proxies.py no_proxy": "what goes around it",
    "operate/forgetting.py _PERSON": OURS,
    "slack/answering/late_question.py _REQUEST": "a late button",
    "slack/blocks/placing.py _CHANNEL": "a late button",
    "slack/blocks/message.py _CONTROL": "words shown",
    "domain/images.py _PICTURE": "words shown",
    "slack/blocks/modal.py _LABELLED": "words shown",
    "slack/routes.py _ANY": OURS,
    "slack/form/video_of_message.py _WORD": "a message",
    "slack/form/video_of_message.py _UUID": "a message",
    "slack/telling/uploads.py _file_name": OURS,
    "store/append_only.py _LINE": OURS,
    "store/append_only.py _NAME": OURS,
    "store/append_only.py _NUMBER": OURS,
    "store/append_only.py _START": OURS,
    "store/lua.py _READ": OURS,
    "store/forgetting.py _page": OURS,
    "store/forgetting.py person": OURS,
    "store/options.py _NUMBER": "REDIS_URL",
    "store/options.py _SHOWABLE": "REDIS_URL",
    "store/refusals.py _OF_A_PIPELINE": "a refusal of Redis",
    "store/refusals.py _WORD": "a refusal of Redis",
    "store/sentinel_url.py _HOST": "REDIS_URL of Sentinels",
    "store/sentinel_url.py parse": "REDIS_URL of Sentinels",
}
"""Every regular expression of the product, by where it stands, and the parser that feeds it."""

UNITS = (
    *"a1- \t/\\<>|\"'@.:,`_[{&=?#%\u00e9\u0130\u200b\u0301\ufdfa\x00",
    *(
        "\u0316\u0301",
        "e\u0301",
        "1,",
        "1-",
        "1 ",
        "1 - ",
        ", ",
        "\u201c",
        "\u2026!",
        "<a|",
        "<a",
        "a-",
        "a.",
        "0x",
        "::",
        "{}",
        "[],",
    ),
    *("http://", "https://a/video", "http:\\/\\/", "a://", "%2F", "https%3A%2F%2F", "x@", "a=1&"),
    *("xoxb-", "bearer ", "authorization:", "x-api-key ", '"token"', '"token": ', "ticket="),
    *("hooks.slack.com/", "0123abcd-", "video ", "https://video/1 "),
    *("\\/commands", "your-", "Command # "),
)
AROUND = (("", ""), ("https://", "@"), ('1{"v":1,"video":"', '"}\x00'))


def hostile() -> Iterator[str]:
    """Each unit as it is and within one of the others in turn, or in CI within each of them."""
    turns = itertools.cycle(AROUND[1:])
    pairs = ((unit, place) for unit in UNITS for place in (AROUND[0], next(turns)))
    for unit, (before, after) in itertools.product(UNITS, AROUND) if IN_CI else pairs:
        room = MOST_CHARACTERS - len(before) - len(after)
        yield before + (unit * (room // len(unit) + 1))[:room] + after


def seconds(feed: Feed, text: str) -> float:
    """Of this thread's own work, for the first time: `urlsplit` remembers what it has split."""
    clear_cache()
    began = time.thread_time()
    with contextlib.suppress(Exception):  # refused is as good as read
        feed(text)
    return time.thread_time() - began


@pytest.mark.parametrize("parser", PARSERS)
def test_40_000_hostile_characters_take_50_ms_at_most(parser: str) -> None:
    feed = PARSERS[parser]
    slow = [
        text[:40]
        for text in hostile()
        if all(seconds(feed, text) > MOST_SECONDS for _ in range(TRIES))
    ]
    assert slow == []


def test_every_regular_expression_is_listed() -> None:
    assert {*expressions(ROOT / "bot")} == {*EXPRESSIONS}
    assert {*EXPRESSIONS.values()} <= {OURS, *PARSERS}


def expressions(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*.py")):
        for node in ast.parse(path.read_text()).body:
            yield from (f"{path.relative_to(root)} {name}" for name in _named(node))


def _named(node: ast.AST, name: str = "") -> Iterator[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            name = node.name
        case ast.Assign(targets=[ast.Name(id=target)]) if not name:
            name = target
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=used)) if used != "escape":
            yield name
    for child in ast.iter_child_nodes(node):
        yield from _named(child, name)


def test_an_answer_is_bounded_by_what_is_in_it() -> None:
    bytes_of = 4 * 2**20
    for entry in (b"{}", b"[]", b"0", b'{"id":"a"}'):
        many = b",".join([entry] * (bytes_of // (len(entry) + 1)))
        body = b'{"status":"DONE","generatedContent":[' + many + b"]}"
        answer = wire.Answer(200, {}, body, 0.0)
        with pytest.raises(wire.UnavailableError):
            wire.video(answer, VideoId("v"))
        feed = partial(wire.video, answer)
        assert min(seconds(feed, "v") for _ in range(TRIES)) < MOST_SECONDS, entry
