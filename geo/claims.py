"""A claim: one place, one reported change or state of control, as one article reports it.

Comes from `reading`; goes to `timeline`, `layers`, `exports`. The columns and their meaning are
those of docs/codebook.md; the JSON form is flat, so the same columns serve every export.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from geo.dates import Precision


class Kind(StrEnum):
    """What is reported: five changes of control, then three states."""

    CAPTURE = "capture"
    RECAPTURE = "recapture"
    HANDOVER = "handover"
    WITHDRAWAL = "withdrawal"
    PARTIAL_CAPTURE = "partial_capture"
    HOLD = "hold"
    CONTESTED = "contested"
    SIEGE = "siege"


CHANGES = frozenset({Kind.CAPTURE, Kind.RECAPTURE, Kind.HANDOVER, Kind.WITHDRAWAL, Kind.PARTIAL_CAPTURE})


class Status(StrEnum):
    """How the article stands to it. Only `reported` claims move the map on their own date."""

    REPORTED = "reported"
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    BACKGROUND = "background"


class Method(StrEnum):
    """How a place name was matched to a place."""

    EXACT = "exact"
    FOLDED = "folded"
    ROMANISED = "romanised"
    FUZZY = "fuzzy"
    DESCRIPTION = "description"
    SPATIAL = "spatial"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. Coordinates in degrees WGS 84, radius in metres, dates inclusive, offsets in characters.

    place_id names a gazetteer place, or for an area `anchor/relation` (see `areas`). lat and lon are
    None where the place could not be placed; date is None where the article has no date.
    """

    id: str
    article: str
    publisher: str | None
    url: str | None
    published: date | None
    kind: Kind
    status: Status
    place_text: str
    place_id: str | None
    place_name: str | None
    place_kind: str | None
    lat: float | None
    lon: float | None
    radius_m: float | None
    resolution: Method
    resolution_score: float
    resolution_basis: str
    count: int | None
    from_actor: str | None
    from_name: str | None
    from_text: str | None
    from_basis: str
    to_actor: str | None
    to_name: str | None
    to_text: str | None
    to_basis: str
    date: datetime.date | None
    date_start: datetime.date | None
    date_end: datetime.date | None
    date_precision: Precision
    date_basis: str
    attribution: str | None
    trigger: str
    sentence_start: int
    sentence_end: int
    evidence_start: int
    evidence_end: int
    further_spans: tuple[tuple[int, int], ...]
    confidence: float
    confidence_basis: str
    engine: str

    @property
    def is_change(self) -> bool:
        """A reported change: the only sort of claim that sets a controller on its own date."""
        return self.kind in CHANGES and self.status is Status.REPORTED

    @property
    def is_placed(self) -> bool:
        return self.lat is not None and self.lon is not None

    def as_json(self) -> dict[str, Any]:
        """The flat JSON object of docs/codebook.md: ISO dates, plain strings, null for unknown."""
        out: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, StrEnum):
                value = str(value)
            elif field.name == "further_spans":
                value = [list(span) for span in value]
            out[field.name] = value
        return out


class Reason(StrEnum):
    """Why a sentence that looked like a change of control did not become a claim on the map."""

    NO_PLACE = "no_place"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_AMBIGUOUS = "place_ambiguous"
    NO_ACTOR = "no_actor"
    NOT_A_PLACE = "not_a_place"
    TOO_WIDE = "too_wide"
    NO_DATE = "no_date"
    DENIED = "denied"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    BACKGROUND = "background"
    NOT_CONTROL = "not_control"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that did not become a claim. Offsets in characters into the article's text."""

    article: str
    sentence_start: int
    sentence_end: int
    trigger: str
    place_text: str | None
    reason: Reason
    detail: str


_DATES = ("published", "date", "date_start", "date_end")


def claim_id(article: str, start: int, end: int, place: str, kind: Kind, nth: int = 0) -> str:
    """Sixteen hex digits that stay the same as long as article, evidence, place and kind do.

    nth: how many claims of the article have the same four, before this one in the text ("which the army had
    captured in 2020" inside the sentence that tells of the capture by others).
    """
    key = "\x1f".join((article, str(start), str(end), place, kind, *([str(nth)] if nth else [])))
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]


def from_json(row: dict[str, Any]) -> Claim:
    """The inverse of `Claim.as_json`. Raises KeyError or ValueError on a row of another form."""
    values = dict(row)
    for name in _DATES:
        values[name] = None if row[name] is None else date.fromisoformat(row[name])
    values["kind"], values["status"] = Kind(row["kind"]), Status(row["status"])
    values["resolution"], values["date_precision"] = Method(row["resolution"]), Precision(row["date_precision"])
    values["further_spans"] = tuple((a, b) for a, b in row["further_spans"])
    return Claim(**values)


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Sorted by article, then by where the evidence stands, then by id: the order of claims.jsonl."""
    return sorted(claims, key=lambda c: (c.article, c.evidence_start, c.evidence_end, c.id))


def as_jsonl(claims: Iterable[Claim]) -> str:
    """One JSON object a line, in order, UTF-8 text kept readable."""
    return "".join(json.dumps(c.as_json(), ensure_ascii=False) + "\n" for c in in_order(claims))


__all__ = [
    "CHANGES",
    "Claim",
    "Dropped",
    "Kind",
    "Method",
    "Reason",
    "Status",
    "as_jsonl",
    "claim_id",
    "from_json",
    "in_order",
    "replace",
]
