"""The key of a name in Latin letters: consonant classes (the bucket), vowel slots and marks.

Comes in: a name as written, in any romanisation of Arabic, in Turkish, Kurdish or Cyrillic. Goes out: a few
keys, one for each reading the letters allow. Two spellings can only be one name if they share a bucket;
`cost` then says how far apart they are. The words of names (tell, kafr, sheikh, upper, ...) are data
in geo/data/kind_words.csv and geo/data/name_modifiers.csv.
"""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from geo.names.folding import APOSTROPHES, is_article


@dataclass(frozen=True, slots=True)
class LatinKey:
    """bucket: consonant classes and marks; letters: the fine consonants; slots: the vowels around them (one more)."""

    bucket: str
    letters: tuple[str, ...]
    slots: tuple[str, ...]


CLASSES = {
    "sh": "SH", "ch": "SH", "s": "S", "t": "T", "th": "T", "d": "D", "dh": "D", "z": "D", "k": "K", "q": "K",
    "g": "K", "gh": "K", "j": "J", "h": "H", "kh": "H", "b": "B", "p": "B", "f": "F", "l": "L", "m": "M",
    "n": "N", "r": "R",
}  # fmt: skip
_SPELT = (
    ("tch", "ch"), ("sch", "sh"), ("sh", "sh"), ("ch", "ch"), ("th", "th"), ("dh", "dh"), ("kh", "kh"), ("gh", "gh"),
    ("ph", "f"), ("dj", "j"), ("dz", "z"), ("ck", "k"), ("c", "k"), ("x", "kh"),
    *((letter, letter) for letter in "stdzkqgjhbpflmnr"),
)  # fmt: skip
# Ukrainian and Russian letters as English texts write them; г is h to the one and g to the other.
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ё": "e", "ж": "zh", "з": "z", "и": "y",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
        "ь": "", "э": "e", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_LETTER = dict(_SPELT)
_SOUNDS = re.compile("|".join((*(re.escape(spelt) for spelt, _ in _SPELT), ".")))
_READINGS = (
    ("г", ("h", "g")),
    ("ş", ("sh", "s")),
    ("ç", ("ch",)),
    ("ğ", ("gh", "g")),
    ("ê", ("ei",)),
    ("û", ("ou",)),
    ("î", ("ee",)),
)
_ALSO_READ = (("rh", "gh"), ("nb", "mb"), ("th", "dh"))
_DIACRITIC = {"š": "sh", "č": "ch", "ž": "z", "ǧ": "j", "ḫ": "kh", "ẖ": "kh", "ṯ": "th", "ḏ": "dh", "ġ": "gh"}
_MAX_READINGS = 8
_FUSED = re.compile(r"^(?:[aeiu]l(?=[bcdfghjklmnpqrstvwxyz]|a.{3})|[aeu](?=([bcdfghjklmnpqrstwxz])\1))(?=.{3})")
_HARD_C = re.compile(r"c(?![hk])")
_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")
_CONSTRUCT = re.compile(r"(?<=.{2}[ae])t$")
_EL = re.compile(r"el[bcdfghjkmnpqrstvwxz].{2}")
_DROPPED_SIGNS = re.compile("[" + re.escape(APOSTROPHES) + "]")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one data file of the package."""
    text = resources.files("geo").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def kind_forms() -> dict[str, str]:
    """Each spelling of a kind word in names ("tell", "kfar") to its one form."""
    return {spelling: row["word"] for row in rows("kind_words.csv") for spelling in row["spellings"].split()}


@lru_cache(maxsize=1)
def mark_forms() -> dict[str, str]:
    """Each spelling of a modifier ("sughra", "upper") to its mark."""
    return {spelling: row["mark"] for row in rows("name_modifiers.csv") for spelling in row["spellings"].split()}


@lru_cache(maxsize=65536)
def latin_keys(text: str) -> tuple[LatinKey, ...]:
    """All keys of a name, the plainest reading first; () when the name holds no consonant of the key."""
    found: dict[LatinKey, None] = {}
    for spelling in _spellings(text):
        for tokens in _token_readings(spelling):
            built = _build(tokens)
            if built is not None:
                found.setdefault(built)
            if len(found) >= _MAX_READINGS:
                return tuple(found)
    return tuple(found)


def key(text: str) -> str:
    """The romanisation key of a name: the bucket of its plainest reading, "" when it has none."""
    keys = latin_keys(text)
    return keys[0].bucket if keys else ""


def _spellings(text: str) -> list[str]:
    """The name in bare a-z, blanks and nothing else, once for each writing system that its letters allow."""
    text = unicodedata.normalize("NFC", text.replace("İ", "i").replace("I", "i")).casefold()
    text = _DROPPED_SIGNS.sub("", text.replace("ı", "i"))
    choices: list[tuple[str, tuple[str, ...]]] = []
    if not text.isascii():
        text = text.translate(_CYRILLIC)
        for sign, letters in _DIACRITIC.items():
            text = text.replace(sign, letters)
        choices = [(sign, options) for sign, options in _READINGS if sign in text]
    if "c" in text and _HARD_C.search(text):
        choices.append(("c", ("k", "j")))
    out = []
    for picks in itertools.product(*(options for _, options in choices)):
        read = text
        for (sign, _), letters in zip(choices, picks, strict=True):
            read = _HARD_C.sub(letters, read) if sign == "c" else read.replace(sign, letters)
        if not read.isascii():
            read = "".join(c for c in unicodedata.normalize("NFKD", read) if not unicodedata.combining(c))
        out.append(_OTHER_SIGNS.sub(" ", read).strip())
    return out + [form.replace(a, b) for a, b in _ALSO_READ for form in out if a in form]


def _token_readings(spelling: str) -> list[list[str]]:
    tokens = spelling.split()
    if not tokens:
        return []
    kept = [t for t, after in zip(tokens, [*tokens[1:], ""], strict=True) if not is_article(t, after)]
    out = [kept]
    split = [token if not i else _FUSED.sub("", token) for i, token in enumerate(kept)]
    if len(kept) == 1 and _EL.match(kept[0]):
        split = [kept[0][2:]]
    if split != kept:
        out.append(split)
    construct = [_CONSTRUCT.sub("", token) for token in kept[:-1]] + kept[-1:]
    if construct != kept:
        out.append(construct)
    return out


def _build(tokens: list[str]) -> LatinKey | None:
    marks = sorted(mark_forms()[token] for token in tokens if token in mark_forms())
    names = [kind_forms().get(token, token) for token in tokens if token not in mark_forms()]
    if not names:
        names, marks = tokens, []
    letters: list[str] = []
    slots = [""]
    for token in names:
        _read_token(token, letters, slots)
    if not letters:
        return None
    classes = "-".join(CLASSES.get(letter, letter) for letter in letters)
    last = len(slots) - 1
    normal = tuple(_vowels(slot, at == last) for at, slot in enumerate(slots))
    return LatinKey("|".join((classes, *marks)), tuple(letters), normal)


def _read_token(token: str, letters: list[str], slots: list[str]) -> None:
    """Append the consonants and vowels of one word. Doubled consonants count once, also over a word's end."""
    if len(token) > 2 and token[-1] == "h" and token[-2] in "aei":
        token = token[:-1]
    for spelt in _SOUNDS.findall(token):
        letter = _LETTER.get(spelt)
        if letter is not None:
            if not (letters and slots[-1] == "" and letters[-1] == letter):
                letters.append(letter)
                slots.append("")
        elif spelt.isdigit():
            letters.append(spelt)
            slots.append("")
        else:
            slots[-1] += "w" if spelt == "v" else spelt


_VOWELS = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"iyy|yy", "iy"), (r"ou|oo|uu", "u"), (r"o(?=$|[^uo])", "u"), (r"uw", "w"), (r"u(?=[aei])", "w"),
        (r"a[uw](?=$|[^aeiu])", "O"), (r"ee|ii|ie(?=.)", "i"), (r"(?:ai|ay|ei|ey|ae)(?=$|[^aeiuw])", "E"),
        (r"iy(?=[aeu])", "y"), (r"i(?=[aeu])", "y"), (r"aa+", "a"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def _vowels(slot: str, final: bool) -> str:
    """One form for the many spellings of a run of vowels (and w, y, which are vowels to the key)."""
    if final:
        slot = re.sub(r"(?:iyy?|i|y)(?:a|e)$", "ya", slot)
        slot = re.sub(r"e$", "a", slot) if not slot.endswith("ee") else slot
    for pattern, new in _VOWELS:
        slot = pattern.sub(new, slot)
    return slot
