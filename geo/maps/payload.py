"""The data of a page: everything its script draws and says, as one JSON-ready dictionary.

In: layers, claims, articles, gazetteer and actors. Out: plain dictionaries, the same for the same
input. Text of articles is cleaned of control characters here and is shown by the script as text only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from geo import timeline
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.basemap import Basemap
from geo.claims import CHANGES, Claim
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer
from geo.layers import Layers, Spot, feature_collection
from geo.maps import words
from geo.maps.quotes import Piece, clean, quote, sentence

# One marker shape a bloc, in the order in which blocs appear in the registry; after these they repeat.
SHAPES = ("circle", "square", "diamond", "triangle", "pentagon", "down", "hexagon", "cross", "star")
NOBODY = {"name": "Nobody reported", "bloc": "", "colour": "#8a8a84", "shape": "circle"}
# How many towns are named on the base besides the places of the claims.
TOWNS = 60
TOWN_KINDS = frozenset({"city", "town", "settlement"})


def page_data(
    *,
    title: str,
    day: date | None,
    dates: Sequence[tuple[date, int]],
    layers: Layers,
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    spots: Mapping[str, Spot],
    base: Basemap,
    gazetteer: Gazetteer,
    actors: ActorRegistry,
) -> dict[str, Any]:
    """The data of one page. day is None for the index, which has them all."""
    shown = claims if day is None else _claims_of(day, layers, claims)
    ids = sorted({i for claim in shown if (i := claim.place_id) is not None and i in spots} | _ids(layers))
    places = {place_id: _place(spots[place_id], gazetteer) for place_id in ids}
    return {
        "title": clean(title),
        "day": day.isoformat() if day else None,
        "dates": [[when.isoformat(), count] for when, count in dates],
        "actors": _actors(_used(shown, layers), actors),
        "places": places,
        "control": feature_collection(layers.control),
        "areas": feature_collection(layers.areas),
        "changes": feature_collection(layers.changes),
        "claims": {claim.id: _claim(claim, articles) for claim in shown},
        "unplaced": [_unplaced(row, articles) for row in layers.unplaced.to_dict("records")],
        "conditions": {str(key): value for key, value in words.CONDITIONS.items()},
        "statuses": {str(key): value for key, value in words.STATUSES.items()},
        "base": base.as_geojson(),
        "towns": _towns(base, gazetteer),
    }


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


def _used(claims: Iterable[Claim], layers: Layers) -> set[str]:
    """Ids of all actors that the page names."""
    found = {actor for claim in claims for actor in (claim.from_actor, claim.to_actor)}
    for frame in (layers.control, layers.areas):
        for row in frame.to_dict("records"):
            found |= {row["controller"], row["previous"], *row["rivals"]}
    for row in layers.changes.to_dict("records"):
        found |= {row["before"], row["after"]}
    return {actor for actor in found if actor is not None}


def _actors(used: Iterable[str], registry: ActorRegistry) -> dict[str, Any]:
    """Name, colour and shape of each actor; one that the registry does not know is drawn in grey."""
    blocs = list(dict.fromkeys(actor.bloc for actor in registry.actors.values()))
    out: dict[str, Any] = {"": NOBODY}
    for actor_id in sorted(used):
        actor = registry.actors.get(actor_id)
        if actor is None:
            out[actor_id] = {**NOBODY, "name": actor_id}
            continue
        shape = SHAPES[blocs.index(actor.bloc) % len(SHAPES)]
        out[actor_id] = {"name": clean(actor.name), "bloc": clean(actor.bloc), "colour": actor.colour, "shape": shape}
    return out


def _place(spot: Spot, gazetteer: Gazetteer) -> dict[str, Any]:
    """Name, other names for the search, and what the place lies in."""
    anchor = spot.place_id.split("/", 1)[0]
    out: dict[str, Any] = {
        "name": clean(spot.name),
        "kind": spot.kind.replace("_", " "),
        "lat": round(spot.point.y, 4),
        "lon": round(spot.point.x, 4),
        "radius": round(spot.radius_m),
        "area": spot.outline is not None,
    }
    try:
        names = [clean(name.text) for name in gazetteer.names_of(anchor)]
        local = next((text for text in (gazetteer.name_in(anchor, code) for code in ("ar", "fa", "he")) if text), None)
        above = [clean(place.name) for place in gazetteer.ancestors(anchor)]
    except NotFoundError:
        return {**out, "names": [], "within": []}
    out["names"] = sorted(set(names) - {out["name"]})
    out["within"] = above if anchor == spot.place_id else [clean(gazetteer.place(anchor).name), *above]
    if local and anchor == spot.place_id:
        out["local"] = clean(local)
    return out


def _claim(claim: Claim, articles: Mapping[str, Article]) -> dict[str, Any]:
    """What the panel says of a claim. Empty values are left out."""
    article = articles.get(claim.article)
    out: dict[str, Any] = {
        "place": claim.place_id,
        "as": clean(claim.place_text),
        "kind": words.KINDS[claim.kind],
        "change": claim.kind in CHANGES,
        "status": str(claim.status),
        "from": claim.from_actor,
        "fromText": _other(claim.from_text, claim.from_name),
        "fromBasis": clean(claim.from_basis),
        "to": claim.to_actor,
        "toText": _other(claim.to_text, claim.to_name),
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
        "told": len(claim.further_spans) + 1,
        "quote": _pieces(quote(claim, article)) if article is not None else [],
    }
    return {key: value for key, value in out.items() if value not in (None, "", [])}


def link(url: str | None) -> str | None:
    """The address if a reader can safely follow it: http and https with a host, nothing else."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


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


def _towns(base: Basemap, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """The largest towns of the gazetteer inside the window, to find one's way by."""
    window = base.window
    found = [
        place
        for place in gazetteer.places.values()
        if place.kind in TOWN_KINDS
        and place.population > 0
        and place.lat is not None
        and place.lon is not None
        and window.south < place.lat < window.north
        and window.west < place.lon < window.east
    ]
    found.sort(key=lambda place: (-place.population, place.id))
    return [
        {"id": place.id, "name": clean(place.name), "lat": round(place.lat or 0, 4), "lon": round(place.lon or 0, 4)}
        for place in found[:TOWNS]
    ]


def _pieces(parts: Iterable[Piece]) -> list[list[Any]]:
    return [[text, 1] if marked else [text] for text, marked in parts]


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
