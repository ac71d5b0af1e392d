"""Words of time and the pieces of pattern built from them. Patterns are for text in lower case, blanks made spaces."""

from __future__ import annotations

_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
DAYS: dict[str, int] = {name: number for number, name in enumerate(_DAY_NAMES)}
DAYS |= {name[:3]: number for name, number in DAYS.items()} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_EXACT = {word: number for number, word in enumerate(_SMALL, 1)} | _TENS | {"a": 1, "an": 1}
NUMBERS: dict[str, tuple[int, int, int]] = {word: (number, number, number) for word, number in _EXACT.items()}
"""Least, likely and most of each number word. The vague ones were set by what news texts meant by them."""
NUMBERS |= {
    "a couple of": (2, 2, 3),
    "couple of": (2, 2, 3),
    "a few": (2, 3, 5),
    "few": (2, 3, 5),
    "several": (3, 4, 7),
    "some": (2, 3, 7),
    "many": (3, 5, 9),
    "dozens of": (24, 24, 60),
}
ORDINALS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}

S = " {1,3}"
"""A gap between two words."""
MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june|jun\.?|july|jul\.?|aug(?:ust|\.)?"
    r"|sep(?:tember|t\.?|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?![a-z0-9_])"
)
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z0-9_])"
    r"|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?![a-z0-9_])\.?)"
)
YEAR = r"(?:19|20)\d\d(?![\w%])(?![.,]\d)"
DAY_OF_MONTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
NUMBER = (
    r"(?:\d{1,3}|an|a(?: couple of| few)?|couple of|few|several|some|many|dozens of|one|tw(?:o|elve|enty)"
    r"|th(?:ree|irteen|irty)|fo(?:ur|urteen|rty)|fi(?:ve|fteen|fty)|six(?:teen|ty)?|seven(?:teen)?|eight(?:een)?"
    r"|nine(?:teen|ty)?|ten|eleven)"
)
UNIT = r"(?:hour|hr|day|night|week|fortnight|month|year|decade)"
TIME_OF_DAY = (
    r"(?:mornings?|afternoon|evening|night|noon|midday|midnight|dawn|overnight|sunrise|sunset|dusk|daybreak|nightfall)"
)


def number_of(word: str | None) -> tuple[int, int, int]:
    """Least, likely and most of a number as written; no word at all ("days ago") is two to seven."""
    if not word:
        return (2, 4, 7)
    if word.isdecimal():
        return (int(word), int(word), int(word))
    return NUMBERS.get(word, (1, 1, 1))
