"""The data of a page: everything its script draws and says, as one JSON-ready dictionary.

In: layers, claims, articles, gazetteer and the looks of the sides. Out: plain dictionaries, the same for the
same input. Text of articles is cleaned of control characters here and is shown by the script as text only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from geo import timeline
from geo.articles import Article
from geo.basemap import geometry
from geo.claims import CHANGES, Claim
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer
from geo.layers import Layers, Spot
from geo.maps import words
from geo.maps.quotes import Piece, clean, quote, sentence
from geo.maps.sides import Sides, unknown
from geo.maps.tables import Pool
from geo.maps.towns import Town

# Columns of the tables, and those whose values are texts that come back often. A claim, state or change names its
# place, and a state its claims, by row number.
PLACE = ("id", "name", "lat", "lon", "kind", "radius", "within", "names", "local", "area", "unsure")
STATE = (
    "place", "condition", "start", "controller", "end", "previous", "rivals", "claims", "against", "sources", "last",
    "basis",
)  # fmt: skip
CHANGE = ("place", "date", "after", "before", "sources")
CLAIM = (
    "place", "as", "kind", "change", "status", "from", "to", "date", "publisher", "published", "sure", "quote", "dated",
    "placed", "because", "title", "url", "fromText", "toText", "fromBasis", "toBasis", "bounds", "by", "count", "told",
)  # fmt: skip
UNPLACED = ("reason", "publisher", "published", "quote", "as", "detail", "url")
POOLED = frozenset({
    "kind", "within", "condition", "start", "end", "controller", "previous", "rivals", "last", "basis", "date", "after",
    "before", "status", "from", "to", "publisher", "published", "dated", "placed", "because", "title", "url", "bounds",
    "fromText", "toText", "fromBasis", "toBasis", "by", "reason", "detail", "unsure",
})  # fmt: skip
# Reports on no map, on one page. A browser stays quick with them; report.html has all, by reason.
OWN_OUTLINE = 2
"""The value of `area` for a place drawn with the outline that the gazetteer gives it, and not with an estimate."""
UNPLACED_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Atlas:
    """What all pages of a build share. dates: (day, places changed on it), in order. base: `Basemap.as_json`."""

    title: str
    dates: Sequence[tuple[date, int]]
    articles: Mapping[str, Article]
    spots: Mapping[str, Spot]
    base: Mapping[str, Any]
    towns: Sequence[Town]
    gazetteer: Gazetteer
    sides: Sides
    as_known_on: date | None = None
    # A place, outline or claim looks the same on every page that has it, so each is worked out once.
    _made: dict[tuple[str, str], Any] = field(default_factory=dict)

    def place(self, place_id: str) -> dict[str, Any]:
        return self._once("place", place_id, lambda: _place(self.spots[place_id], self.gazetteer))

    def outline(self, place_id: str) -> dict[str, Any] | None:
        """The outline of an area as a GeoJSON geometry; None for a point."""
        shape = self.spots[place_id].outline
        return None if shape is None else self._once("outline", place_id, lambda: geometry(shape))

    def claim(self, claim: Claim) -> dict[str, Any]:
        return self._once("claim", claim.id, lambda: _claim(claim, self.articles))

    def _once(self, sort: str, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if (sort, name) not in self._made:
            self._made[sort, name] = make()
        made: dict[str, Any] = self._made[sort, name]
        return made


def page_data(atlas: Atlas, day: date | None, layers: Layers, claims: Sequence[Claim]) -> dict[str, Any]:
    """The data of one page. day is None for the index, which has them all; layers are cut to the day already."""
    shown = claims if day is None else _claims_of(day, layers, claims)
    placed = {i for claim in shown if (i := claim.place_id) is not None and i in atlas.spots}
    ids = sorted(placed | _ids(layers))
    rows = {place_id: at for at, place_id in enumerate(ids)}
    numbers = {claim.id: at for at, claim in enumerate(shown)}
    states = [
        _state(row, rows, numbers) for frame in (layers.control, layers.areas) for row in frame.to_dict("records")
    ]
    changes = [_change(row, rows) for row in layers.changes.to_dict("records")]
    told = [{**atlas.claim(claim), "place": rows.get(claim.place_id or "")} for claim in shown]
    lost = layers.unplaced.to_dict("records")
    pool = Pool()

    def table(found: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> dict[str, Any]:
        return pool.table(found, columns, POOLED.intersection(columns))

    data = {
        "title": clean(atlas.title),
        "day": _iso(day),
        "known": _iso(atlas.as_known_on),
        "dates": [[when.isoformat(), count] for when, count in atlas.dates],
        "sides": atlas.sides.looks(_used(states, changes, told)),
        "places": table(map(atlas.place, ids), PLACE),
        "outlines": {rows[one]: shape for one in ids if (shape := atlas.outline(one)) is not None},
        "states": table(states, STATE),
        "changes": table(changes, CHANGE),
        "claims": table(told, CLAIM),
        "unplaced": table((_unplaced(row, atlas.articles) for row in lost[:UNPLACED_SHOWN]), UNPLACED),
        "unplacedInAll": len(lost),
        "conditions": {str(key): value for key, value in words.CONDITIONS.items()},
        "statuses": {str(key): value for key, value in words.STATUSES.items()},
        "base": atlas.base,
        "towns": [[town.name, round(town.lat, 3), round(town.lon, 3), town.id] for town in atlas.towns],
    }  # fmt: skip
    return {**data, "texts": pool.texts}


def counts_by_day(claims: Iterable[Claim]) -> list[tuple[date, int]]:
    """(day, number of places reported changed), in order: the bars of the time line."""
    changes = (claim for claim in claims if claim.kind in CHANGES and timeline.counts(claim))
    places = {(claim.date, claim.place_id) for claim in changes if claim.date is not None}
    return sorted(Counter(day for day, _ in places).items())


def _claims_of(day: date, layers: Layers, claims: Sequence[Claim]) -> list[Claim]:
    """The claims behind a day's layers, and those dated or published on it."""
    wanted = {one for row in layers.changes.to_dict("records") for one in row["claims"]}
    for frame in (layers.control, layers.areas):
        for row in frame.to_dict("records"):
            wanted |= {*row["supporting"], *row["conflicting"]}
    return [claim for claim in claims if claim.id in wanted or day in (claim.date, claim.published)]


def _ids(layers: Layers) -> set[str]:
    return {place_id for frame in (layers.control, layers.areas, layers.changes) for place_id in frame["place_id"]}


def _used(*tables: Iterable[Mapping[str, Any]]) -> set[str]:
    """Ids of all sides that the page names."""
    sides = ("controller", "previous", "before", "after", "from", "to")
    found = {row.get(key) for rows in tables for row in rows for key in sides}
    found |= {rival for rows in tables for row in rows for rival in row.get("rivals") or ()}
    return {side for side in found if side is not None}


def _state(row: Mapping[Any, Any], places: Mapping[str, int], claims: Mapping[str, int]) -> dict[str, Any]:
    taker = row["taker_text"]
    return {
        "place": places[row["place_id"]],
        "condition": row["condition"],
        "start": _iso(row["start"]),
        "end": _iso(row["end"]),
        "controller": unknown(taker) if taker else row["controller"],
        "previous": row["previous"],
        "rivals": list(row["rivals"]) or None,
        "claims": [claims[one] for one in row["supporting"] if one in claims],
        "against": [claims[one] for one in row["conflicting"] if one in claims] or None,
        "sources": row["sources"],
        "last": _iso(row["last_reported"]),
        "basis": clean(row["basis"]) or None,
    }


def _change(row: Mapping[Any, Any], places: Mapping[str, int]) -> dict[str, Any]:
    taker = row["taker_text"]
    return {
        "place": places[row["place_id"]],
        "date": _iso(row["date"]),
        "before": row["before"],
        "after": unknown(taker) if taker else row["after"],
        "sources": row["sources"],
    }


def _place(spot: Spot, gazetteer: Gazetteer) -> dict[str, Any]:
    """Name, other names for the search, and what the place lies in."""
    anchor = spot.place_id.split("/", 1)[0]
    out: dict[str, Any] = {
        "id": spot.place_id,
        "name": clean(spot.name),
        "kind": spot.kind.replace("_", " "),
        "lat": round(spot.point.y, 4),
        "lon": round(spot.point.x, 4),
        "radius": round(spot.radius_m),
        "unsure": words.UNSURE.get(spot.certainty),
        "area": None if spot.outline is None else 1 if "/" in spot.place_id else OWN_OUTLINE,
    }
    try:
        names = [clean(name.text) for name in gazetteer.names_of(anchor)]
        local = next((text for text in (gazetteer.name_in(anchor, code) for code in ("ar", "fa", "he")) if text), None)
        above = [clean(place.name) for place in gazetteer.ancestors(anchor)]
    except NotFoundError:
        return out
    out["names"] = sorted(set(names) - {out["name"]}) or None
    out["within"] = above if anchor == spot.place_id else [clean(gazetteer.place(anchor).name), *above]
    if local and anchor == spot.place_id:
        out["local"] = clean(local)
    return out


def _claim(claim: Claim, articles: Mapping[str, Article]) -> dict[str, Any]:
    """What the panel says of a claim. Empty values are left out."""
    article = articles.get(claim.article)
    taker = unknown(claim.to_text) if claim.to_actor is None and claim.to_text else claim.to_actor
    out: dict[str, Any] = {
        "as": clean(claim.place_text),
        "kind": words.KINDS[claim.kind],
        "change": 1 if claim.kind in CHANGES else None,
        "status": str(claim.status),
        "from": claim.from_actor,
        "fromText": _other(claim.from_text, claim.from_name),
        "fromBasis": clean(claim.from_basis),
        "to": taker,
        "toText": _other(claim.to_text, claim.to_name) if taker == claim.to_actor else "",
        "toBasis": clean(claim.to_basis),
        "date": _iso(claim.date),
        "bounds": _bounds(claim),
        "dated": clean(words.how_dated(claim)),
        "placed": clean(words.how_placed(claim)),
        "by": clean(claim.attribution or ""),
        "publisher": clean(claim.publisher or claim.article),
        "title": clean(article.title) if article is not None else "",
        "url": link(claim.url),
        "published": _iso(claim.published),
        "sure": round(claim.confidence, 2),
        "because": clean(claim.confidence_basis),
        "count": claim.count,
        "told": len(claim.further_spans) + 1 if claim.further_spans else None,
        "quote": _pieces(quote(claim, article)) if article is not None else [],
    }
    return {key: value for key, value in out.items() if value not in (None, "", [])}


def link(url: str | None) -> str | None:
    """The address if a reader can safely follow it: http and https with a host, nothing else."""
    if url is None:
        return None
    try:
        parts = urlsplit(clean(url).strip())
    except ValueError:
        return None
    return clean(url).strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _unplaced(row: Mapping[Any, Any], articles: Mapping[str, Article]) -> dict[str, Any]:
    article = articles.get(row["article"])
    out = {
        "reason": words.reason(row["reason"]),
        "as": clean(row["place_text"] or ""),
        "detail": clean(row["detail"] or ""),
        "published": _iso(row["published"]),
        "publisher": clean((article.publisher if article is not None else None) or row["article"]),
        "url": link(article.url) if article is not None else None,
        "quote": _pieces(sentence(article, row["start"], row["end"], row["place_text"])) if article is not None else [],
    }
    return {key: value for key, value in out.items() if value not in (None, "", [])}


def _pieces(parts: Iterable[Piece]) -> list[str]:
    """Plain and marked pieces by turns, a plain one first: an even index is plain, an odd one marked."""
    out = [""]
    for text, marked in parts:
        if marked == (len(out) % 2 == 0):
            out[-1] += text
        else:
            out.append(text)
    return out


def _other(text: str | None, name: str | None) -> str:
    """The words used, where they are not just the actor's name."""
    return clean(text) if text and text != name else ""


def _bounds(claim: Claim) -> list[str]:
    """First and last possible day, where the day is not certain."""
    if claim.date_start is None or claim.date_end is None or claim.date_start == claim.date_end:
        return []
    return [claim.date_start.isoformat(), claim.date_end.isoformat()]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
