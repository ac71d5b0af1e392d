"""Outlines of places' own: areas.geojson read, and what is drawn, cut and exported with it."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from claim_maker import claim
from command import call, refused
from map_fixture import War, war
from shapely.geometry import Point, shape

from geo import areas, exports, layers
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.gazetteer.outlines import read_outlines
from geo.maps.payload import OWN_OUTLINE
from geo.timeline import timeline

DISTRICT = Path(__file__).parent / "data/district"
METRE = 1 / 111_320.0  # degrees of latitude
SQUARE = [[37.14, 36.22], [37.17, 36.22], [37.17, 36.24], [37.14, 36.24], [37.14, 36.22]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings or (SQUARE,))}


def feature(place: str, geometry: Any = None, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": place, "properties": {}, "geometry": geometry or polygon(), **more}


def collection(*features: Any) -> str:
    """One feature a line, the first in line 2."""
    return (
        '{"type": "FeatureCollection", "features": [\n'
        + ",\n".join(json.dumps(one, ensure_ascii=False) for one in features)
        + "\n]}\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "gazetteer"
    shutil.copytree(DISTRICT, target)
    return target


def with_outlines(folder: Path, text: str) -> Gazetteer:
    (folder / "areas.geojson").write_text(text, encoding="utf-8")
    return Gazetteer.load(folder, reference=False)


def test_a_gazetteer_without_the_file_has_no_outlines(folder: Path) -> None:
    assert Gazetteer.load(folder, reference=False).outlines == {}
    assert Gazetteer.load(folder, reference=False).outline("aleppo") is None


def test_outlines_are_read_by_id_or_by_property(folder: Path) -> None:
    hole = [[37.15, 36.225], [37.16, 36.225], [37.16, 36.23], [37.15, 36.225]]
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[x + 1, y, 350.5] for x, y in SQUARE]]]}
    text = "\ufeff" + collection(
        feature("sheikh-maqsoud", polygon(SQUARE, hole), properties={"source": "own drawing"}),
        feature("relation/7", many, properties={"place": "aleppo", "source": None}),
        {**feature("x", properties={"place": "nubl"}), "id": 9},
    )
    known = with_outlines(folder, text)
    assert list(known.outlines) == ["sheikh-maqsoud", "aleppo", "nubl"]
    assert [(one.line, one.source) for one in known.outlines.values()] == [(2, "own drawing"), (3, ""), (4, "")]
    quarter, city = known.outline("sheikh-maqsoud"), known.outline("aleppo")
    assert quarter is not None
    assert city is not None
    assert quarter.area == pytest.approx(0.03 * 0.02 - 0.01 * 0.005 / 2)
    assert not quarter.contains(Point(37.158, 36.2275))
    assert [round(v, 3) for v in city.bounds] == [37.14, 36.22, 38.17, 36.24]
    assert not city.has_z
    assert known.outlines["aleppo"].geometry == many


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type": "FeatureCollection",\n"features": [\n{]}', r"areas\.geojson:3: is not JSON \(.*, column 2\); mend"),
        ("", r"areas\.geojson:1: is not JSON"),
        ("[" * 100_000, r"areas\.geojson:1: is not JSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', r"areas\.geojson:1: is not JSON \(NaN is no number"),
        ("[]", r"areas\.geojson:1: is no GeoJSON FeatureCollection"),
        (json.dumps(feature("nubl")), r"areas\.geojson:1: is no GeoJSON FeatureCollection"),
        ('{"type": "FeatureCollection", "features": {}}', r"areas\.geojson:1: is no GeoJSON FeatureCollection"),
        ('{"features": [1], "type": "FeatureCollection", "features": []}', r'"features" stands twice'),
        (collection(feature("nubl"), 7), r"areas\.geojson:3: feature 2 is of no place"),
        (collection({**feature("nubl"), "id": 7}), r"areas\.geojson:2: feature 1 is of no place; give it the id"),
        (collection({**feature("nubl"), "type": "Thing"}), r"areas\.geojson:2: feature 1 is of no place"),
        (collection(feature("nubl"), feature("atlantis")), r"areas\.geojson:3: atlantis: no such place in places\.csv"),
        (collection(feature("lost-farm")), r"areas\.geojson:2: lost-farm: an outline of a place without a position"),
        (collection(feature("nubl"), feature("nubl")), r":3: nubl: a second outline \(the first is in line 2\)"),
        (collection(feature("nubl", {"type": "Point", "coordinates": [37, 36]})), r":2: nubl: Point is no outline"),
        (collection({**feature("nubl"), "geometry": None}), r":2: nubl: nothing is no outline"),
        (collection(feature("nubl", {"type": "Polygon"})), r":2: nubl: has no ring"),
        (collection(feature("nubl", {"type": "Polygon", "coordinates": []})), r":2: nubl: has no ring"),
        (collection(feature("nubl", {"type": "MultiPolygon", "coordinates": []})), r":2: nubl: has no polygon"),
        (collection(feature("nubl", polygon([]))), r":2: nubl: has no position"),
        (collection(feature("nubl", polygon([[37, "36"]]))), r'nubl: \[37, "36"\] is no position; write \[longitude'),
        (collection(feature("nubl", polygon([[True, 36]]))), r"nubl: \[true, 36\] is no position"),
        (collection(feature("nubl", polygon([[36.2, 97.1]]))), r"nubl: position \[36\.2, 97\.1\] is off the globe; "),
        (collection(feature("nubl", polygon([[1e400, 3]]))), r"is not JSON \(Infinity is no number"),
        (collection(feature("nubl", polygon([[9.5, 3]]))).replace("9.5", "1e400"), r"\[Infinity, 3\] is no position"),
        (collection(feature("nubl", polygon(SQUARE[:4]))), r"nubl: a ring is not closed"),
        (collection(feature("nubl", polygon([[37, 36], [38, 36], [37, 36]]))), r"nubl: a ring is not closed"),
        (
            collection(feature("nubl", polygon([[37, 36], [38, 37], [38, 36], [37, 37], [37, 36]]))),
            r"nubl: is no valid outline \(Self-intersection\[37\.5 36\.5\]\)",
        ),
        (collection(feature("nubl", polygon(SQUARE, [[x + 1, y] for x, y in SQUARE]))), r"Hole lies outside shell"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_with_its_line(folder: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        with_outlines(folder, text)
    assert "\n" not in str(caught.value)


def test_other_encodings_are_refused(folder: Path) -> None:
    (folder / "areas.geojson").write_bytes(collection(feature("nubl")).encode("utf-16"))
    with pytest.raises(InputError, match="is UTF-16 text; save it as UTF-8"):
        Gazetteer.load(folder, reference=False)


CITY = polygon([[37.05, 36.1], [37.35, 36.1], [37.35, 36.3], [37.05, 36.3], [37.05, 36.1]])
MIDDLE = (36.2, 37.2)  # of CITY; the point of Aleppo lies west of it


def _at(shape: Any, east_m: float, north_m: float) -> bool:
    """Whether the shape covers the point so many metres from MIDDLE."""
    lat = MIDDLE[0] + north_m * METRE
    return bool(shape.covers(Point(MIDDLE[1] + east_m * METRE / math.cos(math.radians(MIDDLE[0])), lat)))


@pytest.mark.parametrize(
    ("relation", "inside", "outside"),
    [
        ("eastern", [(13_300, 0), (13_300, 10_900), (300, 100)], [(13_600, 0), (0, 100), (-100, 0), (5000, 9000)]),
        ("eastern-parts", [(13_300, 10_900), (13_300, -10_900)], [(-100, 0), (13_300, 11_300)]),
        ("northeastern", [(9000, 9000), (13_300, 11_000)], [(9000, 0), (0, 9000), (-9000, 9000)]),
        ("eastern-and-southern-parts", [(13_300, 10_900), (0, -11_000), (9000, -9000)], [(-9000, 9000), (0, 9000)]),
        ("parts", [(13_300, 11_000), (-13_300, -11_000)], [(13_600, 0), (0, 11_300)]),
    ],
)
def test_parts_of_a_place_are_cut_from_its_outline(
    folder: Path, relation: str, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    known = with_outlines(folder, collection(feature("aleppo", CITY)))
    found = areas.outline(known, f"aleppo/{relation}")
    assert found is not None
    assert found.is_valid
    assert [spot for spot in inside if not _at(found, *spot)] == []
    assert [spot for spot in outside if _at(found, *spot)] == []
    lat, lon, reach = areas.centre(known, f"aleppo/{relation}") or (0, 0, 0)
    assert found.covers(Point(lon, lat))
    assert 5_000 < reach < 20_000


@pytest.mark.parametrize(
    "relation",
    ["east-of", "near", "centre", "countryside", "eastern-countryside", "eastern-outskirts", "20km-east-of", "airport",
     "between-nubl", "province", "within-9km"],
)  # fmt: skip
def test_all_other_relations_are_counted_from_point_and_radius(folder: Path, relation: str) -> None:
    plain = Gazetteer.load(folder, reference=False)
    known = with_outlines(folder, collection(feature("aleppo", CITY)))
    there = areas.outline(plain, f"aleppo/{relation}")
    assert there is not None
    assert areas.outline(known, f"aleppo/{relation}") == there
    assert areas.outline(known, "nubl/eastern") == areas.outline(plain, "nubl/eastern")
    assert areas.outline(known, "aleppo/eastern") != areas.outline(plain, "aleppo/eastern")


def test_an_outline_of_several_pieces_keeps_them(folder: Path) -> None:
    pieces = [[[[x + east, y] for x, y in SQUARE]] for east in (0, 0.1)]
    many = {"type": "MultiPolygon", "coordinates": pieces}
    known = with_outlines(folder, collection(feature("aleppo", many)))
    whole, east = areas.outline(known, "aleppo/parts"), areas.outline(known, "aleppo/eastern")
    assert whole is not None
    assert east is not None
    assert (whole.geom_type, east.geom_type) == ("MultiPolygon", "Polygon")
    assert east.within(shape({"type": "Polygon", "coordinates": pieces[1]}).buffer(2 * METRE))
    assert (areas.centre(known, "aleppo/parts") or (0, 0, 0))[2] == pytest.approx(5900, abs=200)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> War:
    """The small war, in which a quarter, a city and a country have outlines."""
    told = war()
    path = tmp_path_factory.mktemp("drawn") / "areas.geojson"
    wide = polygon([[35.7, 32.5], [42.0, 32.5], [42.0, 37.0], [35.7, 37.0], [35.7, 32.5]])
    outlines = (feature("aleppo", CITY), feature("ashrafieh"), feature("sheikh-maqsoud"), feature("syria", wide))
    path.write_text(collection(*outlines), encoding="utf-8")
    places = {**told.gazetteer.places}
    places["sheikh-maqsoud"] = replace(places["sheikh-maqsoud"], certainty="uncertain")
    entries = [name for place in places for name in told.gazetteer.names_of(place)]
    return replace(told, gazetteer=Gazetteer(places, entries, outlines=read_outlines(path, places)))


def test_a_quarter_is_drawn_with_its_outline_and_a_city_keeps_its_mark(drawn: War, tmp_path: Path) -> None:
    places = ("ashrafieh", "aleppo", "syria", "sheikh-maqsoud")
    told = [claim(by="sdf", place_id=place, article=place) for place in places]
    states = timeline(told, drawn.actors)
    tables = layers.layers(told, states, (), drawn.articles, drawn.gazetteer)
    assert set(tables.areas["place_id"]) == {"ashrafieh", "sheikh-maqsoud"}
    assert set(tables.control["place_id"]) == {"aleppo", "syria"}
    row = next(one for one in tables.areas.to_dict("records") if one["place_id"] == "sheikh-maqsoud")
    assert row["geometry"].equals(shape(polygon()))
    assert (row["kind"], row["radius_m"], row["certainty"]) == ("neighbourhood", 900, "uncertain")
    change = next(one for one in tables.changes.to_dict("records") if one["place_id"] == "sheikh-maqsoud")
    assert (change["area"], change["geometry"]) == (True, Point(37.1528, 36.2361))

    exports.write(tmp_path, claims=told, states=states, gazetteer=drawn.gazetteer, actors=drawn.actors)
    found = json.loads((tmp_path / "control.geojson").read_text("utf-8"))["features"]
    kinds = {one["properties"]["place_id"]: one["geometry"]["type"] for one in found}
    assert (kinds["ashrafieh"], kinds["aleppo"], kinds["syria"]) == ("Polygon", "Point", "Point")


def test_a_page_says_whose_the_edge_is(drawn: War) -> None:
    from geo.maps.payload import _place

    spots = layers.spots_of(drawn.claims, drawn.states, drawn.gazetteer)
    told = {place: _place(spots[place], drawn.gazetteer) for place in ("sheikh-maqsoud", "aleppo/eastern", "aleppo")}
    assert (told["sheikh-maqsoud"]["area"], told["aleppo/eastern"]["area"]) == (OWN_OUTLINE, 1)
    assert told["aleppo"]["area"] is None
    assert told["sheikh-maqsoud"]["unsure"] == "The position is uncertain: nobody has checked it."
    assert told["aleppo/eastern"]["unsure"] is None


def test_a_build_reads_the_outlines_and_its_manifest_names_them(own: Path) -> None:
    before = (own / "output" / "control.geojson").read_bytes()
    text = collection(feature("nubl"), feature("aleppo-governorate"))
    (own / "gazetteer" / "areas.geojson").write_text(text, encoding="utf-8")
    assert call("build").exit_code == 0
    manifest = (own / "output" / "manifest.json").read_text("utf-8")
    assert "gazetteer/areas.geojson" in manifest
    assert (own / "output" / "control.geojson").read_bytes() == before  # neither is reported as a whole
    (own / "gazetteer" / "areas.geojson").write_text(collection(feature("nubbl")), encoding="utf-8")
    assert "areas.geojson:2: nubbl: no such place in places.csv" in refused(call("build"))
    assert (own / "output" / "manifest.json").read_text("utf-8") == manifest
