"""Linked Places Format, LP-TSV and tables: out and in again is the same gazetteer; what others wrote is read."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from geo import edits
from geo.edits.importing import Brought, Clash, import_entries, kinds_of
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.interchange import (
    Entry,
    own_entries,
    read_lpf,
    read_lptsv,
    read_mapped,
    write_lpf,
    write_lptsv,
    write_mapped,
)

ROOT = Path(__file__).resolve().parents[1]
DISTRICT = ROOT / "tests/data/district"
KINDS = frozenset(edits.places.KINDS)
Reader = Callable[[Path, frozenset[str]], Iterator[Entry]]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A gazetteer with the headers of its tables alone."""
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    for name in ("places.csv", "names.csv"):
        header = (ROOT / "gazetteer" / name).read_text("utf-8").splitlines()[0]
        (folder / name).write_text(header + "\n", encoding="utf-8")
    return folder


def bring(folder: Path, entries: Iterable[Entry], **how: object) -> Brought:
    with edits.editing(folder) as session:
        return import_entries(session, entries, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "write", "read"),
    [("places.geojson", write_lpf, read_lpf), ("places.tsv", write_lptsv, read_lptsv)],
    ids=["lpf", "lp-tsv"],
)
def test_the_default_gazetteer_out_and_in_is_the_same_to_the_byte(
    empty: Path, tmp_path: Path, name: str, write: Callable[[Iterable[Entry]], str], read: Reader
) -> None:
    file = tmp_path / name
    file.write_text(write(own_entries(ROOT / "gazetteer")), encoding="utf-8")
    made = bring(empty, read(file, KINDS))
    for table in ("places.csv", "names.csv"):
        assert (empty / table).read_bytes() == (ROOT / "gazetteer" / table).read_bytes()
    again = bring(empty, read(file, KINDS), clash=Clash.UPDATE)
    assert len(made.added) == len(own_entries(ROOT / "gazetteer"))
    assert (again.added, again.updated, again.names) == ((), (), 0)


HARD = (
    'id,name,kind,lat,lon,radius_m,certainty,parent,country,population,pcode,geonames,wikidata,source,note\n'
    'a,"""A"", the; first | @ one",settlement,36.1,37.2,1250.5,uncertain,b,SY,12,P;1,,Q7,"a ""source"" @x",'
    '"""quoted"" start"\n'
    "b,B,governorate,,,900,less-certain,,SY,,,,,,no position\n"
    "c,ج,base,-0.5,-179.99999,,,b,,,,5,,s,\n"
)  # fmt: skip
HARD_NAMES = (
    "place,text,language,script,kind,valid_from,valid_to,source\n"
    'a,"""A"", the; first | @ one",en,Latn,preferred,,,own\n'
    'a,"semi;colon, | bar % @ at",en,Latn,historic,2011-03,2012-07-04,"x|y;z"\n'
    "a,حلب,ar,Arab,preferred,,,\n"
    "c,Ж,uk,Cyrl,generic,,2020,own\n"
)


@pytest.mark.parametrize(
    ("name", "write", "read"),
    [("places.geojson", write_lpf, read_lpf), ("places.tsv", write_lptsv, read_lptsv)],
    ids=["lpf", "lp-tsv"],
)
def test_hard_cells_come_back_as_they_were(
    empty: Path, tmp_path: Path, name: str, write: Callable[[Iterable[Entry]], str], read: Reader
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "places.csv").write_text(HARD, encoding="utf-8")
    (source / "names.csv").write_text(HARD_NAMES, encoding="utf-8")
    file = tmp_path / name
    file.write_text(write(own_entries(source)), encoding="utf-8")
    bring(empty, read(file, KINDS))
    before, after = (Gazetteer.load(folder, reference=False) for folder in (source, empty))
    assert dict(after.places) == dict(before.places)
    assert all(after.names_of(place) == before.names_of(place) for place in before.places)


@pytest.mark.parametrize(
    ("delimiter", "quoting", "encoding"),
    [("\t", csv.QUOTE_MINIMAL, "utf-8-sig"), (";", csv.QUOTE_ALL, "utf-8-sig"), (",", csv.QUOTE_MINIMAL, "utf-8")],
)
def test_lptsv_that_a_spreadsheet_saved(
    empty: Path, tmp_path: Path, delimiter: str, quoting: int, encoding: str
) -> None:
    rows = list(csv.reader(io.StringIO(write_lptsv(own_entries(DISTRICT))), delimiter="\t"))
    file = tmp_path / "saved.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    bring(empty, read_lptsv(file, KINDS))
    before, after = (Gazetteer.load(folder, reference=False) for folder in (DISTRICT, empty))
    assert dict(after.places) == dict(before.places)
    assert all(set(after.names_of(place)) == set(before.names_of(place)) for place in before.places)


def test_lpf_is_valid_geojson_with_the_required_members() -> None:
    data = json.loads(write_lpf(own_entries(DISTRICT)))
    assert data["type"] == "FeatureCollection"
    assert data["@context"].startswith("https://")
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert feature["@id"]
        assert feature["properties"]["title"] == feature["names"][0]["toponym"]
        assert set(feature["properties"]["fclasses"]) <= set("AHLPRST")
        assert feature["names"][0]["citations"][0]["label"]
        assert feature["geometry"] is None or feature["geometry"]["type"] == "Point"


FOREIGN_LPF = {
    "type": "FeatureCollection",
    "features": [
        {
            "@id": "http://gaz.example/places/p_1", "type": "Feature",
            "properties": {"title": "Oldtown", "ccodes": ["GB"], "fclasses": ["P"]},
            "names": [
                {"toponym": "Oldtown", "citations": [{"label": "An old map (1700)"}]},
                {"toponym": "Old Town", "lang": "en-Latn", "when": {"timespans": [{"start": {"in": "1600"}}]}},
            ],
            "types": [{"identifier": "aat:300008375", "label": "town"}],
            "geometry": {"type": "GeometryCollection",
                         "geometries": [{"type": "Point", "coordinates": [-1.28, 51.67]}]},
            "links": [{"type": "exactMatch", "identifier": "http://www.geonames.org/2657780/"},
                      {"type": "closeMatch", "identifier": "https://www.wikidata.org/wiki/Q321"}],
            "relations": [{"relationType": "gvp:broaderPartitive", "relationTo": "http://gaz.example/places/p_2"}],
            "descriptions": [{"value": "a market  town"}],
        },
        {
            "@id": "http://gaz.example/places/p_2", "type": "Feature", "properties": {"title": "The Shire"},
            "names": [{"toponym": "The Shire"}], "types": [{"label": "county"}],
            "geometry": {"type": "Polygon", "coordinates": [[[-2, 51], [-1, 51], [-1, 52], [-2, 52], [-2, 51]]]},
        },
        {
            "@id": "http://gaz.example/places/p_3", "type": "Feature", "properties": {"title": "Nowhere"},
            "names": [{"toponym": "Nowhere"}], "geometry": {"type": "GeometryCollection", "geometries": ["null"]},
        },
    ],
}  # fmt: skip


def test_lpf_of_another_gazetteer(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "foreign.json"
    file.write_text(json.dumps(FOREIGN_LPF))
    bring(empty, read_lpf(file, KINDS), source="an import")
    known = Gazetteer.load(empty, reference=False)
    town, shire, nowhere = (known.place(f"p_{number}") for number in (1, 2, 3))
    assert (town.name, town.kind, town.lat, town.lon, town.country) == ("Oldtown", "settlement", 51.67, -1.28, "GB")
    assert (town.geonames, town.wikidata, town.parent, town.note) == ("2657780", "Q321", "p_2", "a market town")
    assert (town.source, nowhere.source) == ("An old map (1700)", "an import")
    assert [(n.text, n.language, n.script, n.valid_from) for n in known.names_of("p_1")[1:]] == [
        ("Old Town", "en", "Latn", "1600")
    ]
    assert (shire.lat, shire.lon) == (51.5, -1.5)
    assert not nowhere.has_point


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no GeoJSON"),
        ('{"features": 3}', "is no GeoJSON"),
        ('{"features": [7]}', "feature 1: is no feature of Linked Places"),
        ('{"features": [{"properties": {}, "names": []}]}', "feature 1: is no feature"),
        ('{"features": [{"properties": {"title": "x"}, "geometry": {"type": "Blob"}}]}', "feature 1: is no feature"),
    ],
)
def test_a_file_that_is_no_lpf(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    with pytest.raises(InputError, match=message):
        list(read_lpf(file, KINDS))


def test_any_table_with_a_mapping(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "villages.csv"
    file.write_text(
        "Code;Village;Y;X;Also;Arabic;Sort\n"
        "V1;Tal One;36,5;37,25;Tell One | Tel One;تل;ppl\n"
        "V2;Tal One;36,7;37,25;;;airport\n"
        "V3;Umm Nowhere;;;;;\n;;;;;;\n",
        encoding="utf-8-sig",
    )
    mapping = {"pcode": "Code", "name": "Village", "lat": "Y", "lon": "X", "names": "Also", "names_ar": "Arabic",
               "kind": "Sort"}  # fmt: skip
    bring(empty, read_mapped(file, KINDS, mapping), country="SY", source="villages.csv")
    known = Gazetteer.load(empty, reference=False)
    assert sorted(known.places) == ["tal-one", "tal-one-2", "umm-nowhere"]
    one = known.place("tal-one")
    assert (one.lat, one.lon, one.pcode, one.country, one.kind) == (36.5, 37.25, "V1", "SY", "settlement")
    assert known.place("tal-one-2").kind == "airport"
    assert not known.place("umm-nowhere").has_point
    assert {(n.text, n.language) for n in known.names_of("tal-one")[1:]} == {
        ("Tell One", "en"), ("Tel One", "en"), ("تل", "ar"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "mapping", "message"),
    [
        ("a,b\n1,2\n", {}, "give --map name=COLUMN"),
        ("name\nX\n", {"nme": "name"}, "there is no field 'nme'"),
        ("name\nX\n", {"lat": "y"}, "has no column 'y'"),
        ("name,lat\nX,9\n", {}, "only one of lat and lon"),
        ("name,lat,lon\nX,99,9\n", {}, "outside -90 to 90"),
        ("id,name\nx,X\nx,Y\n", {}, r"places\.csv:2: x stands twice|x\.csv:\d: x stands twice"),
        ("name,parent\nX,nobody\n", {}, r"x\.csv:2: parent 'nobody'"),
        ("name,lat\n,9\n", {}, r"x\.csv:2: a place without a name"),
        ("name\nنبل\n", {}, r"x\.csv:2: no id can be made"),
    ],
)
def test_a_table_that_does_not_fit_changes_nothing(
    empty: Path, tmp_path: Path, text: str, mapping: dict[str, str], message: str
) -> None:
    file = tmp_path / "x.csv"
    file.write_text(text, encoding="utf-8")
    before = (empty / "places.csv").read_bytes()
    with pytest.raises(InputError, match=message):
        bring(empty, read_mapped(file, KINDS, mapping))
    assert (empty / "places.csv").read_bytes() == before


def test_what_a_clash_does(tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer"
    shutil.copytree(DISTRICT, folder)
    file = tmp_path / "x.csv"
    file.write_text("id,name,population,names\nnubl,Nubl,30000,Nebbol\nnew-place,New,1,\n")
    with pytest.raises(InputError, match=r"x\.csv:2: nubl is there already"):
        bring(folder, read_mapped(file, KINDS, {}))
    skipped = bring(folder, read_mapped(file, KINDS, {}), clash=Clash.SKIP)
    assert (skipped.added, skipped.skipped, skipped.names) == (("new-place",), ("nubl",), 0)
    updated = bring(folder, read_mapped(file, KINDS, {}), clash=Clash.UPDATE)
    assert (updated.added, updated.updated, updated.names) == ((), ("nubl",), 1)
    nubl = Gazetteer.load(folder, reference=False).place("nubl")
    assert (nubl.population, nubl.lat) == (30000, 36.3759)
    before = {path.name: path.read_bytes() for path in DISTRICT.glob("*.csv")}
    edits.undo(folder)
    edits.undo(folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_the_table_for_the_eye_is_read_again(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(write_mapped(own_entries(DISTRICT)), encoding="utf-8")
    bring(empty, read_mapped(file, KINDS, {}))
    before, after = (Gazetteer.load(folder, reference=False) for folder in (DISTRICT, empty))
    assert dict(after.places) == dict(before.places)
    assert [{n.text for n in after.names_of(p)} for p in before.places] == [
        {n.text for n in before.names_of(p)} for p in before.places
    ]


def test_five_thousand_rows_come_in_within_seconds(empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("name,lat,lon\n" + "".join(f"Place {n},{n / 1000 + 30:.3f},37\n" for n in range(5000)))
    with edits.editing(empty) as session:
        assert len(import_entries(session, read_mapped(file, kinds_of(session), {})).added) == 5000
    rows = (empty / "places.csv").read_text("utf-8").splitlines()[1:]
    assert rows == sorted(rows, key=lambda row: row.split(",")[0])
    edits.undo(empty)
    assert len((empty / "places.csv").read_text("utf-8").splitlines()) == 1


BOX = {"type": "Polygon", "coordinates": [[[36.98, 36.36], [37.01, 36.36], [37.01, 36.385], [36.98, 36.36]]]}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [BOX["coordinates"], [[[37, 36.4], [37.1, 36.4], [37.1, 36.5], [37, 36.4]]]],
}


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """The district with two outlines."""
    folder = tmp_path / "drawn"
    shutil.copytree(DISTRICT, folder)
    with edits.editing(folder) as session:
        edits.set_outline(session, "nubl", BOX, "own drawing, 2024")
        edits.set_outline(session, "aleppo-governorate", TWO)
    return folder


def test_outlines_stand_beside_the_point_in_lpf_and_come_back_to_the_byte(
    drawn: Path, empty: Path, tmp_path: Path
) -> None:
    file = tmp_path / "places.geojson"
    file.write_text(write_lpf(own_entries(drawn)), encoding="utf-8")
    features = {one["properties"]["title"]: one["geometry"] for one in json.loads(file.read_text("utf-8"))["features"]}
    assert features["Nubl"]["type"] == "GeometryCollection"
    point, outline = features["Nubl"]["geometries"]
    assert (point["coordinates"], point["approximation"]["tolerance"]) == ([36.9965, 36.3759], 2.5)
    assert outline == {**BOX, "citations": [{"label": "own drawing, 2024"}]}
    assert features["Aleppo Governorate"]["geometries"][1] == TWO
    assert features["Aleppo"]["type"] == "Point"
    made = bring(empty, read_lpf(file, KINDS))
    assert len(made.added) == len(own_entries(DISTRICT))
    assert (empty / "areas.geojson").read_bytes() == (drawn / "areas.geojson").read_bytes()
    assert edits.changes(empty)[0].what.endswith(" spellings, 2 outlines")
    before, after = (Gazetteer.load(folder, reference=False) for folder in (drawn, empty))
    assert dict(after.places) == dict(before.places)
    assert bring(empty, read_lpf(file, KINDS), clash=Clash.UPDATE).updated == ()
    with edits.editing(empty) as session:
        edits.remove_outline(session, "nubl")
    assert bring(empty, read_lpf(file, KINDS), clash=Clash.SKIP).updated == ()
    assert bring(empty, read_lpf(file, KINDS), clash=Clash.UPDATE).updated == ("nubl",)
    assert dict(Gazetteer.load(empty, reference=False).outlines).keys() == {"nubl", "aleppo-governorate"}
    for _ in range(3):
        edits.undo(empty)
    assert not (empty / "areas.geojson").exists()


def test_a_table_holds_no_outlines(drawn: Path, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "places.tsv"
    file.write_text(write_lptsv(own_entries(drawn)), encoding="utf-8")
    bring(empty, read_lptsv(file, KINDS))
    assert dict(Gazetteer.load(empty, reference=False).places) == dict(Gazetteer.load(DISTRICT, reference=False).places)
    assert not (empty / "areas.geojson").exists()


def _lpf(folder: Path, geometry: object) -> Path:
    feature = {"@id": "x:1", "type": "Feature", "properties": {"title": "X"}, "names": [], "geometry": geometry}
    path = folder / "one.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_polygons_of_others(tmp_path: Path) -> None:
    (alone,) = read_lpf(_lpf(tmp_path, BOX), KINDS)
    assert alone.outline == (BOX, "")
    assert 36.36 < float(alone.cells["lat"]) < 36.385
    point = {"type": "Point", "coordinates": [37, 36.37]}
    (behind,) = read_lpf(_lpf(tmp_path, {"type": "GeometryCollection", "geometries": [BOX, point]}), KINDS)
    assert (behind.outline, behind.cells["lat"], behind.cells["lon"]) == ((BOX, ""), "36.37", "37")
    (both,) = read_lpf(_lpf(tmp_path, {"type": "GeometryCollection", "geometries": [point, BOX, TWO]}), KINDS)
    assert (both.outline, both.cells["lat"]) == (None, "36.37")
    with pytest.raises(InputError, match=r"one\.geojson, feature 1: a ring is not closed"):
        list(read_lpf(_lpf(tmp_path, {"type": "Polygon", "coordinates": [BOX["coordinates"][0][:3]]}), KINDS))
