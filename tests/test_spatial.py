"""Spatial phrases: which words are the anchor, what the others say, and whether the areas keep to true metres."""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

import pytest
from geopy.distance import geodesic
from pyproj import Geod
from shapely.geometry import Point

from geo import areas, outlines, spatial
from geo.claims import Method
from geo.gazetteer import Gazetteer, Place
from geo.names.latin import rows
from geo.resolve import PlaceMention, Resolution, resolve_all

WGS84 = Geod(ellps="WGS84")

PHRASES = [
    ("eastern Aleppo", "Aleppo", "eastern"),
    ("Northeastern Hama", "Hama", "northeastern"),
    ("the north-east of Homs", "Homs", "northeast-of"),
    ("Syria's north east", "Syria", "northeastern"),
    ("the western Aleppo countryside", "Aleppo", "western-countryside"),
    ("Latakia's northern countryside", "Latakia", "northern-countryside"),
    ("the northern countryside of Aleppo", "Aleppo", "northern-countryside"),
    ("the northern and western countryside of Hama", "Hama", "northern-and-western-countryside"),
    ("countryside northwest of Manbij", "Manbij", "northwestern-countryside"),
    ("Idlib’s countryside", "Idlib", "countryside"),
    ("rural Damascus", "Damascus", "countryside"),
    ("southern rural Idlib", "Idlib", "southern-countryside"),
    ("villages in the countryside of Hama", "Hama", "countryside"),
    ("the eastern and southeastern parts of Idlib", "Idlib", "eastern-and-southeastern-parts"),
    ("twelve villages in the eastern parts of Idlib", "Idlib", "eastern-parts"),
    ("eastern part of Aleppo", "Aleppo", "eastern-parts"),
    ("eastern Aleppo neighbourhoods", "Aleppo", "eastern-parts"),
    ("most of Raqqa", "Raqqa", "parts"),
    ("half of Khartoum", "Khartoum", "parts"),
    ("a third of Bakhmut", "Bakhmut", "parts"),
    ("southern Idlib", "Idlib", "southern"),
    ("villages in southern Idlib", "Idlib", "southern"),
    ("northern Aleppo province", "Aleppo province", "northern"),
    ("south of Aleppo", "Aleppo", "south-of"),
    ("several villages north of Aleppo", "Aleppo", "north-of"),
    ("just west of Ras al-Ain", "Ras al-Ain", "west-of"),
    ("south of the town of Beiji", "Beiji", "south-of"),
    ("east of the city of Kharkiv", "Kharkiv", "east-of"),
    ("east of the Euphrates", "Euphrates", "east-of"),
    ("the western bank of the Dnipro", "Dnipro", "west-of"),
    ("20 kilometres south of Mosul", "Mosul", "20km-south-of"),
    ("some 40 km (25 miles) north and northeast of Palmyra", "Palmyra", "40km-north-and-northeast-of"),
    ("12 km from Kobani", "Kobani", "12km-off"),
    ("less than 6 miles from Aleppo", "Aleppo", "within-10km"),
    ("near Kobani", "Kobani", "near"),
    ("an army post outside Mosul", "Mosul", "near"),
    ("around Bakhmut", "Bakhmut", "near"),
    ("outskirts of Goma", "Goma", "outskirts"),
    ("the southern outskirts of Goma", "Goma", "southern-outskirts"),
    ("Goma's outskirts", "Goma", "outskirts"),
    ("suburbs of Damascus", "Damascus", "outskirts"),
    ("Aleppo’s city centre", "Aleppo", "centre"),
    ("the centre of Bakhmut", "Bakhmut", "centre"),
    ("downtown Khartoum", "Khartoum", "centre"),
    ("30 km north of the city", "city", "30km-north-of"),
    ("the border with Turkey", "Turkey", "border"),
    ("the northern frontier with Turkey", "Turkey", "border"),
    ("the Turkish border", "Turkish", "border"),
    ("villages near the Iraqi border", "Iraqi", "border"),
    ("Jordan's border", "Jordan", "border"),
    ("the border area with Lebanon", "Lebanon", "border"),
    ("parts of northern Syria", "Syria", "northern"),
    ("most of eastern Aleppo", "Aleppo", "eastern"),
    ("all of the northern province of Aleppo", "Aleppo", "parts"),
    ("within five miles of Kobani", None, None),
    ("within 5 miles of Kobani", "Kobani", "within-8km"),
    ("the west bank of the Euphrates", "Euphrates", "west-of"),
    ("the hinterland of Palmyra", "Palmyra", "countryside"),
    ("Hama's northern outskirts", "Hama", "northern-outskirts"),
    ("the perimeter of Kuweires air base", "Kuweires air base", "outskirts"),
]


@pytest.mark.parametrize(("text", "anchor", "relation"), PHRASES, ids=[p[0] for p in PHRASES])
def test_phrases(text: str, anchor: str | None, relation: str | None) -> None:
    found = spatial.parse(text)
    assert (found.anchor, found.relation) == (anchor, relation) if found is not None else anchor is None


@pytest.mark.parametrize(
    ("text", "anchor", "other", "relation"),
    [
        ("between Chernihiv and Kharkiv", "Chernihiv", "Kharkiv", "between"),
        ("the highway between Homs and Hama", "Homs", "Hama", "between"),
        ("Damascus-Aleppo highway", "Damascus", "Aleppo", "road"),
        ("the Orikhiv-Tokmak axis", "Orikhiv", "Tokmak", "road"),
        ("the Syrian-Lebanese border", "Syrian", "Lebanese", "border"),
        ("the border between Syria and Iraq", "Syria", "Iraq", "border"),
    ],
)
def test_phrases_with_two_ends(text: str, anchor: str, other: str, relation: str) -> None:
    found = spatial.parse(text)
    assert found is not None
    assert (found.anchor, found.other, found.relation) == (anchor, other, relation)


@pytest.mark.parametrize(
    "text",
    ["Nubl", "Aleppo International Airport", "the northern city of Aleppo", "the airport", "Northwood", "Ras al-Ain",
     "", "Weston", "the southern province of Daraa", "north", "between talks and fighting", "the border",
     "Bab al-Hawa border crossing"],
)  # fmt: skip
def test_plain_names_and_descriptions_are_no_phrases(text: str) -> None:
    assert spatial.parse(text) is None


@pytest.mark.parametrize(
    ("text", "wide"),
    [("northern countryside of Hama", True), ("villages in southern Idlib", True), ("eastern Aleppo", False),
     ("outskirts of Goma", False)],
)  # fmt: skip
def test_whether_the_land_around_is_meant(text: str, wide: bool) -> None:
    found = spatial.parse(text)
    assert found is not None
    assert found.wide is wide


def test_words_for_kinds_have_plurals() -> None:
    words = spatial.place_words()
    assert words["villages"].word == "village"
    assert words["cities"].group == "settlement"
    assert "airport" in words["air base"].kinds


@lru_cache(maxsize=1)
def project() -> Gazetteer:
    return Gazetteer.load(Path(__file__).resolve().parent.parent / "gazetteer")


def drawn(text: str, country: str = "SY") -> Resolution:
    """The area that a phrase stands for in an article about a country."""
    return resolve_all(project(), [PlaceMention(text)], country)[0]


def far(radius: float, population: int = 0) -> Gazetteer:
    """One town far north, one at the middle latitudes of Syria, one near the equator."""
    spots = {"north": (60.0, 30.0), "syria": (35.0, 38.0), "equator": (1.0, 30.0)}
    return Gazetteer(
        {i: Place(i, i, "settlement", lat, lon, radius, None, "SY", population) for i, (lat, lon) in spots.items()}
    )


@pytest.mark.parametrize("town", ["north", "syria", "equator"])
@pytest.mark.parametrize("bearing", range(0, 360, 15))
@pytest.mark.parametrize("relation", ["within-100km", "within-20km", "near", "parts"])
def test_areas_keep_to_true_metres(town: str, bearing: int, relation: str) -> None:
    """The rim of an area lies where WGS 84 geodesics (pyproj and geopy) put it, to one per cent."""
    gazetteer = far(1000.0)
    place = gazetteer.place(town)
    shape = areas.outline(gazetteer, f"{town}/{relation}")
    assert shape is not None
    assert place.lat is not None
    assert place.lon is not None
    metres = {"within-100km": 101_000, "within-20km": 21_000, "near": 6_000, "parts": 1_000}[relation]
    rim = {share: WGS84.fwd(place.lon, place.lat, bearing, metres * share)[:2] for share in (0.99, 1.01)}
    # A polygon of 64 corners falls short of its circle by 0.1 %.
    assert shape.contains(Point(rim[0.99])), "ends too early"
    assert not shape.contains(Point(rim[1.01])), "reaches too far"
    lon, lat = rim[1.01]
    assert geodesic((place.lat, place.lon), (lat, lon)).m == pytest.approx(1.01 * metres, rel=1e-4)


@pytest.mark.parametrize(("phrase", "km", "bearing"), [("20km-south-of", 20, 180), ("50km-northeast-of", 50, 45)])
@pytest.mark.parametrize("town", ["north", "syria", "equator"])
def test_so_far_in_a_direction(town: str, phrase: str, km: int, bearing: int) -> None:
    gazetteer = far(1000.0)
    middle = areas.centre(gazetteer, f"{town}/{phrase}")
    place = gazetteer.place(town)
    assert middle is not None
    assert geodesic((place.lat, place.lon), middle[:2]).km == pytest.approx(km, rel=0.01)
    heading = WGS84.inv(place.lon, place.lat, middle[1], middle[0])[0] % 360
    assert heading == pytest.approx(bearing, abs=1)
    assert middle[2] >= 0.15 * 1000 * km, "so vague as people are about distances"


def test_a_corridor_follows_the_line_between_two_places() -> None:
    found = drawn("the road between Homs and Palmyra")
    homs, palmyra = project().place("homs"), project().place("palmyra")
    assert found.place_id == "homs/between-palmyra"
    shape = areas.outline(project(), found.place_id)
    assert shape is not None
    for step in range(1, 10):
        lon, lat = WGS84.npts(homs.lon, homs.lat, palmyra.lon, palmyra.lat, 9)[step - 1]
        assert shape.contains(Point(lon, lat)), step
    width = geodesic((homs.lat, homs.lon), (palmyra.lat, palmyra.lon)).km / 10
    aside = Point(*WGS84.fwd(37.5, 34.65, 0, 1000 * (width + 3))[:2])
    assert not shape.contains(aside)


@pytest.mark.parametrize(
    ("text", "country", "place_id", "inside", "outside"),
    [
        ("the Turkish border", "SY", "syria/border-tr", (36.88, 38.4), (36.5, 38.4)),
        ("the Syrian-Lebanese border", "SY", "syria/border-lb", (34.45, 36.45), (34.45, 37.0)),
        ("near the Iraqi border", "SY", "syria/border-iq", (34.45, 40.98), (34.45, 40.5)),
        ("the border with Russia", "UA", "country:UA/border-ru", (50.28, 36.9), (49.5, 36.0)),
        ("eastern Ukraine", "UA", "country:UA/eastern", (48.0, 37.8), (49.8, 24.0)),
        ("parts of eastern Ukraine", "UA", "country:UA/eastern", (48.0, 37.8), (48.7, 44.5)),
        ("southern Syria", "SY", "syria/southern", (32.7, 36.6), (36.2, 37.1)),
        ("north-east Syria", "SY", "syria/northeastern", (36.5, 40.7), (35.5, 36.0)),
        ("east of the Euphrates", "SY", "euphrates/east-of", (35.45, 40.25), (35.2, 40.1)),
        ("the western bank of the Dnipro", "UA", "world:dnipro-river-ua/west-of", (46.75, 32.7), (46.5, 33.3)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_borders_countries_and_rivers(
    text: str, country: str, place_id: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    found = drawn(text, country)
    assert (found.place_id, found.method) == (place_id, Method.SPATIAL), found.because
    shape = areas.outline(project(), place_id)
    assert shape is not None
    assert shape.is_valid
    assert shape.contains(Point(inside[1], inside[0]))
    assert not shape.contains(Point(outside[1], outside[0]))
    assert found.radius_m is not None, "an area says how far it reaches"
    assert found.radius_m > 5000


@pytest.mark.parametrize("text", ["the border with Atlantis", "the Martian border", "the border with Egypt"])
def test_a_border_that_is_not_there_is_not_drawn(text: str) -> None:
    assert not drawn(text).is_settled


def test_outlines() -> None:
    syria, turkey = outlines.country("SY"), outlines.country("TR")
    assert syria is not None
    assert turkey is not None
    assert syria.contains(Point(38.5, 35.0))
    assert outlines.country("QQ") is None
    congo = outlines.country("CD")
    assert congo is not None
    assert congo.contains(Point(29.2, -1.6)), "the large Congo"
    there, back = outlines.border("SY", "TR"), outlines.border("TR", "SY")
    assert there is not None
    assert back is not None
    assert math.isclose(there.length, back.length, rel_tol=0.1)
    assert outlines.border("SY", "EG") is None
    assert outlines.border("SY", "SY") is None
    assert outlines.river("euphrates") is not None
    assert outlines.river("aleppo") is None


def test_every_river_with_a_course_is_in_a_gazetteer() -> None:
    towns = project().towns
    assert towns is not None
    known = {*project().places, *(i.removeprefix("world:").rpartition("-")[0] for i in towns.regions.places)}
    assert {row["place"] for row in rows("rivers.csv")} <= known
