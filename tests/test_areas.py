"""Areas: what a phrase covers, as a polygon that is the same wherever it is asked for."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from shapely.geometry import Point

from geo import areas
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer, Place

KM = 1 / 111.32  # degrees of latitude


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    rows = [
        ("province", "Aleppo Governorate", "governorate", 36.2, 37.6, 60000.0, None, 0),
        ("aleppo", "Aleppo", "settlement", 36.2, 37.16, 8000.0, "province", 1_850_000),
        ("nubl", "Nubl", "settlement", 36.37, 36.99, 1500.0, "province", 21_000),
        ("nowhere", "Lost Hill", "hill", None, None, 0.0, None, 0),
        ("desert", "Great Desert", "region", 34.0, 39.0, 400000.0, None, 0),
    ]
    return Gazetteer({row[0]: Place(*row[:7], "SY", row[7]) for row in rows})


def _seen(gazetteer: Gazetteer, place_id: str, origin: tuple[float, float], km: float, bearing: float) -> bool:
    """Whether the outline covers the point so far from the origin (lat, lon), clockwise from north."""
    shape = areas.outline(gazetteer, place_id)
    assert shape is not None
    assert shape.is_valid
    lat, lon = origin
    north, east = km * math.cos(math.radians(bearing)), km * math.sin(math.radians(bearing))
    return bool(shape.contains(Point(lon + east * KM / math.cos(math.radians(lat)), lat + north * KM)))


@pytest.mark.parametrize(
    ("relation", "inside", "outside"),
    [
        ("eastern", (5, 90), (5, 270)),
        ("northern-parts", (5, 0), (5, 180)),
        ("northeastern", (5, 45), (5, 90)),
        ("western-countryside", (20, 270), (5, 270)),
        ("western-countryside", (37, 270), (39, 270)),
        ("countryside", (30, 123), (4, 123)),
        ("east-of", (15, 90), (25, 90)),
        ("20km-south-of", (20, 180), (14, 180)),
        ("20km-off", (20, 77), (26, 77)),
        ("within-9km", (16, 200), (18, 200)),
        ("near", (12, 10), (14, 10)),
        ("outskirts", (10, 10), (3, 10)),
        ("centre", (3, 10), (4, 10)),
        ("parts", (7, 10), (9, 10)),
        ("airport", (12, 10), (14, 10)),
    ],
)
def test_a_relation_covers_what_it_says(
    gazetteer: Gazetteer, relation: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    origin = (36.2, 37.16)
    assert _seen(gazetteer, f"aleppo/{relation}", origin, *inside)
    assert not _seen(gazetteer, f"aleppo/{relation}", origin, *outside)


def test_two_directions_are_one_area(gazetteer: Gazetteer) -> None:
    for bearing in (90, 180):
        assert _seen(gazetteer, "aleppo/eastern-southern", (36.2, 37.16), 6, bearing)
    assert not _seen(gazetteer, "aleppo/eastern-southern", (36.2, 37.16), 6, 315)


def test_a_town_has_less_land_around_it_than_a_city(gazetteer: Gazetteer) -> None:
    assert not _seen(gazetteer, "nubl/countryside", (36.37, 36.99), 20, 0)
    assert _seen(gazetteer, "aleppo/countryside", (36.2, 37.16), 20, 0)


def test_a_governorates_countryside_is_counted_from_its_town(gazetteer: Gazetteer) -> None:
    assert areas.seat_of(gazetteer, gazetteer.place("province")) == gazetteer.place("aleppo")
    assert _seen(gazetteer, "province/western-countryside", (36.2, 37.16), 20, 270)
    assert not _seen(gazetteer, "province/western-countryside", (36.2, 37.6), 10, 270)


def test_a_road_lies_between_its_ends(gazetteer: Gazetteer) -> None:
    shape = areas.outline(gazetteer, "aleppo/road-nubl")
    assert shape is not None
    assert shape.contains(Point((37.16 + 36.99) / 2, (36.2 + 36.37) / 2))
    assert not shape.contains(Point(37.16, 36.3))
    assert areas.outline(gazetteer, "aleppo/between-aleppo") is None


def test_no_area_is_as_large_as_a_continent(gazetteer: Gazetteer) -> None:
    shape = areas.outline(gazetteer, "desert/eastern")
    assert shape is not None
    assert shape.bounds[2] < 39.0 + 301 * KM / math.cos(math.radians(34))


@pytest.mark.parametrize("place_id", ["aleppo", "nowhere/eastern"])
def test_what_has_no_outline_has_none(gazetteer: Gazetteer, place_id: str) -> None:
    assert areas.outline(gazetteer, place_id) is None
    assert areas.centre(gazetteer, place_id) is None


def test_an_unknown_anchor_is_an_error(gazetteer: Gazetteer) -> None:
    for ask in (areas.outline, areas.describe):
        with pytest.raises(NotFoundError):
            ask(gazetteer, "atlantis/eastern")


@pytest.mark.parametrize(
    ("place_id", "words"),
    [
        ("aleppo", "Aleppo"),
        ("aleppo/northern-countryside", "Aleppo: northern countryside"),
        ("aleppo/20km-south-of", "20 km south of Aleppo"),
        ("aleppo/within-9km", "within 9 km of Aleppo"),
        ("aleppo/12km-off", "12 km from Aleppo"),
        ("aleppo/near", "near Aleppo"),
        ("aleppo/between-nubl", "between Aleppo and Nubl"),
        ("aleppo/road-nubl", "road Aleppo - Nubl"),
    ],
)
def test_an_area_has_words(gazetteer: Gazetteer, place_id: str, words: str) -> None:
    assert areas.describe(gazetteer, place_id) == words


def test_the_middle_and_the_reach_hold_the_area(gazetteer: Gazetteer) -> None:
    lat, lon, radius = areas.centre(gazetteer, "aleppo/eastern") or (0, 0, 0)
    shape = areas.outline(gazetteer, "aleppo/eastern")
    assert shape is not None
    assert shape.contains(Point(lon, lat))
    disc = Point(lon, lat).buffer(radius * 1.05 * KM / 1000 / math.cos(math.radians(lat)))
    assert disc.covers(shape)


def test_an_outline_is_the_same_in_every_gazetteer_that_has_the_anchor(gazetteer: Gazetteer, root: Path) -> None:
    own = Gazetteer.load(root / "gazetteer", reference=False)
    once, again = (areas.outline(own, "aleppo/western-countryside") for _ in range(2))
    assert once is not None
    assert once.equals(again)
    assert once.wkt == (areas.outline(Gazetteer.load(root / "gazetteer"), "aleppo/western-countryside") or once).wkt
