"""Exports: read back by the programs that are meant to read them."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pytest
from claim_maker import claim, small_gazetteer, write_actors
from shapely.geometry import Polygon, box

from geo import exports
from geo.actors import ActorRegistry
from geo.claims import Claim, from_json
from geo.exports.features import collection, feature
from geo.exports.rows import Row
from geo.exports.sheets import sheet
from geo.gazetteer import Gazetteer
from geo.timeline import timeline

Made = tuple[Path, list[Claim]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return small_gazetteer()


@pytest.fixture(scope="module")
def actors(tmp_path_factory: pytest.TempPathFactory) -> ActorRegistry:
    return ActorRegistry.load(write_actors(tmp_path_factory.mktemp("gazetteer")))


def _claims() -> list[Claim]:
    return [
        claim(on="2016-08-01", by="rebels", of="government", article="a1"),
        claim("recapture", on="2016-12-13", by="government", of="rebels", article="a2", place_text="نبل"),
        claim("handover", on="2016-12-13", by="ypg", article="a3", place_id="anadan", place_name="Anadan"),
        claim("partial_capture", on="2016-12-13", by="hts", article="a4", place_id="aleppo-governorate/eastern",
              place_name="eastern Aleppo Governorate", place_kind="area", lat=36.2, lon=37.9),
        claim(on="2016-12-20", article="a5", place_id=None, place_text="=HYPERLINK(1)", lat=None, lon=None),
        claim(on="2016-12-21", article="a6", status="denied"),
    ]  # fmt: skip


def _write(output: Path, told: list[Claim], gazetteer: Gazetteer, actors: ActorRegistry) -> list[Path]:
    return exports.write(output, claims=told, states=timeline(told, actors), gazetteer=gazetteer, actors=actors)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer, actors: ActorRegistry) -> Made:
    output = tmp_path_factory.mktemp("output")
    told = _claims()
    paths = _write(output, told, gazetteer, actors)
    assert sorted(str(path.relative_to(output)) for path in paths) == [
        "claims.geojson",
        "claims.jsonl",
        "control.geojson",
        "geojson/2016-08-01.geojson",
        "geojson/2016-12-13.geojson",
    ]
    return output, told


def test_claims_jsonl_reads_back_as_the_same_claims(made: Made) -> None:
    output, told = made
    lines = (output / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    assert [from_json(json.loads(line)) for line in lines] == told  # they were written down in order


def test_claims_geojson_holds_every_claim_and_only_placed_ones_have_a_point(made: Made) -> None:
    output, told = made
    found = geopandas.read_file(output / "claims.geojson", engine="pyogrio")
    assert list(found["id"]) == [one.id for one in told]
    assert [one is not None for one in found.geometry] == [one.is_placed for one in told]
    assert (found.geometry[0].x, found.geometry[0].y) == (36.9944, 36.3722)
    assert found.crs == "EPSG:4326"
    assert found["place_text"][1] == "نبل"


def test_control_geojson_has_one_feature_a_place_and_interval(made: Made) -> None:
    output, told = made
    found = geopandas.read_file(output / "control.geojson", engine="pyogrio")
    assert list(zip(found["place_id"], found["condition"], found["controller_name"], found["colour"], strict=True)) == [
        ("aleppo-governorate/eastern", "partly_held", "HTS-led opposition", "#1b7837"),
        ("anadan", "held", "YPG", "#e6ab02"),
        ("nubl", "held", "Syrian rebels", "#1b7837"),
        ("nubl", "held", "Syrian government (Assad)", "#b2182b"),
    ]
    nubl = json.loads((output / "control.geojson").read_text(encoding="utf-8"))["features"][2]
    assert nubl["id"] == "nubl@2016-08-01"
    assert nubl["properties"]["start"] == "2016-08-01"
    assert nubl["properties"]["end"] == "2016-12-12"
    assert nubl["properties"]["previous_name"] == "Syrian government (Assad)"
    assert nubl["properties"]["claims"] == [told[0].id]
    assert nubl["properties"]["sources"] == 1


def test_a_day_holds_who_has_what_and_what_changed(made: Made) -> None:
    found = geopandas.read_file(made[0] / "geojson" / "2016-12-13.geojson", engine="pyogrio")
    assert list(zip(found["layer"], found["place_id"], strict=True)) == [
        ("control", "aleppo-governorate/eastern"),
        ("control", "anadan"),
        ("control", "nubl"),
        ("change", "aleppo-governorate/eastern"),
        ("change", "anadan"),
        ("change", "nubl"),
    ]
    changed = found[found["layer"] == "change"]
    assert list(changed["sub_event_type"].fillna("")) == [
        "",
        "Non-violent transfer of territory",
        "Non-state actor overtakes territory",
    ]
    assert list(changed["to_name"]) == ["HTS-led opposition", "YPG", "Syrian government (Assad)"]


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"][0]]
    return [part[0] for part in geometry["coordinates"]] if geometry["type"] == "MultiPolygon" else []


def test_every_file_is_geojson_as_rfc_7946_wants_it(made: Made) -> None:
    areas = 0
    for path in sorted(made[0].rglob("*.geojson")):
        found = json.loads(path.read_text(encoding="utf-8"))
        assert set(found) == {"type", "bbox", "features"}
        west, south, east, north = found["bbox"]
        assert 36 < west <= east < 40
        assert 35 < south <= north < 38
        for one in found["features"]:
            assert set(one) == {"type", "id", "geometry", "properties"}
            for ring in _rings(one["geometry"] or {"type": ""}):
                areas += 1
                assert ring[0] == ring[-1]
                assert Polygon(ring).exterior.is_ccw
            numbers = json.dumps((one["geometry"] or {}).get("coordinates", [])).replace("[", " ").replace("]", " ")
            assert all(len(number.partition(".")[2]) <= 6 for number in numbers.replace(",", " ").split())
    assert areas


def test_the_order_of_claims_does_not_reach_the_bytes(
    made: Made, tmp_path: Path, gazetteer: Gazetteer, actors: ActorRegistry
) -> None:
    told = _claims()
    random.Random(5).shuffle(told)  # noqa: S311
    for path in _write(tmp_path, told, gazetteer, actors):
        assert path.read_bytes() == (made[0] / path.relative_to(tmp_path)).read_bytes()


def test_a_day_without_changes_any_more_loses_its_file(
    tmp_path: Path, gazetteer: Gazetteer, actors: ActorRegistry
) -> None:
    _write(tmp_path, _claims(), gazetteer, actors)
    _write(tmp_path, _claims()[1:], gazetteer, actors)
    assert [path.name for path in (tmp_path / "geojson").iterdir()] == ["2016-12-13.geojson"]


def test_nothing_to_export_is_still_valid(tmp_path: Path, gazetteer: Gazetteer, actors: ActorRegistry) -> None:
    assert len(_write(tmp_path, [], gazetteer, actors)) == 3
    assert json.loads((tmp_path / "control.geojson").read_text()) == {"type": "FeatureCollection", "features": []}
    assert (tmp_path / "claims.jsonl").read_text() == ""


def test_a_position_that_was_not_checked_says_so(actors: ActorRegistry) -> None:
    known = small_gazetteer()
    unsure = replace(known.places["nubl"], certainty="uncertain")
    gazetteer = Gazetteer({**known.places, "nubl": unsure}, [])
    for table in ("control", "changes"):
        found = [json.loads(line) for line in _single(table, "jsonl", gazetteer, actors).splitlines()]
        said = {row["place_id"]: row["certainty"] for row in found}
        assert said == {"nubl": "uncertain", "anadan": None, "aleppo-governorate/eastern": None}


def test_rings_are_turned_and_rounded() -> None:
    clockwise = Polygon([(0, 0), (0, 1.00000049), (1, 1), (1, 0)])
    found = json.loads(
        collection([feature("a", {}, clockwise), feature("b", {}, box(2, 2, 3, 3)), feature("c", {}, None)])
    )
    assert found["bbox"] == [0.0, 0.0, 3.0, 3.0]
    assert Polygon(found["features"][0]["geometry"]["coordinates"][0]).exterior.is_ccw
    assert [0.0, 1.0] in found["features"][0]["geometry"]["coordinates"][0]
    assert found["features"][2]["geometry"] is None


def test_a_number_that_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        feature("a", {"radius_m": float("nan")}, None)


def _single(table: str, form: str, gazetteer: Gazetteer, actors: ActorRegistry, **more: Any) -> str:
    told = _claims()
    return exports.single(
        table, form, claims=told, states=timeline(told, actors), gazetteer=gazetteer, actors=actors, **more
    )


@pytest.mark.parametrize("table", ["claims", "control", "changes"])
def test_csv_has_the_columns_of_geojson(
    table: str, gazetteer: Gazetteer, actors: ActorRegistry, tmp_path: Path
) -> None:
    target = tmp_path / "table.csv"
    assert _single(table, "csv", gazetteer, actors, target=target) == target.read_bytes().decode()
    table_rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8"), newline="")))
    features = json.loads(_single(table, "geojson", gazetteer, actors, target=tmp_path / "x"))["features"]
    assert len(table_rows) == len(features)
    assert set(table_rows[0]) - {"lat", "lon"} == set(features[0]["properties"]) - {"lat", "lon"}
    assert all(row["lat"] for row in table_rows) == (table != "claims")


def test_no_text_reaches_a_spreadsheet_as_a_formula(
    gazetteer: Gazetteer, actors: ActorRegistry, tmp_path: Path
) -> None:
    rows = list(csv.DictReader(io.StringIO(_single("claims", "csv", gazetteer, actors, target=tmp_path / "x"))))
    assert [row["place_text"] for row in rows if "HYPER" in row["place_text"]] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_every_formula_sign_is_neutralised(text: str) -> None:
    made = sheet([Row("a", {"text": text, "lon": -1.5, "many": [text]}, None)], ["text", "lon", "many"])
    _, (cell, lon, many) = csv.reader(io.StringIO(made, newline=""))
    assert (cell, lon) == (f"'{text}", "-1.5")
    assert many.startswith(("'", "["))


def test_one_day_can_be_asked_for(
    gazetteer: Gazetteer, actors: ActorRegistry, capsys: pytest.CaptureFixture[str]
) -> None:
    text = _single("control", "csv", gazetteer, actors, on=date(2016, 12, 12))
    assert capsys.readouterr().out == text
    assert [row["place_id"] for row in csv.DictReader(io.StringIO(text))] == ["nubl"]


def test_an_unknown_table_or_format_is_refused(gazetteer: Gazetteer, actors: ActorRegistry) -> None:
    with pytest.raises(ValueError, match="towns"):
        _single("towns", "csv", gazetteer, actors)
    with pytest.raises(ValueError, match="xlsx"):
        _single("claims", "xlsx", gazetteer, actors)
