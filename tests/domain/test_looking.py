"""What is taken, what is refused, and what is asked about first."""

import pytest

from bot.domain import checking
from bot.domain.errors import AskFirst
from bot.domain.events import Checked
from bot.domain.file_heads import FileFormat
from bot.domain.looking import AskAboutPicture, Look, NotAPicture, Unseen, lost
from bot.domain.request import Order, Reason
from bot.domain.share_links import Share, file_link, share_of
from bot.domain.video import Video
from tests.domain.makers import a_sequence, an_order

LINK = "https://e.com/a.jpg"
JPG = Look(LINK, FileFormat.JPG, (1600, 900))


def check(order: Order, look: Look, shape: str | None = "16:9", count: int = 3) -> None:
    content = tuple(a_sequence(n, format=shape) for n in range(1, count + 1))
    checking.generations(order, Checked(Video("video-1", "DONE", content), picture=look))


def asked(look: Look, *agreed: Reason, shape: str | None = "16:9") -> AskAboutPicture:
    with pytest.raises(AskAboutPicture) as caught:
        check(an_order(2, agreed=agreed, image=LINK), look, shape)
    return caught.value


@pytest.mark.parametrize(
    ("size", "shape", "part"),
    [
        ((1600, 900), "16:9", 0.0),
        ((1600, 1200), "16:9", 0.25),
        ((1200, 1600), "9:16", 0.25),
        ((1000, 1000), "16:9", 0.4375),
        ((1000, 1000), "1:1", 0.0),
        ((1000, 1000), "wide", 0.0),
        ((1000, 1000), "0:9", 0.0),
    ],
)
def test_how_much_of_a_picture_would_be_cut_away(size, shape, part):
    assert lost(size, shape) == pytest.approx(part, abs=0.001)


def test_a_photo_that_fits_is_taken():
    check(an_order(2, agreed=(), image=LINK), JPG)
    check(an_order(2, agreed=(), image=LINK), Look(LINK, FileFormat.JPG))  # its size is far behind
    check(an_order(2, agreed=(), image=LINK), Look(LINK, FileFormat.PNG, (1000, 1000)), None)


def test_all_that_is_doubtful_is_asked_about_at_once():
    look = Look(LINK, FileFormat.JPG, (300, 300))
    question = asked(look)
    assert question.reasons == (Reason.SMALL, Reason.SHAPE)
    assert (question.width, question.height, question.shape) == (300, 300, "16:9")
    with pytest.raises(AskFirst) as several:
        check(an_order(1, 2, agreed=(), image=LINK), look)
    assert several.value.reasons == (Reason.SMALL, Reason.SHAPE, Reason.SEVERAL)


def test_a_yes_is_one_to_what_was_asked_and_to_nothing_else():
    small, refused = Look(LINK, FileFormat.PNG, (300, 200)), Look(LINK, unseen=Unseen.REFUSED)
    check(an_order(2, agreed=(Reason.SMALL,), image=LINK), small)
    assert asked(refused, Reason.SMALL).reasons == (Reason.UNSEEN,)
    assert asked(small, Reason.UNSEEN, Reason.SHAPE).reasons == (Reason.SMALL,)


@pytest.mark.parametrize(
    "look",
    [
        Look(LINK, FileFormat.PAGE),
        Look(LINK, FileFormat.UNKNOWN),
        Look(LINK, FileFormat.PDF),
        Look(LINK, FileFormat.SVG),
        Look(LINK, FileFormat.JPG, whole=True),
        Look(LINK, unseen=Unseen.REFUSED, status=404),
    ],
)
def test_what_is_no_picture_is_refused_even_after_a_yes(look):
    with pytest.raises(NotAPicture):
        check(an_order(2, image=LINK), look)


def test_what_is_only_watched_is_not_looked_at():
    check(an_order(2, image=LINK, watch=True), Look(LINK, FileFormat.PAGE))


def test_the_file_is_meant_by_the_page_that_shares_it():
    look = Look("https://e.com/file", FileFormat.JPG, (1600, 900))
    order = checking.clarified(an_order(2, image=LINK), Checked(Video("v", "DONE"), picture=look))
    assert (order.image, order.pixels) == ("https://e.com/file", (1600, 900))


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("https://www.dropbox.com/s/a1/k.jpg?dl=0", "https://www.dropbox.com/s/a1/k.jpg?raw=1"),
        ("https://dropbox.com/s/a1/k.jpg", "https://dropbox.com/s/a1/k.jpg?raw=1"),
        (
            "https://www.dropbox.com/scl/fi/a1/k.jpg?rlkey=x%2By&st=&dl=1#p",
            "https://www.dropbox.com/scl/fi/a1/k.jpg?rlkey=x%2By&st=&raw=1",
        ),
        (
            "https://drive.google.com/file/d/0B123456789/edit?resourcekey=0-a&b",
            "https://drive.google.com/uc?id=0B123456789&export=download&resourcekey=0-a",
        ),
        (
            "https://drive.google.com/open?id=0B123456789",
            "https://drive.google.com/uc?id=0B123456789&export=download",
        ),
    ],
)
def test_of_shares_the_documented_link_to_the_file_is_made(link, file):
    assert file_link(link) == file
    assert file_link(file) == file


@pytest.mark.parametrize(
    "link",
    [
        "https://www.dropbox.com/scl/fo/a1/h?rlkey=x&dl=0",
        "https://drive.google.com/drive/folders/0B123456789",
        "https://drive.google.com/file/d/a?id=0B123456789",
        "https://1drv.ms/i/s!a",
        "https://notdropbox.com/s/a1/k.jpg?dl=0",
        "https://dropbox.com.example.com/s/a1/k.jpg?dl=0",
        "https://e.com/?next=https://drive.google.com/file/d/0B123456789/view",
        f"https://www.dropbox.com/s/{'a' * 970}",
    ],
)
def test_other_links_stay_as_they_are(link):
    assert file_link(link) == link


def test_a_share_is_known_by_its_host():
    assert share_of("https://agency-my.sharepoint.com/:i:/g/x") is Share.SHAREPOINT
    assert share_of("https://we.tl/t-1") is Share.WETRANSFER
    assert share_of("https://e.com/dropbox.com") is None
