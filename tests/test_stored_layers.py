"""Imported reference layers: every form of source, what is left out and why, and how the gazetteer uses them."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import geopandas
import pytest
from click.testing import CliRunner
from shapely.geometry import Point

from geo.cli.root import cli
from geo.errors import ControlmapError, InputError, MissingFileError, NotFoundError
from geo.gazetteer import Gazetteer
from geo.gazetteer.stored import StoredLayer, stored_layers
from geo.reference import ReferenceRow, Skipped, read_rows, remove_layer, write_layer
from geo.resolve import PlaceMention, resolve_all
from geo.workspace import Workspace

DUMP = "\t".join
GEONAMES = DUMP(
    ["900001", "Qaryat Tajribah", "Qaryat Tajribah", "Kafr Tajriba,قرية تجربة,QTJ", "36.31", "37.02", "P", "PPL",
     "SY", "", "09", "", "", "", "7200", "", "410", "Asia/Damascus", "2024-01-01"]
)  # fmt: skip
ALTERNATES = "1\t900001\tku\tGundê Ceribandinê\t\t\t\t\t\t\n2\t900001\tlink\thttps://example.org/x\t\t\t\t\t\t\n"
OSM = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "id": "node/77", "geometry": {"type": "Point", "coordinates": [37.02, 36.31]},
         "properties": {"place": "town", "name": "قرية تجربة", "name:en": "Qaryat Tajribah",
                        "alt_name": "Kafr Tajriba;Tajriba"}},
        {"type": "Feature", "id": "way/5", "properties": {"aeroway": "aerodrome", "name": "Tajribah Airfield"},
         "geometry": {"type": "Polygon", "coordinates": [[[37, 36], [37.1, 36], [37.1, 36.1], [37, 36]]]}},
        {"type": "Feature", "id": "node/78", "geometry": None, "properties": {"place": "town", "name": "Nowhere"}},
    ],
}  # fmt: skip
LINKED_PLACES = {
    "type": "FeatureCollection",
    "features": [
        {"@id": "http://example.org/places/9", "type": "Feature",
         "properties": {"title": "Qaryat Tajribah", "ccodes": ["SY"]},
         "names": [{"toponym": "Kafr Tajriba", "lang": "en"}, {"toponym": "قرية تجربة", "lang": "ar"}],
         "types": [{"identifier": "aat:300008347", "label": "town"}],
         "geometry": {"type": "Point", "coordinates": [37.02, 36.31]}},
    ],
}  # fmt: skip
SOURCES = {
    "geonames.txt": GEONAMES + "\n",
    "ocha.csv": "\ufeffadmin4Pcode,admin4Name_en,admin4Name_ar,admin4AltName1_en,admin1Pcode,admin0Pcode,"
    "Latitude_Y,Longitude_X\r\n"
    "C9001,Qaryat Tajribah,قرية تجربة,Kafr Tajriba,SY02,SY,36.31,37.02\r\n",
    "semicolons.csv": "id;name;variants;lat;lon;country\n1;Qaryat Tajribah;Kafr Tajriba|قرية تجربة;36,31;37,02;SY\n",
    "lp.tsv": "id\ttitle\ttitle_source\tstart\tvariants\ttypes\tccodes\tlon\tlat\n"
    "9\tQaryat Tajribah\tdesk\t1900\tKafr Tajriba;قرية تجربة\ttown\tSY\t37.02\t36.31\n",
    "osm.geojson": json.dumps(OSM),
    "lines.geojsonl": "".join(json.dumps(feature) + "\n" for feature in OSM["features"]),
    "linked.json": json.dumps(LINKED_PLACES),
}


def layer_of(folder: Path, text: str, name: str, **options: object) -> tuple[StoredLayer, Skipped]:
    source = folder / name
    source.write_text(text, encoding="utf-8", newline="")
    skipped = Skipped.none()
    made = write_layer(folder, "test", read_rows(source, skipped, country="SY", **options), name)  # type: ignore[arg-type]
    return StoredLayer(made.path), skipped


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("query", ["Qaryat Tajribah", "Kafr Tajriba", "قرية تجربة", "qaryat  tajribah"])
def test_every_form_gives_the_place_by_all_its_names(tmp_path: Path, name: str, query: str) -> None:
    layer, _ = layer_of(tmp_path, SOURCES[name], name)
    layer = pickle.loads(pickle.dumps(layer))  # noqa: S301 - as one process hands it to another
    (place, hit), *_ = layer.lookup(query)
    assert (place.name, place.lat, place.lon, place.country, place.layer) == (
        "Qaryat Tajribah",
        36.31,
        37.02,
        "SY",
        "reference",
    )
    assert "/" not in place.id
    assert layer.place(place.id) == place
    assert hit.score == 0.97


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_workbooks(tmp_path: Path, ending: str) -> None:
    table = geopandas.GeoDataFrame(
        {"pcode": ["C1"], "name_en": ["Qaryat Tajribah"], "name_ar": ["قرية تجربة"], "lat": [36.31], "lon": [37.02],
         "population": [7200]}, geometry=[Point(0, 0)],
    ).drop(columns="geometry")  # fmt: skip
    import pyogrio

    pyogrio.write_dataframe(table, tmp_path / f"book{ending}", layer="places")
    made = write_layer(tmp_path, "book", read_rows(tmp_path / f"book{ending}", Skipped.none(), country="SY"), "book")
    (place, _), *_ = StoredLayer(made.path).lookup("قرية تجربة")
    assert (place.id, place.population, place.pcode, place.lat) == ("book:C1", 7200, "C1", 36.31)


def test_geonames_alternate_names_without_links_and_codes(tmp_path: Path) -> None:
    (tmp_path / "alternates.txt").write_text(ALTERNATES, encoding="utf-8")
    layer, _ = layer_of(tmp_path, GEONAMES, "dump.txt", alternates=tmp_path / "alternates.txt")
    assert layer.lookup("Gunde Ceribandine")[0][0].geonames == "900001"
    assert layer.lookup("QTJ")[0][0].kind == "town"
    assert layer.lookup("https://example.org/x") == ()


@pytest.mark.parametrize(
    ("query", "found"), [("Qariyat Tajriba", True), ("Qaryat Tajrubiyah Fawqani", False), ("Nubl", False)]
)
def test_other_romanisations_are_met_by_the_key(tmp_path: Path, query: str, found: bool) -> None:
    layer, _ = layer_of(tmp_path, SOURCES["ocha.csv"], "ocha.csv")
    assert bool(layer.romanised(query, "SY")) is found
    assert layer.romanised(query, "IQ") == ()


BAD_ROWS = [
    ("1,,36,37", "no name"),
    ("2,Zero,0,0", "no position, or one that is not in degrees"),
    ("3,Far,136,37", "no position, or one that is not in degrees"),
    ("4,Not,nan,37", "no position, or one that is not in degrees"),
    ("5,Empty,,", "no position, or one that is not in degrees"),
    (",Nameless id,36,37", "no id"),
    ("6," + "x" * 300 + ",36,37", "a name of more than 200 letters"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS)
def test_rows_that_cannot_be_used_are_counted_with_their_place(tmp_path: Path, row: str, reason: str) -> None:
    layer, skipped = layer_of(tmp_path, f"id,name,lat,lon\n9,Good,36,37\n{row}\n", "t.csv")
    assert skipped.counts == {reason: 1}
    assert skipped.first[reason].endswith("t.csv:3")
    assert layer.meta()["places"] == "1"


BAD_FILES = [
    ("t.csv", "a,b,c\n1,2,3\n", {}, "no column for name"),
    ("t.csv", "name,lat,lon\nx,1,2\n", {}, "no column for an id"),
    ("t.csv", "id,name,lat,lon\n1,x,1,2\n", {"columns": {"name": "Ort"}}, "no column 'Ort'"),
    ("t.csv", "id,name,lat,lon\n1,x,1,2\n", {"columns": {"nmae": "name"}}, "no field 'nmae'"),
    ("t.csv", "id,name,lat,lon\n1,,1,2\n", {}, "no usable place"),
    ("t.geojson", '{"type": "FeatureCollection"', {}, "is no GeoJSON"),
    ("t.xlsx", "no workbook", {}, "cannot be read as a workbook"),
    ("t.txt", "just words\n", {}, "in no form known here"),
]


@pytest.mark.parametrize(("name", "text", "options", "message"), BAD_FILES)
def test_files_that_cannot_be_used_say_why_and_leave_the_old_layer(
    tmp_path: Path, name: str, text: str, options: dict[str, object], message: str
) -> None:
    old, _ = layer_of(tmp_path, SOURCES["ocha.csv"], "ocha.csv")
    before = old.path.read_bytes()
    with pytest.raises(InputError, match=message):
        layer_of(tmp_path, text, name, **options)
    assert old.path.read_bytes() == before
    assert [path.name for path in old.path.parent.iterdir()] == ["test.sqlite"]


def test_same_rows_same_bytes_and_a_second_id_is_left_out(tmp_path: Path) -> None:
    text = "id,name,lat,lon\n1,One,36,37\n1,Other,36,38\n2,Two,35,37\n"
    first, _ = layer_of(tmp_path, text, "t.csv")
    bytes_before = first.path.read_bytes()
    second, _ = layer_of(tmp_path, text, "t.csv")
    assert second.path.read_bytes() == bytes_before
    assert second.lookup("Other") == ()
    assert second.lookup("One")[0][0].id == "test:1"


@pytest.mark.parametrize("name", ["Big", "geonames", "world", "a/b", "..", ""])
def test_names_that_no_layer_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="use small letters"):
        write_layer(tmp_path, name, iter([ReferenceRow("1", "A", (), "town", 1, 1, 1, "SY")]), "x")


def test_a_file_that_is_no_layer(tmp_path: Path) -> None:
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "bad.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(ControlmapError, match="import it again"):
        stored_layers(tmp_path, {})


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_rows(tmp_path / "none.csv", Skipped.none())
    with pytest.raises(NotFoundError, match="the layers are: none"):
        remove_layer(tmp_path, "none")


def test_the_gazetteer_looks_behind_its_own_places(tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "w")
    source = tmp_path / "ocha.csv"
    source.write_text(
        SOURCES["ocha.csv"] + "C1,Nubl,نبل,,SY02,SY,30.0,40.0\r\n", encoding="utf-8", newline=""
    )  # another Nubl, where there is none: people's word wins
    write_layer(workspace.gazetteer, "ocha", read_rows(source, Skipped.none()), "ocha.csv")
    gazetteer = Gazetteer.load(workspace.gazetteer)
    found, own = resolve_all(gazetteer, [PlaceMention("Qaryat Tajribah", ("village",)), PlaceMention("Nubl")], "SY")
    assert (found.place_id, found.lat) == ("ocha:C9001", 36.31)
    assert gazetteer.place("ocha:C9001").parent == "aleppo-governorate"
    assert own.place_id == "nubl"


def test_command_line(tmp_path: Path) -> None:
    run = CliRunner()
    workspace = tmp_path / "w"
    assert run.invoke(cli, ["init", str(workspace)]).exit_code == 0
    source = tmp_path / "ocha.csv"
    source.write_text(SOURCES["ocha.csv"] + "C2,,,,,,1,1\r\n", encoding="utf-8", newline="")
    made = run.invoke(cli, ["gazetteer", "layers", "add", "ocha", str(source), "-w", str(workspace)])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout) | {"file": ""} == {"layer": "ocha", "places": 1, "names": 3, "file": ""}
    assert "1 rows left out: no name" in made.stderr
    listed = run.invoke(cli, ["gazetteer", "layers", "list", "-w", str(workspace)])
    assert json.loads(listed.stdout)["sources"] == "ocha.csv"
    searched = run.invoke(cli, ["gazetteer", "search", "Kafr Tajriba", "-w", str(workspace)])
    assert json.loads(searched.stdout.splitlines()[0])["id"] == "ocha:C9001"
    assert run.invoke(cli, ["gazetteer", "layers", "remove", "ocha", "-w", str(workspace)]).exit_code == 0
    for arguments, message in (
        (["add", "ocha", str(tmp_path / "none.csv")], "no such file"),
        (["add", "ocha", str(source), "--map", "name"], "FIELD=COLUMN"),
        (["add", "ocha", str(source), "--country", "Syria"], "two letters"),
        (["remove", "ocha"], "no layer 'ocha'"),
    ):
        bad = run.invoke(cli, ["gazetteer", "layers", *arguments, "-w", str(workspace)])
        assert (bad.exit_code, bad.stderr.count("\n"), message in bad.stderr) == (2, 1, True), bad.stderr


def test_a_place_on_the_equator_keeps_its_position(tmp_path: Path) -> None:
    made = write_layer(tmp_path, "lines", [ReferenceRow("1", "Pontianak", (), "town", 0.0, 0.0001, 1, "ID")], "x")
    ((place, _),) = StoredLayer(made.path).lookup("Pontianak")
    assert (place.lat, place.lon) == (0.0, 0.0001)
