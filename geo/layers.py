"""Layers: what a map draws, as tables with geometries.

In: claims, the control states made of them, and where places lie. Out: `Layers`, four tables. Geometries
are in degrees WGS 84, dates are `datetime.date`, `end` is None where a state still holds. `Layers.on`
cuts all of them down to one day.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import geopandas
import pandas as pd
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo import areas, timeline
from geo.areas import METRES_PER_DEGREE
from geo.articles import Article
from geo.claims import CHANGES, Claim, Dropped, Method, Reason
from geo.errors import NotFoundError
from geo.gazetteer import GROUNDS, Gazetteer
from geo.timeline import Condition, ControlState

Frame = TypeVar("Frame", bound=pd.DataFrame)

CRS = "EPSG:4326"
CONTESTED = frozenset({Condition.CONTESTED, Condition.DISPUTED, Condition.BESIEGED})

WIDEST_KM2 = 60_000.0
"""The largest area that is hatched: a governorate of the desert. Half a map under "northern Iraq" hides the rest."""
CONTROL = (
    "place_id", "name", "kind", "radius_m", "certainty", "controller", "previous", "rivals", "condition", "start",
    "end", "supporting", "conflicting", "sources", "last_reported", "basis", "taker_text", "geometry",
)  # fmt: skip
CHANGE = (
    "place_id", "name", "kind", "radius_m", "certainty", "date", "before", "after", "taker_text", "claims", "sources",
    "area", "geometry",
)  # fmt: skip
UNPLACED = ("article", "published", "place_text", "reason", "detail", "start", "end", "claim")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one place is drawn: a point, or the outline of an area with a point inside it (that of the gazetteer, where
    a place has an outline of its own).

    certainty: what the gazetteer says of the point; empty where it says nothing.
    """

    place_id: str
    name: str
    kind: str
    point: Point
    radius_m: float
    outline: BaseGeometry | None = None
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Layers:
    """The tables of a map.

    control: one row a state of a place drawn as a point (columns `CONTROL`). areas: the same for places
    drawn as polygons. changes: one row a place, day and taker (`CHANGE`). unplaced: one row a report that
    is on no map (`UNPLACED`); reason is a `Method`, a `Reason`, or "no_date". taker_text has the words for a
    side that took the place and that the registry does not know; None where there is no such side.
    """

    control: geopandas.GeoDataFrame
    areas: geopandas.GeoDataFrame
    changes: geopandas.GeoDataFrame
    unplaced: pd.DataFrame

    @property
    def contested(self) -> geopandas.GeoDataFrame:
        """The rows of control and areas where control is fought over, disputed or under siege."""
        both = [frame[frame["condition"].isin(list(CONTESTED))] for frame in (self.control, self.areas)]
        return _frame([row for frame in both for row in frame.to_dict("records")], CONTROL)

    def on(self, day: date) -> Layers:
        """The states that hold on the day, its changes, and what was published on it and could not be placed."""
        return Layers(
            control=_rows(self.control, _covering(self.control, day)),
            areas=_rows(self.areas, _covering(self.areas, day)),
            changes=_rows(self.changes, [when == day for when in self.changes["date"]]),
            unplaced=_rows(self.unplaced, [when == day for when in self.unplaced["published"]]),
        )


def layers(
    claims: Sequence[Claim],
    states: Sequence[ControlState],
    dropped: Sequence[Dropped],
    articles: Iterable[Article],
    gazetteer: Gazetteer,
) -> Layers:
    """All tables of a corpus, in a fixed order."""
    spots = spots_of(claims, states, gazetteer)
    known = {claim.id: claim for claim in claims}
    drawn = [(state, spots[state.place_id]) for state in states if state.place_id in spots]
    drawn.sort(key=lambda pair: (pair[0].place_id, pair[0].start))
    return Layers(
        control=_frame([_state_row(state, spot, known) for state, spot in drawn if spot.outline is None], CONTROL),
        areas=_frame([_state_row(state, spot, known) for state, spot in drawn if spot.outline is not None], CONTROL),
        changes=_frame(_change_rows(claims, states, spots), CHANGE),
        unplaced=_table(_unplaced_rows(claims, dropped, articles), UNPLACED),
    )


def spots_of(claims: Iterable[Claim], states: Iterable[ControlState], gazetteer: Gazetteer) -> dict[str, Spot]:
    """Where every place of the claims and states lies, by place id; places without a position are left out."""
    told = {claim.place_id: claim for claim in claims if claim.place_id is not None and claim.is_placed}
    ids = sorted({state.place_id for state in states} | {place_id for place_id in told if place_id is not None})
    found = {place_id: _spot(place_id, told.get(place_id), gazetteer) for place_id in ids}
    return {place_id: spot for place_id, spot in found.items() if spot is not None}


def _spot(place_id: str, claim: Claim | None, gazetteer: Gazetteer) -> Spot | None:
    """The gazetteer's word on a place; for areas and places of another layer, the claim's."""
    outline = areas.outline(gazetteer, place_id) if "/" in place_id else gazetteer.outline(place_id)
    try:
        place = gazetteer.place(place_id)
    except NotFoundError:
        place = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = Point(place.lon, place.lat)
        if outline is not None and (place.kind not in GROUNDS or _km2(outline) > WIDEST_KM2):
            outline = None  # a town is a mark that counts as one; its outline is there for its parts
        return Spot(place_id, place.name, place.kind, point, place.radius_m, outline, place.certainty)
    if outline is not None and not outline.is_empty:
        name = (claim.place_name or claim.place_text) if claim is not None else place_id
        drawn = outline if _km2(outline) <= WIDEST_KM2 else None
        return Spot(place_id, name, "area", outline.representative_point(), 0.0, drawn)
    if claim is None or claim.lat is None or claim.lon is None:
        return None
    name, kind = claim.place_name or claim.place_text, claim.place_kind or "place"
    return Spot(place_id, name, kind, Point(claim.lon, claim.lat), claim.radius_m or 0.0)


def _km2(shape: BaseGeometry) -> float:
    """The size of a shape in degrees, in square kilometres; good to a few per cent, which a threshold can bear."""
    return float(shape.area) * (METRES_PER_DEGREE / 1000) ** 2 * math.cos(math.radians(shape.centroid.y))


def _state_row(state: ControlState, spot: Spot, known: Mapping[str, Claim]) -> dict[str, Any]:
    takers = [known[one] for one in state.supporting if one in known] if state.controller is None else []
    return {
        "place_id": state.place_id,
        "name": spot.name,
        "kind": spot.kind,
        "radius_m": spot.radius_m,
        "certainty": spot.certainty or None,
        "controller": state.controller,
        "previous": state.previous,
        "rivals": state.rivals,
        "condition": str(state.condition),
        "start": state.start,
        "end": state.end,
        "supporting": state.supporting,
        "conflicting": state.conflicting,
        "sources": state.sources,
        "last_reported": state.last_reported,
        "basis": state.basis,
        "taker_text": _unknown_taker(takers),
        "geometry": spot.point if spot.outline is None else spot.outline,
    }


def _unknown_taker(claims: Iterable[Claim]) -> str | None:
    """The words of the first claim in which a side that the registry does not know takes the place."""
    for claim in claims:
        if claim.kind in CHANGES and claim.to_actor is None and claim.to_text:
            return claim.to_text
    return None


def _change_rows(
    claims: Iterable[Claim], states: Iterable[ControlState], spots: Mapping[str, Spot]
) -> list[dict[str, Any]]:
    """One row a place, day and taker; the loser is the claims' word, failing that the state before."""
    groups: dict[tuple[str, date, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind not in CHANGES or not timeline.counts(claim) or claim.date is None:
            continue
        if claim.place_id is not None and claim.place_id in spots:
            groups[claim.place_id, claim.date, claim.to_actor or ""].append(claim)
    before = {(state.place_id, state.start): state.previous for state in states}
    rows = []
    for (place_id, day, taker), found in sorted(groups.items()):
        found.sort(key=lambda claim: (-claim.confidence, claim.article, claim.evidence_start, claim.id))
        losers = [claim.from_actor for claim in found if claim.from_actor is not None]
        spot = spots[place_id]
        rows.append({
            "place_id": place_id,
            "name": spot.name,
            "kind": spot.kind,
            "radius_m": spot.radius_m,
            "certainty": spot.certainty or None,
            "date": day,
            "before": losers[0] if losers else before.get((place_id, day)),
            "after": taker or None,
            "taker_text": None if taker else _unknown_taker(found),
            "claims": tuple(claim.id for claim in found),
            "sources": len({claim.publisher or claim.article for claim in found}),
            "area": spot.outline is not None,
            "geometry": spot.point,
        })  # fmt: skip
    return rows


def _unplaced_rows(
    claims: Iterable[Claim], dropped: Iterable[Dropped], articles: Iterable[Article]
) -> list[dict[str, Any]]:
    """Reports that are on no map: claims without a place or a day, and candidates that became no claim."""
    published = {article.id: article.published for article in articles}
    rows = []
    for claim in claims:
        reason = _why_unplaced(claim)
        if reason is not None:
            detail = claim.date_basis if reason == Reason.NO_DATE else claim.resolution_basis
            span = (claim.sentence_start, claim.sentence_end)
            rows.append(_unplaced(claim.article, claim.published, claim.place_text, reason, detail, span, claim.id))
    for lost in dropped:
        span = (lost.sentence_start, lost.sentence_end)
        day = published.get(lost.article)
        rows.append(_unplaced(lost.article, day, lost.place_text, str(lost.reason), lost.detail, span, None))
    return sorted(
        rows, key=lambda row: (row["article"], row["start"], row["place_text"] or "", row["reason"], row["claim"] or "")
    )


def _why_unplaced(claim: Claim) -> str | None:
    """The reason why a claim is on no map, or None where it is on one."""
    if claim.resolution in (Method.AMBIGUOUS, Method.UNRESOLVED):
        return str(claim.resolution)
    if not claim.is_placed or claim.place_id is None:
        return str(Reason.PLACE_UNKNOWN)
    return str(Reason.NO_DATE) if claim.date is None else None


def _unplaced(
    article: str,
    day: date | None,
    place: str | None,
    reason: str,
    detail: str,
    span: tuple[int, int],
    claim: str | None,
) -> dict[str, Any]:
    return dict(zip(UNPLACED, (article, day, place, reason, detail, *span, claim), strict=True))


def _frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> geopandas.GeoDataFrame:
    """A table with a geometry column; the others hold objects, so that dates stay dates and None stays None."""
    data = _table(rows, [name for name in columns if name != "geometry"])
    return geopandas.GeoDataFrame(data, geometry=[row["geometry"] for row in rows], crs=CRS)


def _table(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})


def _covering(frame: pd.DataFrame, day: date) -> list[bool]:
    """Which states hold on the day."""
    spans = zip(frame["start"], frame["end"], strict=True)
    return [start <= day and (end is None or day <= end) for start, end in spans]


def _rows(frame: Frame, keep: Sequence[bool]) -> Frame:
    """The rows for which `keep` is true, in their order."""
    kept: Frame = frame[pd.Series(keep, index=frame.index, dtype=bool)]
    return kept
