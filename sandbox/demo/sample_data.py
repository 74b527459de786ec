"""The sample data of the demo: people, conversations, and an IACrea account with videos."""

from dataclasses import dataclass

from sandbox.demo.pictures.photos import ALBUM, KITCHEN, SITE
from sandbox.iacrea import IACreaSimulator, Timings, VideoStatus
from sandbox.slack import Channel, SlackSimulator, User

CREDITS = 50
TIMINGS = Timings(queue=1.0, animate=6.0, stagger=0.5, render=6.0)
"""IACrea takes minutes; nobody would watch."""
LILAC = "lilac-street-12"
HARBOUR = "harbour-view-4"
LOFTS = "old-mill-lofts"
QUAY = "quay-house-9"

_EFFECTS = (
    "CAMERA_PUSH_IN",
    "CAMERA_MOVE_RIGHT",
    "CAMERA_CRANE_UP",
    "CAMERA_ORBIT_LEFT",
    "CAMERA_PUSH_OUT",
)
_ROOMS = ("LIVING_ROOM", "KITCHEN", "DINING_ROOM", "BEDROOM", "BEDROOM", "BATHROOM", "VERANDA")


@dataclass(frozen=True, slots=True)
class SampleData:
    """The people and channels that the demo refers to.

    Attributes:
        anna: whose Slack speaks English.
        camille: whose Slack speaks French.
        listings: where the bot is, and where the visitor comes in.
        marketing: where the bot is as well.
    """

    anna: User
    camille: User
    listings: Channel
    marketing: Channel

    @property
    def first_command(self) -> str:
        """What Camille types once the bot is there, so that the visitor sees it work."""
        return f"/regen {HARBOUR} 2 push in"


def add_sample_data(slack: SlackSimulator, iacrea: IACreaSimulator) -> SampleData:
    """Adds the sample data to both simulators."""
    workspace, account = slack.workspace, iacrea.account
    anna = workspace.add_user("anna")
    camille = workspace.add_user("camille", locale="fr-FR")
    listings = workspace.add_channel("listings", bot_member=True)
    marketing = workspace.add_channel("marketing", bot_member=True)
    workspace.add_channel("directors", private=True)
    workspace.direct_message(anna, camille)
    for person in (anna, camille):
        workspace.direct_message(person)
    account.timings = TIMINGS
    account.add_video(5, id=LILAC, effects=_EFFECTS)
    account.add_video(
        ["success"] * 3 + ["error"] + ["success"] * 2, id=HARBOUR, effects=_EFFECTS[::-1]
    )
    rendering = VideoStatus.START_RENDERING_VIDEO
    account.add_video(12, id=LOFTS, effects=_EFFECTS, state=rendering, rooms=_ROOMS)
    # Whoever made it closed the page: as nobody asks for it, it stands still until it is followed.
    stalled = ["success", "pending", "error", "pending", "success"]
    account.add_video(stalled, id=QUAY, effects=_EFFECTS, state=VideoStatus.GENERATING_VIDEO)
    workspace.say(
        anna,
        listings,
        f"The film of Lilac Street 12 goes online on Friday: "
        f"<https://iacrea.com/video/{LILAC}>\nSequence 2 came out badly, I think.",
    )
    workspace.say(
        camille,
        listings,
        f"True, the camera runs along the wall. Push out would be better. Or a new photo: "
        f"<{SITE}{KITCHEN}>, from <{SITE}{ALBUM}>",
    )
    workspace.say(camille, marketing, f"Harbour View 4 next: <https://iacrea.com/video/{HARBOUR}>")
    workspace.say(
        anna,
        marketing,
        f"And Quay House 9 has stood still since Monday: `/regen watch {QUAY}` would finish it, "
        "and costs nothing.",
    )
    return SampleData(anna, camille, listings, marketing)
