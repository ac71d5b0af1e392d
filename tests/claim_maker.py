"""Claims for tests: a plain capture, of which a test changes what it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from geo.claims import Claim, Kind, Method, Status, claim_id
from geo.dates import Precision
from geo.gazetteer import Gazetteer, Place


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def claim(kind: str = "capture", on: str | None = "2024-11-29", **changed: Any) -> Claim:
    """A claim on Nubl by its own publisher, a day before publication; `by` takes it from `of`."""
    by, of = changed.pop("by", "rebels"), changed.pop("of", None)
    article = changed.get("article", f"{kind}-{on}-{by}-{changed.get('publisher', '')}")
    published = changed.pop("published", on)
    values: dict[str, Any] = {
        "article": article,
        "publisher": article,
        "url": None,
        "published": day(published),
        "status": Status.REPORTED,
        "place_text": "Nubl",
        "place_id": "nubl",
        "place_name": "Nubl",
        "place_kind": "settlement",
        "lat": 36.3722,
        "lon": 36.9944,
        "radius_m": 3000.0,
        "resolution": Method.EXACT,
        "resolution_score": 1.0,
        "resolution_basis": "the only place of this name",
        "count": None,
        "from_basis": "",
        "to_basis": "named",
        "date_precision": Precision.DAY,
        "date_basis": "named day",
        "attribution": None,
        "trigger": str(kind),
        "sentence_start": 0,
        "sentence_end": 60 + crc32(article.encode()) % 1000,  # no two articles tell it in one sentence
        "evidence_start": 4,
        "evidence_end": 30,
        "further_spans": (),
        "confidence": 0.8,
        "confidence_basis": "test",
        "engine": "test",
    }
    for side, actor in (("from", of), ("to", by)):
        values |= {f"{side}_actor": actor, f"{side}_name": actor, f"{side}_text": actor}
    when = day(on)
    values |= {"date": when, "date_start": when, "date_end": when}
    values |= changed
    values["status"] = Status(values["status"])
    place = values["place_id"] or values["place_text"]
    values.setdefault("id", claim_id(article, values["sentence_start"], values["sentence_end"], place, Kind(kind)))
    return Claim(kind=Kind(kind), **values)


_ACTORS = """\
id,name,bloc,colour,parent,countries,valid_from,valid_to,note
government,Syrian government (Assad),government,#b2182b,,SY,,2024-12-07,
islamic-state,Islamic State,islamic-state,#333333,,SY|IQ,,,
opposition,Syrian opposition,opposition,#1b7837,,SY,,,
hts,HTS-led opposition,opposition,#1b7837,opposition,SY,,,
nusra,Nusra Front,opposition,#1b7837,opposition,SY,,,
rebels,Syrian rebels,opposition,#1b7837,opposition,SY,,,
ypg,YPG,kurdish,#e6ab02,,SY,,,
"""
_ACTOR_NAMES = """\
actor,text,country,valid_from,valid_to,role,note
government,Syrian Arab Army,SY,,,,
islamic-state,Islamic State,,,,,
nusra,Nusra Front,SY,,,,
rebels,Syrian rebels,SY,,,,
ypg,YPG,SY,,,,
"""


def write_actors(folder: Path) -> Path:
    """A small registry: two factions and the rebels under one opposition, and a government that ends."""
    (folder / "actors.csv").write_text(_ACTORS, encoding="utf-8")
    (folder / "actor_names.csv").write_text(_ACTOR_NAMES, encoding="utf-8")
    return folder


def small_gazetteer() -> Gazetteer:
    """A town, a village, a district around them, and a place whose position nobody knows."""
    spots = [
        ("nubl", "Nubl", "settlement", 36.3722, 36.9944, 3000.0),
        ("anadan", "Anadan", "settlement", 36.29367, 37.04392, 2000.0),
        ("aleppo", "Aleppo", "settlement", 36.2012345678, 37.1611234567, 9000.0),
        ("aleppo-governorate", "Aleppo Governorate", "governorate", 36.2, 37.5, 80000.0),
        ("lost-hill", "Lost Hill", "hill", None, None, 0.0),
    ]
    return Gazetteer({row[0]: Place(*row, parent=None, country="SY") for row in spots})
