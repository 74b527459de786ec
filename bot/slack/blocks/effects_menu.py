"""Makes the effects the options of a menu."""

from slack_sdk.models.blocks import Option, OptionGroup

from bot.domain.effects import AUTOMATIC, CAMERA, DOCUMENTED
from bot.slack.blocks.texts import Texts

_MOST_OPTIONS = 100
_MOST_OPTION = 75
"""Characters of an option's text and value. Source: Block Kit reference, option object."""


def effect_groups(texts: Texts) -> list[OptionGroup]:
    """Returns the effects as options, in the groups in which IACrea lists them."""
    groups = (
        ("effects-camera", CAMERA),
        ("effects-automatic", AUTOMATIC),
        ("effects-other", [each for each in texts.effects.names if each not in DOCUMENTED]),
    )
    return [
        OptionGroup(label=texts.say(key), options=[_effect(name, texts) for name in names])
        for key, every in groups
        if (names := [name for name in every if _offered(name, texts)][:_MOST_OPTIONS])
    ]


def _offered(name: str, texts: Texts) -> bool:
    # A name is the value of an option; if it were cut, it would name another effect or none.
    return name in texts.effects.names and len(name) <= _MOST_OPTION


def _effect(name: str, texts: Texts) -> Option:
    words = texts.say.effect(name)[:_MOST_OPTION]
    # Not capitalize(), which would turn the rest into lower case.
    return Option(value=name, text=words[0].upper() + words[1:])
