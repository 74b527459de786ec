"""What becomes of each of forty links; nothing of them is logged."""

import logging
from urllib.parse import urlsplit

import pytest

from bot.config import network
from bot.domain.errors import BadImage
from bot.domain.images import image_link
from bot.domain.looking import Look, NotAPicture, doubts, refuse
from bot.domain.request import Reason
from bot.iacrea import pictures
from bot.iacrea.pictures import Pictures
from bot.network import Network, Proxies
from bot.network.certificates import context
from sandbox.web import Answer, WebSimulator
from tests.conftest import ROOT
from tests.iacrea.picture_links import TABLE, Link, table
from tests.web import Authority

PUBLIC = "93.184.215.14"


@pytest.fixture
def way(web: WebSimulator, authority: Authority) -> Network:
    return Network(Proxies(https=network.proxy(web.proxy_url)), context(authority.file))


async def verdict(link: str, way: Network, *, private: bool) -> tuple[str, Look | None]:
    """What the product makes of it, in the table's words."""

    async def resolve(name: str, port: int) -> list[str]:
        return [PUBLIC, "10.0.0.7"] if private else [PUBLIC]

    try:
        look = await Pictures("https://iacrea.com", way, resolve=resolve).look(image_link(link))
        refuse(look)
    except BadImage as bad:
        return f"refused: {'private' if bad.private else 'no link'}", None
    except NotAPicture as none:
        return f"refused: {refusal(none)}", None
    size = f"{look.size[0]} × {look.size[1]}" if look.size else "of unknown size"
    found = [reason for reason, applies in doubts(look, ["16:9"]).items() if applies]
    if found:
        return f"asked: {question(found, look, size)}", look
    return f"taken{'' if look.link == link else ' from the file'}, {size}", look


def refusal(none: NotAPicture) -> str:
    if none.found == "unknown":
        return "no image"
    if none.found in {"gone", "damaged"}:
        return none.found
    return f"a {none.found}" + (f" of {none.share}" if none.share else "")


def question(found: list[Reason], look: Look, size: str) -> str:
    match found:
        case [Reason.FORMAT]:
            return f"{'an' if look.format == 'avif' else 'a'} {look.format}"
        case [Reason.UNSEEN]:
            told = {"slow": "slow", "unreached": "not reached"}
            return told.get(str(look.unseen), f"it answers {look.status}")
        case _:
            return f"{' and '.join(found)}, {size}"


def test_they_are_forty_and_the_documentation_shows_them():
    assert len(TABLE) == 40
    assert table() in (ROOT / "docs" / "picture-links.md").read_text()


@pytest.mark.parametrize("case", TABLE, ids=[each.what for each in TABLE])
async def test_each_has_its_verdict_and_is_not_logged(
    case: Link,
    web: WebSimulator,
    way: Network,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    web.answers, web.otherwise = case.served, Answer(status=500)
    if case.verdict == "asked: slow":
        monkeypatch.setattr(pictures, "TIME_LIMIT", 0.5)

    said, look = await verdict(case.link, way, private=case.private)

    assert said == case.verdict
    logged = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("bot"))
    assert "kitchen" not in logged
    assert not (query := urlsplit(case.link).query) or query not in logged
    if "private" in case.verdict:
        assert all("169.254" not in each and "nas." not in each for each in web.asked)
    if look is not None and "from the file" in said:
        assert await verdict(look.link, way, private=False) == (
            said.replace(" from the file", ""),
            look,
        )


async def test_at_most_ten_are_looked_at_at_once_and_the_others_wait(
    web: WebSimulator, way: Network
) -> None:
    looks = Pictures("https://iacrea.com", way)
    looks._looks = pictures.AT_ONCE
    with pytest.raises(pictures.LooksBusyError):
        await looks.look("https://cdn.example.com/a.jpg")
    assert web.asked == []


async def test_no_more_is_read_than_tells_what_it_is(web: WebSimulator, way: Network) -> None:
    web.otherwise = Answer(bytes(65536), endless=True)
    look = await Pictures("https://iacrea.com", way).look("https://cdn.example.com/endless")
    assert (look.format, look.whole) == ("unknown", False)
