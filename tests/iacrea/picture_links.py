"""Forty links as people paste them, what lies there, and what becomes of each.

`docs/picture-links.md` shows this table; `python -m tests.iacrea.picture_links` prints it.
"""

from dataclasses import dataclass, field

from sandbox.web import Answer, files
from sandbox.web.answers import missing, page, redirect

DRIVE_ID = "1AbC_dEfGhIjKlMnOpQrStUvWxYz01234"
WIDE, PHOTO = files.jpg(1600, 900), files.jpg(1536, 1024)
FAR = "https://cdn.example.com"


@dataclass(frozen=True)
class Link:
    """One of them, for a film in 16:9.

    Attributes:
        what: it is, in words.
        verdict: what the bot makes of it.
        answers: what lies where, by address without `https://`; one answer is for the link itself.
        private: its name has an address in a private network.
    """

    what: str
    link: str
    verdict: str
    answers: Answer | dict[str, Answer] = field(default_factory=dict)
    private: bool = False

    @property
    def served(self) -> dict[str, Answer]:
        if isinstance(self.answers, Answer):
            return {self.link.removeprefix("https://"): self.answers}
        return self.answers


def hops(count: int) -> dict[str, Answer]:
    """So many redirects to a photo."""
    there = f"{FAR}/hop-{count}"
    way = {f"cdn.example.com/hop-{n}": redirect(f"/hop-{n + 1}") for n in range(count)}
    return way | {there.removeprefix("https://"): Answer(PHOTO)}


TABLE = (
    Link(
        "a photo of a listing portal",
        "https://photos.portal.example/fp/0a1b2c-cc_ft_1536.jpg",
        "taken, 1536 × 1024",
        Answer(PHOTO),
    ),
    Link(
        "the same behind a signature",
        "https://d1a2.cloudfront.net/kitchen.jpg?Expires=1796000000&Signature=aZ09~x&Key-Pair-Id=K2",
        "taken, 1536 × 1024",
        Answer(PHOTO),
    ),
    Link(
        "a signature that has expired",
        "https://shots.s3.amazonaws.com/kitchen.jpg?X-Amz-Expires=900&X-Amz-Signature=0f",
        "asked: it answers 403",
        missing(403),
    ),
    Link(
        "no ending, another port, plain bytes",
        "https://images.example.com:8443/id/42",
        "taken, 1600 × 900",
        Answer(WIDE, "application/octet-stream"),
    ),
    Link(
        "a png that its server calls a page",
        f"{FAR}/kitchen",
        "taken, 1280 × 720",
        Answer(files.png(1280, 720), "text/html"),
    ),
    Link(
        "a page that is called .jpg", f"{FAR}/view/kitchen.jpg", "refused: a page", page("kitchen")
    ),
    Link(
        "a .jpg that is a webp",
        f"{FAR}/auto/kitchen.jpg",
        "asked: a webp",
        Answer(files.WEBP, "image/webp"),
    ),
    Link("a photo of a telephone", f"{FAR}/IMG_2001.HEIC", "asked: a heic", Answer(files.HEIC)),
    Link("an avif", f"{FAR}/kitchen.avif", "asked: an avif", Answer(files.AVIF)),
    Link("a drawing", f"{FAR}/plan.svg", "refused: a svg", Answer(files.SVG, "image/svg+xml")),
    Link("a floor plan", f"{FAR}/plan.pdf", "refused: a pdf", Answer(files.PDF)),
    Link(
        "a preview", f"{FAR}/t/kitchen.jpg", "asked: small, 320 × 180", Answer(files.jpg(320, 180))
    ),
    Link(
        "a square",
        f"{FAR}/square.jpg",
        "asked: shape, 1080 × 1080",
        Answer(files.jpg(1080, 1080)),
    ),
    Link(
        "a telephone held upright",
        f"{FAR}/IMG_2002.jpg",
        "asked: shape, 3024 × 4032",
        Answer(files.jpg(4032, 3024, orientation=6)),
    ),
    Link(
        "a large colour profile",
        f"{FAR}/printed.jpg",
        "taken, 4000 × 2667",
        Answer(files.jpg(4000, 2667, before=200_000)),
    ),
    Link(
        "a size beyond what is read",
        f"{FAR}/archive.jpg",
        "taken, of unknown size",
        Answer(files.jpg(4000, 2667, before=400_000)),
    ),
    Link(
        "a connection that breaks",
        f"{FAR}/broken.jpg",
        "asked: not reached",
        Answer(PHOTO, cut_after=10),
    ),
    Link("a file that was cut off", f"{FAR}/half.jpg", "refused: damaged", Answer(PHOTO[:22])),
    Link(
        "bytes without end",
        f"{FAR}/endless.jpg",
        "refused: no image",
        Answer(bytes(4096), endless=True),
    ),
    Link("a server that is slow", f"{FAR}/slow.jpg", "asked: slow", Answer(PHOTO, delay=30)),
    Link("a photo that was deleted", f"{FAR}/gone.jpg", "refused: gone", missing()),
    Link(
        "a sign-in behind a redirect",
        "https://portal.example/photo/7",
        "refused: a page",
        {
            "portal.example/photo/7": redirect("https://login.portal.example/?next=/photo/7"),
            "login.portal.example/?next=/photo/7": page("Sign in"),
        },
    ),
    Link("three redirects", f"{FAR}/hop-0", "taken, 1536 × 1024", hops(3)),
    Link("four redirects", f"{FAR}/hop-0", "asked: not reached", hops(4)),
    Link(
        "a redirect to a private address",
        f"{FAR}/inside.jpg",
        "refused: private",
        redirect("https://169.254.169.254/latest/meta-data/"),
    ),
    Link(
        "a redirect without TLS",
        f"{FAR}/plain.jpg",
        "asked: not reached",
        redirect("http://cdn.example.com/plain.jpg"),
    ),
    Link(
        "a name with a private address",
        "https://nas.anna.example/kitchen.jpg",
        "refused: private",
        Answer(PHOTO),
        private=True,
    ),
    Link(
        "Dropbox",
        "https://www.dropbox.com/scl/fi/a1b2/kitchen.jpg?rlkey=k3y&dl=0",
        "taken from the file, 1536 × 1024",
        {
            "www.dropbox.com/scl/fi/a1b2/kitchen.jpg?rlkey=k3y&raw=1": redirect(
                "https://uc1.dl.dropboxusercontent.com/cd/0/inline/kitchen.jpg"
            ),
            "uc1.dl.dropboxusercontent.com/cd/0/inline/kitchen.jpg": Answer(PHOTO),
        },
    ),
    Link(
        "a folder on Dropbox",
        "https://www.dropbox.com/scl/fo/c3d4/h?rlkey=k3y&dl=0",
        "refused: a page of Dropbox",
        page("Dropbox"),
    ),
    Link(
        "Google Drive",
        f"https://drive.google.com/file/d/{DRIVE_ID}/view?usp=sharing",
        "taken from the file, 1600 × 900",
        {
            f"drive.google.com/uc?id={DRIVE_ID}&export=download": redirect(
                f"https://drive.usercontent.google.com/download?id={DRIVE_ID}", 303
            ),
            f"drive.usercontent.google.com/download?id={DRIVE_ID}": Answer(WIDE),
        },
    ),
    Link(
        "Google Drive, not shared",
        f"https://drive.google.com/open?id={DRIVE_ID}",
        "refused: a page of Google Drive",
        {f"drive.google.com/uc?id={DRIVE_ID}&export=download": page("Sign in")},
    ),
    Link(
        "Google Photos",
        "https://photos.app.goo.gl/AbCd1234",
        "refused: a page of Google Photos",
        page(),
    ),
    Link("OneDrive", "https://1drv.ms/i/s!AbCd", "refused: a page of OneDrive", page()),
    Link(
        "SharePoint",
        "https://agency.sharepoint.com/:i:/s/listings/AbCd?e=x1",
        "refused: a page of SharePoint",
        page(),
    ),
    Link("iCloud", "https://share.icloud.com/photos/0a1b", "refused: a page of iCloud", page()),
    Link("WeTransfer", "https://we.tl/t-AbCd1234", "refused: a page of WeTransfer", page()),
    Link("the page of an image host", "https://imgur.com/a/AbCd", "refused: a page", page()),
    Link("a picture in the link itself", "data:image/png;base64,iVBORw0KGgo=", "refused: no link"),
    Link("no TLS", "http://cdn.example.com/kitchen.jpg", "refused: no link"),
    Link("an address at home", "https://192.168.1.10/kitchen.jpg", "refused: private"),
)


def table() -> str:
    """The same in Markdown."""
    rows = ((each.what, f"`{each.link}`", each.verdict) for each in TABLE)
    head = ("what it is", "link", "verdict"), ("---",) * 3
    return "\n".join(f"| {' | '.join(row)} |" for row in (*head, *rows))


if __name__ == "__main__":
    print(table())  # noqa: T201
