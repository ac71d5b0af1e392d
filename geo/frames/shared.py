"""Shared verbs: one verb told of two sides at once ("A took X and B Y", "X and Y fell to A and B respectively").

Comes from the frames of a sentence; gives them back with each place beside its own side. The words of
the sentence decide, as sorts in a row, because the tree hangs the second half anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from geo.claims import CHANGES
from geo.frames.elapsed import days_after
from geo.frames.frame import Frame
from geo.frames.lists import place_refs
from geo.frames.nouns import KINDS, is_class
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.frames.parties import is_body, is_demonym, side_ref
from geo.frames.phrases import one
from geo.frames.refs import PlaceRef, SideRef
from geo.frames.slots import conjuncts, doer, further_objects, is_passive, is_time, is_verb, undergoer
from geo.trees import Token

_ACTIVE = re.compile(r"[c,;]d*(?:S')?(?P<side>S)(?P<aside>,[^Vc]{1,8},)?(?P<filler>d*)(?P<place>P|Kx?P?|K)(?![V'])")
_BY = re.compile(r"c[dK]*(?P<place>P)(?P<prep>b|t)d*(?P<side>S)(?!V)")
_SIDES = re.compile(r"S(?:[c,]*[bt]?d*S)+")


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence as one letter a word: Side, Place, Kind of place, Verb; c and, b by, t to, d a word that describes."""

    letters: str
    tokens: tuple[Token, ...]


def dated_apart(frames: list[Frame], parsed: Parsed) -> list[Frame]:
    """The frames, and those of further objects that have days of their own: "took X on Sunday and Y on Monday"."""
    if not any(frame.places for frame in frames) or not any(is_time(t) for t in parsed.tokens):
        return frames
    frames = [f for frame in frames for f in (frame, *_days_after(frame, parsed))]
    out: list[Frame] = []
    for frame in frames:
        out.append(frame)
        if is_verb(frame.trigger) and frame.shape == "verb" and frame.places and frame.kind in CHANGES:
            told = {(r.start, r.end) for f in out for r in f.places}
            for name, apart in _days_apart(frame, parsed):
                if not any((r.start, r.end) in told for r in apart):
                    out.append(replace(frame, places=apart, beside=name))
        obj = undergoer(frame.trigger) if is_verb(frame.trigger) and frame.shape == "verb" and frame.places else None
        if obj is None or frame.kind not in CHANGES or is_passive(frame.trigger) or obj.i < frame.trigger.i:
            continue
        for further in further_objects(frame.trigger, obj):
            told = {(r.start, r.end) for f in out for r in f.places}
            refs = [r for r in place_refs(further, parsed) if (r.start, r.end) not in told and (r.text or r.kind_words)]
            if refs and not is_body(further, parsed):
                out.append(replace(frame, places=tuple(refs), beside=further))
    return out


_FURTHER = re.compile(r",?(?: and)?(?: the)?(?: (?:town|village|city|district|port|base) of)? ")
_APART = re.compile(
    r"(?: [a-z]+)? (?:a|an|the|one|two|three|four|five|six|several|\d+) "
    r"(?:hours?|days?|nights?|weeks?|evening|morning) (?:later|before|earlier|after|afterwards)\b"
    r"| (?:early |late )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


_JUST = re.compile(r",?(?: just| only| barely| about| some)? ")
_ON = re.compile(r",?(?: late| early)?(?: on| in)? ")


def _days_after(frame: Frame, parsed: Parsed) -> Iterator[Frame]:
    """ "took X, two days after Y", "took X on Sunday, a day after Y": Y was taken too; `beside` is its name."""
    if not is_verb(frame.trigger) or frame.shape != "verb" or frame.kind not in CHANGES:
        return
    text, start = parsed.masked.original, parsed.start
    ends = [place.end for place in frame.places if place.text]
    ends += [d.end for d in parsed.dates if any(_ON.fullmatch(text[e - start : d.start - start]) for e in ends)]
    for length, name in days_after(parsed):
        if name.i > frame.trigger.i and any(_JUST.fullmatch(text[e - start : length.start - start]) for e in ends):
            yield replace(frame, places=tuple(one(name, parsed, 0)), beside=name)


def _days_apart(frame: Frame, parsed: Parsed) -> Iterator[tuple[Token, tuple[PlaceRef, ...]]]:
    """ "took X on Sunday and Y the day before": a name right behind a date, with a day of its own counted from it."""
    text, ends = parsed.masked.original, {date.end for date in parsed.dates}
    for name, mention in parsed.names():
        if name.i <= frame.trigger.i or mention.sort not in PLACE_SORTS or not _APART.match(text[mention.end :]):
            continue
        before = max((end for end in ends if end <= parsed.start + mention.start), default=None)
        if before is None or not _FURTHER.fullmatch(text[before - parsed.start : mention.start]):
            continue
        between = parsed.tokens[frame.trigger.i + 1 : name.i]
        head = name.head if name.dep_ == "compound" and is_class(name.head, *KINDS) else name
        refs = tuple(r for r in one(head, parsed, 0) if r.text)
        if refs and not any(is_verb(t) for t in between):
            yield name, refs


def shared(frames: list[Frame], parsed: Parsed) -> list[Frame]:
    """The frames, with those that one verb tells of several sides taken apart."""
    if not any(f.shape == "verb" for f in frames):
        return frames
    words = parsed.forms
    if not words & {"and", "while", "respectively"}:
        return frames
    first = 0 if "respectively" in words else min(f.trigger.i for f in frames if f.shape == "verb")
    row = _row(parsed, first)
    out: list[Frame] = []
    for frame in frames:
        if frame.shape != "verb" or frame.reason is not None or not frame.places:
            out.append(frame)
        elif "respectively" in words:
            out += _respectively(frame, row, parsed)
        else:
            out += _gapped(frame, row, parsed)
    return out


def _row(parsed: Parsed, first: int) -> _Row:
    """The row from the first word that matters on; those before it are only counted."""
    return _Row("x" * first + "".join(_letter(t, parsed) for t in parsed.tokens[first:]), parsed.tokens)


_WORDS = {"and": "c", "while": "c", "but": "c", "by": "b", "to": "t", "'s": "'", "’s": "'"}


def _letter(token: Token, parsed: Parsed) -> str:
    mention = parsed.mention(token)
    if token.text in ",;":
        return token.text
    if token.lower_ in _WORDS:
        return _WORDS[token.lower_]
    if mention is not None and mention.sort in PLACE_SORTS:
        return "P"
    if is_body(token, parsed):
        return "S"
    if is_class(token, *KINDS, "count"):
        return "K"
    if is_verb(token) and token.dep_ not in ("amod", "compound"):
        return "V"
    return "d" if token.tag_ in ("DT", "CD", "JJ", "PRP$", "JJS", "RB") else "x"


def _gapped(frame: Frame, row: _Row, parsed: Parsed) -> Iterator[Frame]:
    """ "A took X and B Y": Y is B's; "X was taken by A and Y by B"."""
    passive = is_passive(frame.trigger) or frame.loser is None and frame.kind is not None and _fell(frame)
    found = list((_BY if passive else _ACTIVE).finditer(row.letters, frame.trigger.i + 1))
    others: list[Frame] = []
    taken: set[tuple[int, int]] = set()
    for match in found:
        side, place = row.tokens[match.start("side")], row.tokens[match.end("place") - 1]
        if not passive and not _is_gap(match, side, row):
            continue
        head = place if passive else row.tokens[match.start("place")]
        refs = [r for r in place_refs(head, parsed) if r.start >= parsed.at(row.tokens[match.start()])[0]]
        ref = side_ref(side, parsed)
        if refs and ref is not None:
            taken |= {(r.start, r.end) for r in refs}
            others.append(_instead(frame, refs, ref, match, passive, head))
    if not others:
        yield frame
        return
    rest = tuple(p for p in frame.places if not any(a < p.end and p.start < b for a, b in taken))
    if rest:
        yield replace(frame, places=rest)
    yield from others


def _fell(frame: Frame) -> bool:
    return frame.trigger.lower_.startswith("f") or frame.word.lower() in ("passed", "went", "returned")


def _is_gap(match: re.Match[str], side: Token, row: _Row) -> bool:
    """Not "and an army base near Y": a side right before a kind of place describes it."""
    if side.dep_ in ("nsubj", "nsubjpass") and is_verb(side.head) and side.head.i > side.i:
        return False
    if match.group("place").startswith("K"):
        return bool(match.group("aside") or match.group("filler"))
    return match.group()[0] == "c" or bool(match.group("aside"))


def _instead(
    frame: Frame, places: Iterable[PlaceRef], side: SideRef, match: re.Match[str], passive: bool, beside: Token
) -> Frame:
    """The same event with other places and the other side in the slot that the first one had."""
    out = replace(frame, places=tuple(places), beside=beside)
    if passive and match.group("prep") == "b" and frame.trigger.lower_ == "lost":
        return replace(out, loser=side)
    if passive or frame.kind != "withdrawal":
        return replace(out, taker=side)
    return replace(out, loser=side)


def _respectively(frame: Frame, row: _Row, parsed: Parsed) -> Iterator[Frame]:
    """ "X and Y fell to A and B respectively": the first to the first, the second to the second."""
    places = [p for p in frame.places if p.text]
    days = [
        token for d in parsed.dates if (token := parsed.token_at(d.start)) is not None and token.i > frame.trigger.i
    ]
    if len(days) == len(places) > 1:  # "fell on May 2 and May 9 respectively"
        for place, day in zip(places, days, strict=True):
            yield replace(frame, places=(place,), beside=parsed.tokens[day.i - 1])
        return
    for match in _SIDES.finditer(row.letters):
        sides = [side_ref(row.tokens[i], parsed) for i in range(*match.span()) if row.letters[i] == "S"]
        if len(sides) == len(places) > 1:
            for place, side in zip(places, sides, strict=True):
                yield replace(frame, places=(place,), taker=side)
            return
    takers = _adjectives(frame, parsed)
    if len(takers) == len(places) > 1:
        for place, side in zip(places, takers, strict=True):
            yield replace(frame, places=(place,), taker=side)
        return
    yield frame


def _adjectives(frame: Frame, parsed: Parsed) -> list[SideRef]:
    """ "Syrian and Turkish soldiers took X and Y respectively": the sides, the first of them an adjective alone."""
    subject = doer(frame.trigger)
    sides = [t for t in conjuncts(subject) if is_body(t, parsed) or is_demonym(t)] if subject is not None else []
    return [ref for t in sides if (ref := side_ref(t, parsed)) is not None]


__all__ = ["dated_apart", "shared"]
