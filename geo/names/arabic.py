"""The key of a name in Arabic letters, made so that it meets the keys of its romanisations.

An Arabic name fixes the consonants and the long vowels and leaves the short ones open, so one Arabic
spelling stands for many Latin ones: it is the best index there is for a mention in an English text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.names.cost import letter_cost
from geo.names.latin import CLASSES, LatinKey, rows


@dataclass(frozen=True, slots=True)
class ArabicKey:
    """bucket as in LatinKey; slots hold a (alef), W (waw), Y (yeh), ? (hamza, ayn), A (teh marbuta)."""

    bucket: str
    letters: tuple[tuple[str, ...], ...]
    slots: tuple[str, ...]


_LETTERS = {
    "ب": ("b", "p"), "پ": ("p", "b"), "ت": ("t",), "ث": ("th", "t"), "ط": ("t",), "ج": ("j",), "چ": ("ch",),
    "ح": ("h",), "ه": ("h",), "خ": ("kh",), "د": ("d",), "ذ": ("dh", "z", "d", "th"), "ز": ("z",), "ض": ("d", "dh"),
    "ظ": ("dh", "z", "d"), "ر": ("r",), "س": ("s",), "ص": ("s",), "ش": ("sh", "ch"), "غ": ("gh", "g"), "ف": ("f",),
    "ق": ("q", "k", "g"), "ك": ("k",), "گ": ("g",), "ل": ("l",), "م": ("m",), "ن": ("n",), "ژ": ("j",),
}  # fmt: skip
_SLOT = {"ا": "a", "آ": "?a", "أ": "?", "إ": "?", "ع": "?", "ء": "?", "ؤ": "?W", "ئ": "?Y", "و": "W", "ي": "Y",
         "ى": "A", "ة": "A", "ڤ": "W"}  # fmt: skip
_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARABIC = re.compile("[\u0621-\u064a\u067e\u0686\u0698\u06a4\u06a9\u06af\u06cc]")
_VOWEL = {"u": 0.08, "a": 0.05, "e": 0.05, "i": 0.05, "E": 0.12, "O": 0.12, "y": 0.3, "w": 0.4}
_UNMATCHED = {"a": 0.4, "W": 0.55, "Y": 0.45, "?": 0.0, "A": 0.1}
_END, _START = 0.35, 0.2  # a vowel heard at the end or the start of a name that Arabic does not write there
_SILENT = {"A": 0.35, "?": 0.25}  # a written teh marbuta at the end, an ayn at the start, of which nothing is heard
_PAIR = {
    ("a", "a"): 0.0, ("a", "e"): 0.05, ("a", "i"): 0.5, ("a", "u"): 0.6, ("a", "E"): 0.4, ("a", "O"): 0.45,
    ("W", "u"): 0.0, ("W", "w"): 0.0, ("W", "O"): 0.0, ("W", "a"): 0.6, ("W", "e"): 0.55,
    ("Y", "i"): 0.0, ("Y", "y"): 0.0, ("Y", "E"): 0.0, ("Y", "e"): 0.05, ("Y", "a"): 0.5,
    ("A", "a"): 0.0, ("A", "e"): 0.0, ("A", "i"): 0.1, ("A", "E"): 0.1,
}  # fmt: skip


def is_arabic(text: str) -> bool:
    """Whether the text is written in Arabic letters."""
    return _ARABIC.search(text) is not None


@lru_cache(maxsize=1)
def _marks() -> dict[str, str]:
    return {word: row["mark"] for row in rows("name_modifiers.csv") for word in row["arabic"].split()}


@lru_cache(maxsize=65536)
def arabic_keys(text: str) -> tuple[ArabicKey, ...]:
    """The keys of an Arabic name: with the feminine ending of a first word silent, and sounded as t."""
    cleaned = _SIGNS.sub("", text).replace("ی", "ي").replace("ک", "ك")
    words = [_without_article(word) for word in re.split(r"[^\u0621-\u06cc]+", cleaned) if word]
    if not words or not is_arabic(text):
        return ()
    marks = sorted(_marks()[word] for word in words if word in _marks())
    names = [word for word in words if word not in _marks()] or words
    if names == words:
        marks = []
    readings = [names]
    if any(word.endswith("ة") for word in names[:-1]):
        readings.append([w[:-1] + "ت" if w.endswith("ة") and i < len(names) - 1 else w for i, w in enumerate(names)])
    built = (_build(reading, marks) for reading in readings)
    return tuple(key for key in built if key is not None)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _build(words: list[str], marks: list[str]) -> ArabicKey | None:
    letters: list[tuple[str, ...]] = []
    slots = [""]
    for number, word in enumerate(words):
        for at, char in enumerate(word):
            if char in _SLOT:
                slots[-1] += _SLOT[char]
            elif char in _LETTERS:
                if at == len(word) - 1 and char == "ه" and number == len(words) - 1 and slots[-1] == "":
                    slots[-1] += "A"  # a final heh is often a teh marbuta without its dots
                elif at == 0 and letters and slots[-1] == "" and letters[-1] == _LETTERS[char]:
                    continue  # the same consonant ends one word and begins the next
                else:
                    letters.append(_LETTERS[char])
                    slots.append("")
    if not letters:
        return None
    classes = "-".join(CLASSES[options[0]] for options in letters)
    return ArabicKey("|".join((classes, *marks)), tuple(letters), tuple(slots))


def arabic_cost(arabic: ArabicKey, latin: LatinKey) -> float:
    """Distance of a romanised mention from an Arabic name; infinite when their buckets differ."""
    if arabic.bucket != latin.bucket or len(arabic.letters) != len(latin.letters):
        return float("inf")
    total = 0.0
    for options, letter in zip(arabic.letters, latin.letters, strict=True):
        total += 0.0 if letter in options else min(letter_cost(option, letter) for option in options)
    last = len(arabic.slots) - 1
    for at, (written, heard) in enumerate(zip(arabic.slots, latin.slots, strict=True)):
        total += _slot_cost(written, heard, at == 0, at == last)
    return total


@lru_cache(maxsize=65536)
def _slot_cost(written: str, heard: str, first: bool, last: bool) -> float:
    """Align what Arabic writes between two consonants with the vowels of the Latin spelling."""

    def alone(vowel: str, left: int) -> float:
        if last and not left:  # nothing written follows: Arabic would write a vowel that ends the name
            return _END
        return _START if first else _VOWEL.get(vowel, 0.4)

    def unheard(sign: str) -> float:
        return _SILENT[sign] if (last and sign == "A") or (first and sign == "?") else _UNMATCHED[sign]

    row = [0.0]
    for vowel in heard:
        row.append(row[-1] + alone(vowel, len(written)))
    open_before = False
    for number, sign in enumerate(written, 1):
        wild = sign == "?"
        following = [row[0] + unheard(sign)]
        for at, vowel in enumerate(heard):
            pair = 0.0 if wild else _PAIR.get((sign, vowel), 0.55)
            extra = 0.05 if open_before or wild else alone(vowel, len(written) - number)
            following.append(min(row[at] + pair, row[at + 1] + unheard(sign), following[at] + extra))
        row, open_before = following, wild
    return row[-1]
