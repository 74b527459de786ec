"""Reads every text that people see, in each language, from `locales/*/*.ftl`.

The files are in Mozilla Fluent's syntax, https://projectfluent.org/fluent/guide/. It takes care of
plurals and numbers, so that code never glues words together. What is put into a text has to be
harmless in mrkdwn already (`message.quoted`, `message.code`).
"""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "fr")
"""The first one is used if no language is known."""

Value = str | int | float


class Words:
    """Holds one language: `say("fact-left", credits=47)` returns the text of that id.

    Attributes:
        language: one of LANGUAGES.
    """

    def __init__(self, language: str) -> None:
        """Reads the files of that language."""
        self.language = language
        self._bundle = _bundle(language)

    def __call__(self, message_id: str, /, **values: Value) -> str:
        """Returns the text of that id, with the values filled in.

        Raises:
            LookupError: there is no such text, or a value is missing; a test tries every text.
        """
        message = self._bundle.get_message(message_id)
        if message.value is None:
            raise LookupError(message_id)
        whole = {name: _plain(value) for name, value in values.items()}
        text, errors = self._bundle.format_pattern(message.value, whole)
        if errors:  # Fluent would put the name of what is missing into the text
            raise LookupError(f"{message_id}: {errors}")
        return str(text)

    def effect(self, name: str) -> str:
        """Returns what people call the effect of that API name: `push out` for `CAMERA_PUSH_OUT`.

        An effect from the settings is not in the catalogue, so it keeps its own words.
        """
        key = f"effect-{name}"
        if self._bundle.has_message(key):
            return self(key)
        return " ".join(name.casefold().removeprefix("camera_").split("_")).strip() or name

    def room(self, name: str) -> str:
        """Returns what people call a category: `Living room` for `LIVING_ROOM`.

        A category that the catalogue does not know keeps its own words.
        """
        key = f"room-{name.upper()}"
        if self._bundle.has_message(key):
            return self(key)
        if name != name.upper():  # a name that somebody gave
            return name
        return " ".join(name.casefold().split("_")).strip().capitalize() or name

    def also(self, name: str) -> tuple[str, ...]:
        """Returns the other words under which an effect is understood."""
        key = f"effect-{name}"
        if not self._bundle.has_message(key):
            return ()
        others = self._bundle.get_message(key).attributes.get("also")
        if others is None:
            return ()
        text, _ = self._bundle.format_pattern(others)
        return tuple(each.strip() for each in str(text).split(","))

    def listed(self, items: Iterable[str]) -> str:
        """Returns `a`, `a and b` or `a, b and c`, as one text."""
        # American English would have one comma more.
        locale = "en_GB" if self.language == "en" else self.language
        return format_list(list(items), locale=locale)


class Catalogue:
    """Holds the texts of every language."""

    def __init__(self) -> None:
        """Reads all files."""
        self._words: Mapping[str, Words] = {each: Words(each) for each in LANGUAGES}

    def words(self, locale: str) -> Words:
        """Returns the words for a locale such as `fr-FR`; English if there are none."""
        language = locale.replace("_", "-").partition("-")[0].casefold()
        return self._words.get(language, self._words[LANGUAGES[0]])

    def spoken(self, effects: Iterable[str]) -> dict[str, str]:
        """Returns the words that people may use for effects, in any language, and what each means.

        Words that two effects share mean the first one.
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
    """Returns a whole number as an int, because the plural rules make `1.0 credits` of a float."""
    return int(value) if isinstance(value, float) and value == int(value) else value
