"""Folding: one character in, one character out, so that offsets into the text stay true.

`fold` is what the scanner runs over whole articles and over the names it looks for. `plain` goes
further (it may shorten) and is what the index of names and a look-up share.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘`´ʿʾʼʻʽˈ′ʹ‛＇ʔʕ"
_DASHES = "-‐‑‒–−﹣－"
_SINGLE = {
    **dict.fromkeys(APOSTROPHES, "'"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("\t\n\r\f\v", " "),
    "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "æ": "a", "Æ": "a",
    "œ": "o", "Œ": "o", "þ": "t", "Þ": "t", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h", "ŋ": "n", "ə": "a", "Ə": "a",
    "ё": "е", "Ё": "е", "ى": "ي", "ی": "ي", "ک": "ك",
}  # fmt: skip


class _FoldTable(dict[int, int]):
    """A table for str.translate that works out each character once, when it first turns up."""

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_character(chr(code)))
        self[code] = folded
        return folded


def _fold_character(char: str) -> str:
    if char in _SINGLE:
        return _SINGLE[char]
    parts = unicodedata.normalize("NFKD", char)
    base = next((part for part in parts if not unicodedata.combining(part)), char)
    if base in _SINGLE:
        return _SINGLE[base]
    return base.casefold()[:1] or base


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The text in one case, without diacritics, one sign for all apostrophes, dashes and blanks.

    Every character yields exactly one, so `len(fold(text)) == len(text)` and offsets are kept. A combining
    mark that stands as a character of its own stays where it is.
    """
    if not text.isascii():
        # Few letters of a news text are not ASCII, and a text without them is translated ten times as fast.
        text = _FOREIGN.sub(_folded, text)
    return text.translate(_TABLE)


_FOREIGN = re.compile(r"[^\x00-\x7f]")


def _folded(found: re.Match[str]) -> str:
    return chr(_TABLE[ord(found[0])])


_MARKS = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u05b0-\u05c7]")
_SEPARATORS = re.compile(r"[^\w]+|_")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """The form under which names are indexed: folded, apostrophes gone, every other sign one blank."""
    folded = fold(text)
    if folded.isascii() and folded.isalnum():
        return folded
    folded = _MARKS.sub("", folded).replace("'", "")
    return _SEPARATORS.sub(" ", folded).strip()


ARTICLES = frozenset({"al", "el", "ul", "il", "l"})
# Only before a word that begins with the same consonant:
_SUN = frozenset(vowel + sun for vowel in "aeu" for sun in ("r", "s", "sh", "t", "th", "n", "d", "dh", "z"))
_LEADING = re.compile(r"^(?P<article>[a-z]{1,3})(?P<sep>[-\s]+)(?P<rest>.+)$", re.DOTALL)


def is_article(token: str, following: str) -> bool:
    """Whether a folded token is an Arabic article in front of the token that follows."""
    if token in ARTICLES:
        return bool(following)
    return token in _SUN and following.startswith(token[1:])


def strip_article(text: str) -> str:
    """The folded text without an article in front: "ar-raqqa" -> "raqqa", "an nabk" -> "nabk", "anjara" as it is."""
    folded = fold(text)
    found = _LEADING.match(folded)
    if found and is_article(found["article"], found["rest"]):
        return found["rest"]
    return folded


def strip_articles(plain_text: str) -> str:
    """A plain name without any of its articles: "deir ez zor" -> "deir zor"."""
    if " " not in plain_text:
        return plain_text
    tokens = plain_text.split()
    kept = [
        token for token, following in zip(tokens, [*tokens[1:], ""], strict=True) if not is_article(token, following)
    ]
    return " ".join(kept) or plain_text


def variants(text: str) -> frozenset[str]:
    """Folded surfaces under which a text may write this name: with and without hyphens, apostrophes, article.

    All are made by `fold`, so they can be looked for in folded text.
    """
    text = unicodedata.normalize("NFC", text)
    folded = _MARKS.sub("", fold(text)).strip()
    forms = {folded, folded.replace("'", ""), folded.replace("'", " ")}
    forms |= {form.replace("-", " ") for form in forms}
    forms |= {_LEADING.sub(r"\g<article>-\g<rest>", form) for form in forms if strip_article(form) != form}
    forms |= {_inner_hyphen(form) for form in forms}
    forms |= {strip_article(form) for form in forms}
    return frozenset(re.sub(r"\s+", " ", form).strip() for form in forms if form.strip())


def _inner_hyphen(form: str) -> str:
    """ "deir ez zor" -> "deir ez-zor": an article inside a name is mostly hyphened to its word."""
    tokens = form.split(" ")
    out = tokens[0]
    for before, token in itertools.pairwise(tokens):
        out += ("-" if is_article(before, token) else " ") + token
    return out
