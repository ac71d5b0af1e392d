"""Quotes: the sentence behind a claim, with the words that decided marked.

In: a claim and its article. Out: a list of [text, marked] pieces that join up to the sentence, free of
control characters. Nothing here is HTML: the page shows the pieces as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from geo.articles import Article
from geo.claims import Claim

Piece = tuple[str, bool]

LONGEST = 700  # characters of a quote; longer sentences lose what is farthest from the evidence
# Characters that turn the direction of the text around them, and control characters other than white space.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text fit to be shown: no control characters, no direction overrides, white space as single blanks."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text))


def quote(claim: Claim, article: Article) -> list[Piece]:
    """The claim's sentence. Marked is the evidence; where that is the whole sentence, the words in it that count."""
    start, end = claim.sentence_start, claim.sentence_end
    marks = [(max(start, claim.evidence_start), min(end, claim.evidence_end))]
    if marks[0][1] - marks[0][0] > 0.9 * (end - start):
        words = (claim.place_text, claim.trigger, claim.from_text, claim.to_text)
        marks = merged(found for word in words if word for found in _find(article.text, word, start, end))
    return _shortened(pieces(article.text, start, end, marks))


def sentence(article: Article, start: int, end: int, place: str | None) -> list[Piece]:
    """Any sentence, with a place's name marked."""
    marks = merged(_find(article.text, place, start, end)) if place else []
    return _shortened(pieces(article.text, start, end, marks))


def pieces(text: str, start: int, end: int, marks: Iterable[tuple[int, int]]) -> list[Piece]:
    """text[start:end] cut at the marks, which are in order and do not overlap."""
    out: list[Piece] = []
    at = start
    for first, last in marks:
        if first >= last:
            continue
        out += [(text[at:first], False), (text[first:last], True)]
        at = last
    out.append((text[at:end], False))
    return [(clean(part), marked) for part, marked in out if part]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _find(text: str, word: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the word first stands in text[start:end], as whole words."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text[start:end], re.IGNORECASE)
    return [(start + found.start(), start + found.end())] if found else []


def _shortened(parts: Sequence[Piece]) -> list[Piece]:
    """Unmarked pieces lose their far ends when the whole is too long to read in a panel."""
    spare = LONGEST - sum(len(text) for text, marked in parts if marked)
    plain = [text for text, marked in parts if not marked]
    if sum(map(len, plain)) <= spare or not plain:
        return list(parts)
    each = max(60, spare // len(plain))
    out = []
    for at, (text, marked) in enumerate(parts):
        if not marked and len(text) > each:
            text = "… " + text[-each:] if at == 0 else text[:each] + " …"
        out.append((text, marked))
    return out
