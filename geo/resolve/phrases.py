"""Taking a mention apart: the name in it, the word for its kind, what it hangs on.

"the northern city of Aleppo" is Aleppo and a city; "Kuweires military air base" is Kuweires and an air base;
"army base near Ariha" is a base, and Ariha says where. Pure functions of the text and the word lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.names import fold
from geo.spatial import PlaceWord, directions, place_words


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the word for its kind taken off ("Idlib" and "city")."""

    name: str
    word: PlaceWord


@dataclass(frozen=True, slots=True)
class Anchored:
    """A description that a preposition hangs on a place: what ("army base"), how ("near"), where ("Ariha")."""

    word: PlaceWord | None
    preposition: str
    anchor: str


_QUALIFIERS = (
    "international|military|civilian|civil|army|air|air force|airforce|naval|navy|main|central|former|old|new|border|"
    "strategic|key|national|government|rebel|regime|nearby|frontier|hydroelectric|nuclear|thermal|helicopter|defence|"
    "defense|missile|tank|artillery|infantry|medieval|historic|historical|famed|walled"
)
_QUOTES = "\"'“”‘’«»"


@lru_cache(maxsize=1)
def _words() -> str:
    return "|".join(re.escape(word) for word in sorted(place_words(), key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    compass = "|".join(re.escape(d) for d in sorted(directions(), key=lambda w: (-len(w), w)))
    lead = rf"(?:the )?(?:(?:{compass}|coastal|small|besieged|neighbou?ring|{_QUALIFIERS}) )*"
    before = re.compile(rf"{lead}(?P<word>{_words()}) of (?:the )?(?P<x>.+)")
    after = re.compile(rf"(?:the )?(?P<x>.+?)(?:'s)?(?:[ -](?:{_QUALIFIERS}))*[ -](?P<word>{_words()})")
    how = "in|at|inside|within|near|outside|around|close to|from|of|on"
    hung = re.compile(rf"(?P<head>.*) (?P<how>{how}) (?:the )?(?P<x>\S.*)")
    return before, after, hung


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """The mention without quotes, a leading "the" and what punctuation clings to its ends."""
    text = _BLANKS.sub(" ", text).strip(" .,;:()[]" + _QUOTES)
    return _DETERMINED.sub("", text)


_BLANKS = re.compile(r"\s+")
_DETERMINED = re.compile(r"^(?:[Tt]he|[Ii]ts|[Tt]heir) (?=\S)")


@lru_cache(maxsize=20_000)
def kind_off(text: str) -> Named | None:
    """ "Idlib city", "the city of Idlib", "Kuweires air base" -> the name and its word; None where there is none."""
    folded = fold(text)
    if folded in place_words():
        return None
    before, after, _ = _patterns()
    found = before.fullmatch(folded) or after.fullmatch(folded)
    if found is None:
        return None
    name = text[found.start("x") : found.end("x")].strip()
    return Named(name, place_words()[found["word"]]) if is_name(name) else None


@lru_cache(maxsize=20_000)
def hung_on(text: str) -> Anchored | None:
    """ "army base near Ariha" -> base, near, Ariha. The last preposition counts. None where there is none."""
    found = _patterns()[2].fullmatch(fold(text))
    if found is None:
        return None
    anchor = text[found.start("x") : found.end("x")].strip()
    if not is_name(anchor):
        return None
    word = word_in(found["head"])
    if word is not None and "," in found["head"]:
        return None
    if word is None and found["how"] in ("of", "from", "on"):
        return None
    return Anchored(word, found["how"], anchor)


def word_in(text: str) -> PlaceWord | None:
    """The last word for a kind of place in a text, a facility before others."""
    found = [place_words()[m[0]] for m in re.finditer(rf"\b(?:{_words()})\b", fold(text))]
    facilities = [word for word in found if word.group == "facility"]
    return (facilities or found or [None])[-1]  # type: ignore[list-item]


@lru_cache(maxsize=20_000)
def bare_kind(text: str) -> PlaceWord | None:
    """The word of a description that has no name in it: "the military airport", "Industrial City". None for others."""
    folded = fold(text).strip().removeprefix("the ")
    if folded in place_words():
        return place_words()[folded]
    lead = rf"(?:the )?(?:(?:{_QUALIFIERS}) )*(?P<word>{_words()})"
    found = re.fullmatch(lead, folded)
    return place_words()[found["word"]] if found is not None else None


def word_for(words: tuple[str, ...]) -> PlaceWord | None:
    """The PlaceWord of the words that stand beside a name, a facility before others; None when none is known."""
    return word_in(" ".join(words)) if words else None


def is_name(text: str) -> bool:
    """Whether a text holds a proper name: a capital, a digit with a letter, or a script without capitals."""
    return bool(text) and (text != text.lower() or text.lower() == text.upper() and any(c.isalpha() for c in text))
