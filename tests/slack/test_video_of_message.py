"""Which video a message is about."""

import pytest

from bot.domain.effects import Effects
from bot.slack.form.video_of_message import video_in

EFFECTS = Effects.with_extra()
UUID = "550e8400-e29b-41d4-a716-446655440000"


@pytest.mark.parametrize(
    ("message", "video"),
    [
        ({"text": f"look at <https://iacrea.com/video/{UUID}|this>"}, UUID),
        ({"text": f"is {UUID} fine?"}, UUID),
        ({"text": "<https://iacrea.com/editor?videoId=kitchen-12&u=1>"}, "kitchen-12"),
        ({"text": "", "attachments": [{"title_link": f"https://e.com/{UUID}"}]}, UUID),
        ({"text": "", "blocks": [{"type": "section", "text": {"text": UUID}}]}, UUID),
        (
            {
                "text": UUID,
                "blocks": [{"elements": [{"value": '{"v":1,"video":"lilac-12","positions":[2]}'}]}],
            },
            "lilac-12",
        ),
        ({"text": "see https://example.com/kitchen and 12345678"}, None),
        ({"text": "", "blocks": [{"type": "rich_text", "elements": [{"value": 7}]}]}, None),
        ({}, None),
    ],
)
def test_the_first_video_that_a_message_names_is_found(message, video):
    assert video_in(message, EFFECTS) == video
