"""The effects as the options of a menu."""

from slack_sdk.models.blocks import Option, OptionGroup

from bot.domain.effects import AUTOMATIC, CAMERA, DOCUMENTED
from bot.slack.blocks.voice import Voice

_MOST_OPTIONS = 100
_MOST_OPTION = 75
"""Characters of an option's text and value. Source: Block Kit reference, option object."""


def effect_groups(voice: Voice) -> list[OptionGroup]:
    """The effects as options, in the groups in which IACrea lists them."""
    groups = (
        ("effects-camera", CAMERA),
        ("effects-automatic", AUTOMATIC),
        ("effects-other", [each for each in voice.effects.names if each not in DOCUMENTED]),
    )
    return [
        OptionGroup(label=voice.say(key), options=[_effect(name, voice) for name in names])
        for key, every in groups
        if (names := [name for name in every if _offered(name, voice)][:_MOST_OPTIONS])
    ]


def _offered(name: str, voice: Voice) -> bool:
    return name in voice.effects.names and len(name) <= _MOST_OPTION


def _effect(name: str, voice: Voice) -> Option:
    words = voice.say.effect(name)[:_MOST_OPTION]
    return Option(value=name, text=words[0].upper() + words[1:])
