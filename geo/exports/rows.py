"""What an export says of a claim, a control state and a change: flat rows, the same for every format.

Columns are those of docs/codebook.md and docs/exports.md. Values are what JSON knows: dates are ISO text,
unknown is None, and several ids are a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.actors import Actor, ActorRegistry
from geo.claims import Claim, Kind, in_order
from geo.layers import Layers

CLAIM_COLUMNS = tuple(field.name for field in fields(Claim))
CONTROL_COLUMNS = (
    "place_id", "place_name", "place_kind", "lat", "lon", "radius_m", "certainty", "start", "end", "condition",
    "controller", "controller_name", "bloc", "colour", "previous", "previous_name", "rivals", "rival_names", "claims",
    "conflicting", "sources", "last_reported", "basis",
)  # fmt: skip
CHANGE_COLUMNS = (
    "place_id", "place_name", "place_kind", "lat", "lon", "radius_m", "certainty", "date", "kind", "from_actor",
    "from_name", "to_actor", "to_name", "bloc", "colour", "sub_event_type", "claims", "sources",
)  # fmt: skip

NON_VIOLENT = "Non-violent transfer of territory"
BY_GOVERNMENT = "Government regains territory"
BY_OTHERS = "Non-state actor overtakes territory"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an id that is unique in its table, the columns, and where it lies (None: not placed)."""

    id: str
    values: Mapping[str, Any]
    geometry: BaseGeometry | None


def claim_rows(claims: Iterable[Claim]) -> Iterator[Row]:
    """Every claim, placed or not, in the order of claims.jsonl."""
    for claim in in_order(claims):
        point = None if claim.lat is None or claim.lon is None else Point(claim.lon, claim.lat)
        yield Row(claim.id, claim.as_json(), point)


def control_rows(tables: Layers, actors: ActorRegistry) -> list[Row]:
    """Every place and interval, by place and start. The id is `place@start`."""
    records = [*tables.control.to_dict("records"), *tables.areas.to_dict("records")]
    records.sort(key=lambda record: (record["place_id"], record["start"]))
    return [_control_row(record, actors) for record in records]


def _control_row(record: Mapping[Any, Any], actors: ActorRegistry) -> Row:
    controller = _actor(record["controller"], actors)
    values = {
        "place_id": record["place_id"],
        "place_name": record["name"],
        "place_kind": record["kind"],
        "radius_m": record["radius_m"],
        "certainty": record["certainty"],
        "start": _plain(record["start"]),
        "end": _plain(record["end"]),
        "condition": record["condition"],
        "controller": record["controller"],
        "controller_name": _name(record["controller"], actors),
        "bloc": controller.bloc if controller is not None else None,
        "colour": controller.colour if controller is not None else None,
        "previous": record["previous"],
        "previous_name": _name(record["previous"], actors),
        "rivals": list(record["rivals"]),
        "rival_names": [_name(rival, actors) for rival in record["rivals"]],
        "claims": list(record["supporting"]),
        "conflicting": list(record["conflicting"]),
        "sources": record["sources"],
        "last_reported": _plain(record["last_reported"]),
        "basis": record["basis"],
    }
    return Row(f"{record['place_id']}@{values['start']}", values, record["geometry"])


def change_rows(tables: Layers, claims: Sequence[Claim], actors: ActorRegistry) -> list[Row]:
    """Every change of one place to one side on one day, by day and place. The id is `place@date@taker`."""
    known = {claim.id: claim for claim in claims}
    governs = governments(actors)
    records = sorted(tables.changes.to_dict("records"), key=lambda r: (r["date"], r["place_id"], r["after"] or ""))
    return [_change_row(record, known, actors, governs) for record in records]


def _change_row(
    record: Mapping[Any, Any], claims: Mapping[str, Claim], actors: ActorRegistry, governs: Callable[[str], bool]
) -> Row:
    first = claims[record["claims"][0]]
    taker = _actor(record["after"], actors)
    values = {
        "place_id": record["place_id"],
        "place_name": record["name"],
        "place_kind": record["kind"],
        "radius_m": record["radius_m"],
        "certainty": record["certainty"],
        "date": _plain(record["date"]),
        "kind": str(first.kind),
        "from_actor": record["before"],
        "from_name": _name(record["before"], actors),
        "to_actor": record["after"],
        "to_name": _name(record["after"], actors),
        "bloc": taker.bloc if taker is not None else None,
        "colour": taker.colour if taker is not None else None,
        "sub_event_type": sub_event(first.kind, record["after"], governs),
        "claims": list(record["claims"]),
        "sources": record["sources"],
    }
    return Row(f"{record['place_id']}@{values['date']}@{record['after'] or ''}", values, record["geometry"])


def sub_event(kind: Kind, taker: str | None, governs: Callable[[str], bool]) -> str | None:
    """The name that ACLED's codebook gives to a change, None where it has none (a part, an unknown taker)."""
    if kind in (Kind.HANDOVER, Kind.WITHDRAWAL):
        return NON_VIOLENT
    if kind not in (Kind.CAPTURE, Kind.RECAPTURE) or taker is None:
        return None
    return BY_GOVERNMENT if governs(taker) else BY_OTHERS


def governments(actors: ActorRegistry) -> Callable[[str], bool]:
    """Whether an actor is a state's: the registry knows it as "the government" of some country."""
    found = {name.actor for name in actors.names if name.role and "government" in name.text.casefold()}
    return found.__contains__


def _actor(actor_id: str | None, actors: ActorRegistry) -> Actor | None:
    return actors.actors.get(actor_id) if actor_id is not None else None


def _name(actor_id: str | None, actors: ActorRegistry) -> str | None:
    """The registry's name; an id that the registry does not know stands for itself."""
    found = _actor(actor_id, actors)
    return found.name if found is not None else actor_id


def _plain(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
