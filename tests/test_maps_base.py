"""The base map: windows around clusters of places, fine inside and coarse outside, whole and without seams."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import Point, Polygon, shape

from geo import basemap
from geo.basemap import Basemap, Window, clusters, windows_around

ALEPPO, NUBL, DONETSK, EL_FASHER = (36.2, 37.16), (36.37, 36.99), (48.0, 37.8), (13.63, 25.35)


@pytest.fixture(scope="module")
def north() -> Basemap:
    return basemap.basemap(windows_around([ALEPPO, NUBL]))


def test_places_that_lie_apart_are_clusters_of_their_own() -> None:
    found = clusters([ALEPPO, DONETSK, NUBL])
    assert found == [[ALEPPO, NUBL], [DONETSK]]
    assert clusters([NUBL, DONETSK, ALEPPO]) == found
    assert clusters([]) == []


def test_windows_hold_their_places_and_never_overlap() -> None:
    points = [ALEPPO, NUBL, DONETSK, EL_FASHER, (34.0, 36.0), (33.0, 44.0), (31.0, 34.0)]
    found = windows_around(points)
    assert all(any(window.holds(*point) for window in found) for point in points)
    assert not [pair for pair in pairwise(found) if pair[0].meets(pair[1])]
    assert len(found) == 5


def test_clusters_whose_margins_meet_share_a_window() -> None:
    (window,) = windows_around([(30.5, 31.9), (30.5, 34.1)])
    assert len(clusters([(30.5, 31.9), (30.5, 34.1)])) == 2
    assert window.west < 31.9 < 34.1 < window.east


def test_a_window_shows_coast_borders_and_provinces(north: Basemap) -> None:
    world, fine = north.parts
    assert fine.land.contains(Point(37.16, 36.2))
    assert not fine.land.contains(Point(35.7, 35.0)), "the sea off Tartus"
    assert fine.borders.distance(Point(37.1, 36.66)) < 0.1, "the Turkish border north of Aleppo"
    assert not fine.provinces.is_empty
    assert not fine.rivers.is_empty
    assert world.land.contains(Point(10.0, 50.0))
    assert not world.land.contains(Point(37.16, 36.2)), "the window is left to its own, finer lines"
    assert world.provinces.is_empty


def test_the_whole_earth_is_right_at_the_180th_meridian() -> None:
    world = basemap.basemap([]).parts[0]
    for name, lat, lon in (("Yakutsk", 62.0, 129.7), ("Anadyr", 66.5, 175.0), ("Chukotka", 66.5, -175.0)):
        assert world.land.contains(Point(lon, lat)), name
    for name, lat, lon in (("Pacific", -16.52, -100.0), ("Atlantic", 30.0, -40.0), ("Arctic", 71.2, 0.0)):
        assert not world.land.contains(Point(lon, lat)), name


def test_neighbours_keep_one_line_between_them() -> None:
    """The union of countries is quick because the data are a coverage; an overlap would lose land without a word."""
    for prefix in ("world", "detail"):
        parts = [one for _, found in basemap._features(f"{prefix}-countries") for one in basemap._polygons(found)]
        assert basemap._land(prefix).area == pytest.approx(sum(one.area for one in parts), rel=1e-9)
        assert basemap._land(prefix).is_valid


def test_lines_come_back_from_the_page_as_they_went_in(north: Basemap) -> None:
    made = north.as_json()
    for part, packed in zip(north.parts, made["parts"], strict=True):
        steps = packed["steps"]
        rings = [Polygon(_corners(flat, steps)) for flat in packed["land"]]
        assert sum(ring.area for ring in rings if ring.exterior.is_ccw) == pytest.approx(
            part.land.area, rel=0.02
        ) or sum(ring.area for ring in rings) == pytest.approx(part.land.area, rel=0.02)
        for name in basemap.LINES:
            length = sum(shapely.LineString(_corners(flat, steps)).length for flat in packed[name])
            assert length == pytest.approx(getattr(part, name).length, rel=0.02, abs=0.01)


def _corners(flat: list[int], steps: int) -> list[tuple[float, float]]:
    x = y = 0
    out = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        out.append((x / steps, y / steps))
    return out


def test_cut_edges_are_named_so_that_no_coast_is_drawn_along_them(north: Basemap) -> None:
    packed = north.as_json()["parts"][1]
    window = north.windows[0]
    xs, ys = set(packed["xs"]), set(packed["ys"])
    for flat in packed["land"]:
        corners = [(round(x * packed["steps"]), round(y * packed["steps"])) for x, y in _corners(flat, packed["steps"])]
        for a, b in pairwise(corners):
            on_edge = (a[0] == b[0] and a[0] / packed["steps"] in (window.west, window.east)) or (
                a[1] == b[1] and a[1] / packed["steps"] in (window.south, window.north)
            )
            assert not on_edge or a[0] in xs or a[1] in ys


def test_the_base_of_a_small_and_of_a_large_map_stays_light() -> None:
    many = [(lat, lon) for lat in range(-30, 60, 7) for lon in range(-120, 140, 9)]
    for points, most in (([ALEPPO, NUBL], 100_000), ([ALEPPO, DONETSK, EL_FASHER], 130_000), (many, 260_000)):
        text = json.dumps(basemap.basemap(windows_around(points)).as_json(), separators=(",", ":"))
        assert len(text) < most


def test_countries_are_named_inside_the_part_that_is_shown(north: Basemap) -> None:
    spots = {name: point for name, point, _ in north.countries}
    assert {"Syria", "Turkey", "France"} <= set(spots)
    assert north.windows[0].holds(spots["Syria"].y, spots["Syria"].x)
    assert "Vatican" not in spots


def test_a_geometry_is_rounded_for_the_page() -> None:
    made = basemap.geometry(Point(37.123456, 36.987654))
    assert made == {"type": "Point", "coordinates": [37.1235, 36.9877]}
    assert shape(made).x == 37.1235


def test_a_window_stays_on_the_globe() -> None:
    assert Window(-179, -84, 179, 84).widened(0.5, 1) == Window(-180.0, -85.0, 180.0, 85.0)
