"""The work queue: names that articles used and no place was found for, with what each may be and how to settle it.

The `unmapped` rows of a build's report.json come in; one `Unresolved` a name goes out, the most frequent first.
"""

from __future__ import annotations

import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo import names, spatial
from geo.claims import Reason
from geo.gazetteer import Candidate, Gazetteer, Match, Place
from geo.resolve.phrases import clean, kind_off

REASONS = frozenset({str(Reason.PLACE_UNKNOWN), str(Reason.PLACE_AMBIGUOUS)})
CANDIDATES = 4
"""Places offered for a name: beyond these the likeness is too weak to be worth a look."""
_PROGRAM = "controlmap gazetteer"
_LIKE = frozenset({Match.ROMANISED, Match.FUZZY})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that the name may be, how well it fits (0..1), why, and the command that says so."""

    place: Place
    score: float
    because: str
    command: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that could not be placed. sentence: the first one that holds it, of `article`, beginning at `start`.

    command: what settles it if the first proposal is right; without any, what to look for and then to add.
    """

    text: str
    count: int
    articles: tuple[str, ...]
    reasons: tuple[str, ...]
    detail: str
    article: str
    start: int
    sentence: str
    proposals: tuple[Proposal, ...]
    command: str


def queue(unmapped: Iterable[Mapping[str, Any]], gazetteer: Gazetteer, limit: int | None = None) -> list[Unresolved]:
    """The names of the rows whose reason is an unknown or an ambiguous place; only the first `limit` of them."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in unmapped:
        text = " ".join((row["place_text"] or "").split())
        if row["reason"] in REASONS and text:
            groups[names.plain(core(text)) or text.casefold()].append(row)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_item(rows, gazetteer) for _, rows in ranked[:limit]]


def core(text: str) -> str:
    """The name in a phrase: of "the western countryside of X" and of "X village" it is X."""
    text = clean(text)
    phrase = spatial.parse(text)
    if phrase is not None and phrase.anchor.strip():
        text = clean(phrase.anchor)
    named = kind_off(text)
    return named.name if named is not None and named.word.group in ("settlement", "quarter") else text


def _item(rows: Sequence[Mapping[str, Any]], gazetteer: Gazetteer) -> Unresolved:
    spellings = Counter(core(" ".join(row["place_text"].split())) for row in rows)
    text = min(spellings, key=lambda one: (-spellings[one], one))
    first = min(rows, key=lambda row: (row["article"], row["start"]))
    proposals = tuple(_proposals(text, first, gazetteer))
    words = shlex.quote(text)
    unknown = f"{_PROGRAM} lookup {words} --json | head -1 | {_PROGRAM} add -"
    return Unresolved(
        text=text, count=len(rows), articles=tuple(sorted({row["article"] for row in rows})),
        reasons=tuple(sorted({row["reason"] for row in rows})), detail=first["detail"], article=first["article"],
        start=first["start"], sentence=" ".join(first["sentence"].split()), proposals=proposals,
        command=proposals[0].command if proposals else unknown,
    )  # fmt: skip


def _proposals(text: str, row: Mapping[str, Any], gazetteer: Gazetteer) -> Iterator[Proposal]:
    written = " ".join(row["place_text"].split())
    candidates = gazetteer.lookup(text)[:CANDIDATES]
    spelt = any(candidate.match not in _LIKE for candidate in candidates)
    for candidate in candidates:
        command = _command(text, written, row, candidate, spelt)
        yield Proposal(candidate.place, round(candidate.score, 3), candidate.because, command)


def _command(text: str, written: str, row: Mapping[str, Any], candidate: Candidate, spelt: bool) -> str:
    """A spelling that no place has becomes one; a name that some place has is settled for the article alone.

    A place whose position is not known needs one: that no program can give.
    """
    place = candidate.place
    if place.layer == "workspace" and not place.has_point:
        return f'{_PROGRAM} move {shlex.quote(place.id)} "LAT LON"'
    if place.layer == "workspace" and candidate.match in _LIKE and not spelt:
        return f"{_PROGRAM} alias {shlex.quote(place.id)} {shlex.quote(text)}"
    return f"{_PROGRAM} judge {shlex.quote(row['article'])} {shlex.quote(written)} {shlex.quote(place.id)}"
