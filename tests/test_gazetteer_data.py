"""The gazetteer tables that come with the project: their form, their links and a sample of their positions.

Reads places.csv, names.csv and stoplist.csv with the csv module alone, so that a fault in the data is not hidden by a
loader that forgives it. The known positions further down were written from general knowledge, not from the tables.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "gazetteer"

PLACE_COLUMNS = (
    "id name kind lat lon radius_m certainty parent country population pcode geonames wikidata source note".split()
)
NAME_COLUMNS = "place text language script kind valid_from valid_to source".split()
STOP_COLUMNS = ["text", "rule", "reason"]

KINDS = frozenset(
    "country governorate district subdistrict region settlement neighbourhood airport base industrial_area crossing "
    "dam hill mountain road river island camp oil_field gas_field power_station prison hospital university market "
    "factory bridge landmark".split()
)
NAME_KINDS = frozenset({"preferred", "variant", "historic", "generic"})
SOURCE = re.compile(r"OCHA (SY\d*|[CN]\d{4}|seat of SY\d{6})|GeoNames \d+|own check")

# Rough boxes in degrees: south, west, north, east. Syria's reaches a little beyond its border for crossings.
BOXES = {
    "SY": (32.2, 35.5, 37.4, 42.5),
    "TR": (35.8, 25.5, 42.2, 45.0),
    "IQ": (29.0, 38.7, 37.5, 48.8),
    "LB": (33.0, 35.0, 34.8, 36.7),
    "JO": (29.1, 34.9, 33.5, 39.4),
    "IL": (29.4, 34.2, 33.5, 36.0),
    "IR": (25.0, 44.0, 39.9, 63.4),
    "RU": (41.0, 19.0, 82.0, 180.0),
    "US": (24.0, -125.0, 50.0, -66.0),
}

# Spellings that two or more places of one kind and one parent share, and that only the sentence can part. Empty today.
HOMONYMS: frozenset[str] = frozenset()

KNOWN = [
    ("aleppo", 36.202, 37.160),
    ("aleppo-international-airport", 36.181, 37.224),
    ("nubl", 36.377, 36.994),
    ("azaz", 36.586, 37.044),
    ("al-bab", 36.371, 37.516),
    ("manbij", 36.528, 37.955),
    ("kobani", 36.891, 38.354),
    ("afrin", 36.512, 36.869),
    ("minnigh-airbase", 36.521, 37.040),
    ("kuweires-airbase", 36.187, 37.583),
    ("tishrin-dam", 36.380, 38.183),
    ("idlib", 35.931, 36.634),
    ("saraqib", 35.864, 36.806),
    ("maarat-al-numan", 35.648, 36.677),
    ("khan-shaykhun", 35.442, 36.651),
    ("jisr-al-shughur", 35.814, 36.319),
    ("hama", 35.132, 36.755),
    ("homs", 34.730, 36.715),
    ("palmyra", 34.560, 38.280),
    ("t4-airbase", 34.523, 37.627),
    ("latakia", 35.524, 35.785),
    ("hmeimim-airbase", 35.401, 35.948),
    ("tartus", 34.889, 35.887),
    ("damascus", 33.513, 36.292),
    ("douma", 33.572, 36.402),
    ("damascus-international-airport", 33.411, 36.516),
    ("daraa", 32.623, 36.105),
    ("suwayda", 32.709, 36.566),
    ("quneitra", 33.125, 35.824),
    ("raqqa", 35.951, 39.009),
    ("tabqa-dam", 35.872, 38.566),
    ("deir-ez-zor", 35.336, 40.145),
    ("albu-kamal", 34.453, 40.918),
    ("hasakah", 36.502, 40.748),
    ("qamishli", 37.050, 41.225),
    ("mosul", 36.340, 43.130),
    ("gaziantep", 37.060, 37.380),
]


def rows(name: str, columns: list[str]) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        assert reader.fieldnames == columns
        found = list(reader)
    assert all(None not in row and None not in row.values() for row in found), "a row has too many or too few fields"
    return found


def folded(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub("[\u2018\u2019\u02bf\u02be`\u00b4]", "'", bare).casefold()


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    east = math.radians(other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 6371.0 * math.hypot(east, math.radians(other_lat - lat))


PLACES = rows("places.csv", PLACE_COLUMNS)
NAMES = rows("names.csv", NAME_COLUMNS)
STOPS = rows("stoplist.csv", STOP_COLUMNS)
BY_ID = {row["id"]: row for row in PLACES}


@pytest.mark.parametrize("name", ["places.csv", "names.csv", "stoplist.csv"])
def test_files_are_plain_utf8_with_unix_line_ends(name: str) -> None:
    raw = (FOLDER / name).read_bytes()
    raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert all(value == value.strip() for row in rows(name, columns_of(name)) for value in row.values())


def columns_of(name: str) -> list[str]:
    return {"places.csv": PLACE_COLUMNS, "names.csv": NAME_COLUMNS, "stoplist.csv": STOP_COLUMNS}[name]


def test_there_are_enough_places() -> None:
    assert len(PLACES) >= 400
    assert len(BY_ID) == len(PLACES), "an id occurs twice"
    levels = [row["kind"] for row in PLACES if row["country"] == "SY"]
    assert levels.count("governorate") == 14
    assert levels.count("district") == 62


def test_files_are_sorted() -> None:
    assert [row["id"] for row in PLACES] == sorted(row["id"] for row in PLACES)
    order = [(row["place"], row["text"]) for row in NAMES]
    assert order == sorted(order)
    stops = [(row["text"].casefold(), row["text"]) for row in STOPS]
    assert stops == sorted(stops)


def test_every_place_is_well_formed() -> None:
    for row in PLACES:
        where = row["id"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", where), where
        assert row["name"], where
        assert row["kind"] in KINDS, where
        assert row["country"] in BOXES, where
        assert SOURCE.fullmatch(row["source"]), where
        assert 0 < int(row["radius_m"]) <= 2_500_000, where
        assert row["certainty"] in {"", "certain", "less-certain", "uncertain"}, where
        assert row["population"] == "" or int(row["population"]) > 0, where
        assert re.fullmatch(r"(Q\d+)?", row["wikidata"]), where
        assert re.fullmatch(r"\d*", row["geonames"]), where
        assert re.fullmatch(r"(SY\d*|[CN]\d{4})?", row["pcode"]), where


def test_positions_are_in_the_country_or_empty() -> None:
    for row in PLACES:
        where = row["id"]
        if not row["lat"] and not row["lon"]:
            assert row["note"], f"{where} has no position and no note that says why"
            continue
        assert re.fullmatch(r"-?\d+(\.\d{1,5})?", row["lat"]), where
        assert re.fullmatch(r"-?\d+(\.\d{1,5})?", row["lon"]), where
        south, west, north, east = BOXES[row["country"]]
        assert south <= float(row["lat"]) <= north, where
        assert west <= float(row["lon"]) <= east, where


def test_parents_exist_and_lead_to_a_country() -> None:
    for row in PLACES:
        seen = [row["id"]]
        while BY_ID[seen[-1]]["parent"]:
            parent = BY_ID[seen[-1]]["parent"]
            assert parent in BY_ID, f"{seen[-1]} lies in the unknown place {parent}"
            assert parent not in seen, f"{row['id']} lies in itself: {seen}"
            seen.append(parent)
        top = BY_ID[seen[-1]]
        assert top["kind"] == "country", row["id"]
        assert top["country"] == row["country"], row["id"]


def test_places_lie_near_the_district_they_are_filed_under() -> None:
    for row in PLACES:
        parent = BY_ID.get(row["parent"])
        if parent is None or parent["kind"] != "district" or not row["lat"]:
            continue
        away = kilometres(float(row["lat"]), float(row["lon"]), float(parent["lat"]), float(parent["lon"]))
        # A district is no circle: the longest ones reach three times their half extent from their middle.
        assert away * 1000 <= 3 * int(parent["radius_m"]), f"{row['id']}: {away:.0f} km"


def test_every_name_is_well_formed() -> None:
    seen = set()
    for row in NAMES:
        where = f"{row['place']}: {row['text']}"
        assert row["place"] in BY_ID, where
        assert row["text"], where
        assert row["kind"] in NAME_KINDS, where
        assert re.fullmatch(r"[a-z]{2,3}", row["language"]), where
        assert row["source"] in {"OCHA", "GeoNames", "press", "own"}, where
        arabic = any("\u0600" <= sign <= "\u06ff" for sign in row["text"])
        assert row["script"] == ("Arab" if arabic else "Latn"), where
        assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", row["valid_from"]), where
        assert re.fullmatch(r"(\d{4}(-\d{2}(-\d{2})?)?)?", row["valid_to"]), where
        key = (row["place"], row["text"], row["language"])
        assert key not in seen, where
        seen.add(key)


def test_every_syrian_place_has_one_preferred_arabic_name() -> None:
    preferred: dict[str, int] = defaultdict(int)
    for row in NAMES:
        if row["language"] == "ar" and row["kind"] == "preferred":
            preferred[row["place"]] += 1
    for row in PLACES:
        if row["country"] == "SY":
            assert preferred[row["id"]] == 1, row["id"]


def test_no_two_places_of_one_kind_and_parent_share_a_spelling() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in PLACES:
        owners[folded(row["name"])].add(row["id"])
    for row in NAMES:
        owners[folded(row["text"])].add(row["place"])
    for text, ids in owners.items():
        told_apart = {(BY_ID[place]["kind"], BY_ID[place]["parent"]) for place in ids}
        assert len(told_apart) == len(ids) or text in HOMONYMS, f"{text}: {sorted(ids)}"


def test_places_on_one_spot_say_so() -> None:
    points = [
        row for row in PLACES if row["lat"] and row["kind"] not in {"country", "governorate", "district", "region"}
    ]
    for index, row in enumerate(points):
        for other in points[index + 1 :]:
            if abs(float(row["lat"]) - float(other["lat"])) > 0.002:
                continue
            away = kilometres(float(row["lat"]), float(row["lon"]), float(other["lat"]), float(other["lon"]))
            assert away >= 0.2 or row["note"] or other["note"], f"{row['id']} and {other['id']}"


def test_a_position_of_our_own_says_so() -> None:
    for row in PLACES:
        if row["source"] == "own check" and row["country"] == "SY" and row["lat"]:
            assert row["note"] or row["kind"] in {"region", "landmark"}, row["id"]
            assert int(row["radius_m"]) >= 300, row["id"]
            assert row["certainty"] in {"less-certain", "uncertain"}, row["id"]


def test_stoplist_is_well_formed_and_blocks_no_name() -> None:
    seen = [folded(row["text"]) for row in STOPS]
    assert len(seen) == len(set(seen))
    assert all(row["rule"] in {"never", "evidence"} and row["reason"] for row in STOPS)
    never = {folded(row["text"]) for row in STOPS if row["rule"] == "never"}
    taken = {folded(row["name"]) for row in PLACES} | {folded(row["text"]) for row in NAMES}
    assert not never & taken


@pytest.mark.parametrize(("place", "lat", "lon"), KNOWN, ids=[place for place, _, _ in KNOWN])
def test_known_positions(place: str, lat: float, lon: float) -> None:
    row = BY_ID[place]
    assert kilometres(float(row["lat"]), float(row["lon"]), lat, lon) < 2.0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("نبل", "nubl"),
        ("تدمر", "palmyra"),
        ("عين العرب", "kobani"),
        ("Nubbol", "nubl"),
        ("Jarablus", "jarabulus"),
        ("Sheikh Maksoud", "sheikh-maqsoud"),
        ("Ain al-Arab", "kobani"),
        ("Aleppo Industrial Zone", "sheikh-najjar-industrial-city"),
        ("46th Regiment base", "base-46"),
        ("Tiyas Airbase", "t4-airbase"),
        ("Koniko", "conoco-gas-field"),
        ("Rural Damascus", "rif-dimashq-governorate"),
    ],
)
def test_spellings_lead_to_their_place(text: str, place: str) -> None:
    owners = {row["place"] for row in NAMES if folded(row["text"]) == folded(text)}
    assert owners == {place}
