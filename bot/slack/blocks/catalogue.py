"""The message catalogue: every text people read, in each language, from `locales/*/*.ftl`.

Mozilla Fluent's syntax, https://projectfluent.org/fluent/guide/: plurals and numbers are the
catalogue's business, so that code never glues words together. What is put into a text has to be
harmless in mrkdwn already (`message.quoted`, `message.code`).
"""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "fr")
"""The first one is spoken where none is known."""

Value = str | int | float


class Words:
    """One language: `say("fact-left", credits=47)` is the text of that id.

    Attributes:
        language: one of LANGUAGES.
    """

    def __init__(self, language: str) -> None:
        """Reads the files of that language."""
        self.language = language
        self._bundle = _bundle(language)

    def __call__(self, message_id: str, /, **values: Value) -> str:
        """The text of that id, with the values filled in.

        Raises:
            LookupError: no such text, or one of its values is missing; tests walk them all.
        """
        message = self._bundle.get_message(message_id)
        if message.value is None:
            raise LookupError(message_id)
        whole = {name: _plain(value) for name, value in values.items()}
        text, errors = self._bundle.format_pattern(message.value, whole)
        if errors:
            raise LookupError(f"{message_id}: {errors}")
        return str(text)

    def effect(self, name: str) -> str:
        """An effect's API name as people say it: `CAMERA_PUSH_OUT` becomes `push out`.

        One of the configuration has no words but its own.
        """
        key = f"effect-{name}"
        if self._bundle.has_message(key):
            return self(key)
        return " ".join(name.casefold().removeprefix("camera_").split("_")).strip() or name

    def room(self, name: str) -> str:
        """A category as people say it: `LIVING_ROOM` becomes `Living room`; a name stays as it is.

        One that is not known has no words but its own.
        """
        key = f"room-{name.upper()}"
        if self._bundle.has_message(key):
            return self(key)
        if name != name.upper():
            return name
        return " ".join(name.casefold().split("_")).strip().capitalize() or name

    def also(self, name: str) -> tuple[str, ...]:
        """The other words under which an effect is understood."""
        key = f"effect-{name}"
        if not self._bundle.has_message(key):
            return ()
        others = self._bundle.get_message(key).attributes.get("also")
        if others is None:
            return ()
        text, _ = self._bundle.format_pattern(others)
        return tuple(each.strip() for each in str(text).split(","))

    def listed(self, items: Iterable[str]) -> str:
        """`a`, `a and b`, `a, b and c`; American English would have one comma more."""
        locale = "en_GB" if self.language == "en" else self.language
        return format_list(list(items), locale=locale)


class Catalogue:
    """Every language."""

    def __init__(self) -> None:
        """Reads all files."""
        self._words: Mapping[str, Words] = {each: Words(each) for each in LANGUAGES}

    def words(self, locale: str) -> Words:
        """The words for a locale such as `fr-FR`; English where there are none."""
        language = locale.replace("_", "-").partition("-")[0].casefold()
        return self._words.get(language, self._words[LANGUAGES[0]])

    def spoken(self, effects: Iterable[str]) -> dict[str, str]:
        """What people may call each effect, in any language, and which one they mean by it.

        Words that two of them share are the first one's.
        """
        said: dict[str, str] = {}
        for name in effects:
            for words in self._words.values():
                for each in (words.effect(name), *words.also(name)):
                    said.setdefault(each, name)
        return said


@functools.cache  # reading a language takes 0.1 s, and nothing changes a bundle
def _bundle(language: str) -> FluentBundle:
    """Returns the parsed files of a language."""
    # Isolating marks would stand in every mrkdwn link, as invisible characters.
    bundle = FluentBundle([language], use_isolating=False)
    folder = resources.files("bot.slack").joinpath("locales", language)
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        bundle.add_resource(FluentResource(file.read_text("utf-8")))
    return bundle


def _plain(value: Value) -> Value:
    """A whole number as one: `1.0 credits` would be the plural rules' answer otherwise."""
    return int(value) if isinstance(value, float) and value == int(value) else value
