"""Speakers: whose words a quotation is, so that "we", "our men" and "ours" in it are a side.

Comes in: a place in an article's text. Goes out: the words of the sides that who speaks there is told to belong to, the
likeliest first ("a rebel commander", "who speaks for the group", "their spokesman"); nothing outside quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.discourse import Discourse, Said

_QUOTED = re.compile(r'"[^"\n]*"?|“[^“”\n]*”?|«[^«»\n]*»?')
_ROLE = (
    r"(?:spokes\w+|(?:deputy |field |military |local )?(?:commanders?|chief|leaders?|officials?|officers?|fighters?)"
    r"|general|colonel|captain|major|lieutenant|soldiers?|militiaman|minister|representative|envoy|sources?)\b"
)
_SAY = r"(?:sa(?:id|ys)|announced|told|declared|claimed|added|continued|wrote|tweeted|boasted|explained|confirmed)\b"
_MEMBER = re.compile(rf"(?:['’]s?)?(?: [\w-]+){{0,2}} {_ROLE}|,? (?:\w+ )?{_SAY}|:")
""" "a rebel commander", "the army's local chief", "the army said"."""
_OF = re.compile(
    rf"(?:{_ROLE}[\"”]? (?:of|for|from|with|in)|speak\w* for|said|says|added|declared) (?:the |a )?(?:\w+ )?$"
)
""" "a commander of the army", "who speaks for the army", "said the army"."""
_THEIR = re.compile(rf"\b(?P<whose>[Tt]heir|[Ii]ts|(?:the )?(?:group|movement|militia)['’]s) (?:[\w-]+ ){{0,2}}{_ROLE}")
_GROUP = re.compile(rf"\b(?:{_ROLE} (?:of|for|from)|speak\w* for) the (?:group|movement|militia)\b")
_SURNAME = re.compile(r"[A-Z][\w’'-]{2,}(?=[,.]| (?:sa(?:id|ys)|told|added|continued)\b|$)")
_NAMED = 60
"""Letters before a name in which the side of who bears it is told ("M23's spokesman Paul Ngabo")."""
_AROUND = 160
"""Letters beside a quotation in which its speaker is told."""


class Speakers:
    """Who speaks in the quotations of one article."""

    def __init__(self, text: str, discourse: Discourse) -> None:
        self._text, self._discourse = text, discourse
        self._quotes = [found.span() for found in _QUOTED.finditer(text)]

    def of(self, offset: int) -> Iterator[tuple[str, bool]]:
        """The sides of who speaks at an article offset, in the article's words; each with whether it must be a body
        of a name of its own ("who speaks for the group")."""
        quote = next(((a, b) for a, b in self._quotes if a < offset < b), None)
        if quote is None:
            return
        behind, before = self._beside(*quote)
        led_in = self._text[slice(*before)].rstrip().endswith(":")
        spans = (before,) if led_in else (behind, before)
        for span in spans:
            yield from self._belongs(span, quote[0])
        for span in spans:
            yield from self._known(span)

    def introduced(self, name: str, before: int) -> Iterator[tuple[str, bool]]:
        """The sides of somebody named so whom the article has introduced before an offset, as `of` gives them."""
        words = re.findall(r"[A-Z][\w’'-]{2,}", name)
        at = self._text.find(words[-1]) if words else -1
        if 0 <= at < before:
            start, stop = self._discourse.start_of(at), self._text.find("\n", at)
            end = min(at + _AROUND, stop if stop > 0 else len(self._text))
            yield from self._belongs((max(start, at - _NAMED), end), start)

    def _beside(self, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """What stands behind a quotation and before it, up to the next quotation, paragraph or sentence."""
        stop = min([a for a, _ in self._quotes if a >= end] + [end + _AROUND, len(self._text)])
        behind = re.split(r"\n|(?<=[a-z])\. ", self._text[end:stop])[0]
        first = max([b for _, b in self._quotes if b <= start] + [start - _AROUND, 0])
        before = re.split(r"\n|(?<=[a-z]{2})\. (?=\S)", self._text[first:start])[-1]
        return (end, end + len(behind)), (start - len(before), start)

    def _belongs(self, span: tuple[int, int], quote: int) -> Iterator[tuple[str, bool]]:
        """The sides that the words beside a quotation tell its speaker to belong to."""
        text, (start, end) = self._text, span
        for said in self._discourse.sides():
            if start <= said.start and said.end <= end:
                after, ahead = text[said.end : end], text[max(start, said.start - 40) : said.start]
                if _MEMBER.match(after) or _OF.search(ahead):
                    yield said.text, False
        whose, group = _THEIR.search(text, start, end), _GROUP.search(text, start, end)
        if whose is not None or group is not None:
            their = whose is not None and whose["whose"].lower() == "their"
            for said in self._meant(whose, quote):
                yield said.text, not their

    def _meant(self, whose: re.Match[str] | None, quote: int) -> list[Said]:
        """The sides that "their" or "the group" beside a quotation points back to: told before it."""
        words = whose["whose"].lower() if whose is not None else "the group"
        plural = {"their": True, "its": False}.get(words)
        return self._discourse.sides_before(quote, group=plural is None, plural=plural)

    def _known(self, span: tuple[int, int]) -> Iterator[tuple[str, bool]]:
        """The sides of somebody whom the article has introduced before: the sentence in which the name first stands."""
        for name in _SURNAME.findall(self._text[slice(*span)]):
            at = self._text.find(name)
            if at < 0 or at >= span[0]:
                continue
            start = self._discourse.start_of(at)
            first = max([b for _, b in self._quotes if start <= b <= at] + [start])
            end = min([a for a, _ in self._quotes if a > at] + [at + _AROUND, len(self._text)])
            yield from self._belongs((first, end), first)


__all__ = ["Speakers"]
