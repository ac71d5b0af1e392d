"""Layers: what a map draws on a day, as tables, and the same in the files beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from claim_maker import claim
from map_fixture import War, war

from geo import exports, layers
from geo.claims import Method
from geo.gazetteer import Gazetteer
from geo.layers import Layers
from geo.timeline import change_dates, state_on, timeline


@pytest.fixture(scope="module")
def told() -> War:
    return war()


@pytest.fixture(scope="module")
def tables(told: War) -> Layers:
    return layers.layers(told.claims, told.states, told.dropped, told.articles, told.gazetteer)


def _holders(tables: Layers) -> dict[str, str | None]:
    return {
        row["place_id"]: row["controller"]
        for frame in (tables.control, tables.areas)
        for row in frame.to_dict("records")
    }


@pytest.mark.parametrize(
    ("day", "place", "controller"),
    [
        ("2015-06-02", "idlib", "-"),
        ("2015-06-03", "idlib", "jaysh-al-fatah"),
        ("2016-12-01", "aleppo", "assad-government"),
        ("2024-11-28", "saraqib", "hts"),
        ("2024-11-29", "zahraa", "-"),
        ("2024-11-30", "zahraa", "ypg"),
        ("2024-11-30", "manbij", None),
        ("2024-11-30", "deir-hafir", None),
        ("2026-01-13", "ashrafieh", "syria-2024"),
        ("2026-01-13", "aleppo/eastern", "-"),
    ],
)
def test_a_day_shows_who_holds_a_place_on_it(tables: Layers, day: str, place: str, controller: str | None) -> None:
    assert _holders(tables.on(date.fromisoformat(day))).get(place, "-") == controller


def test_a_day_has_the_states_that_the_timeline_has(told: War, tables: Layers) -> None:
    for day in change_dates(told.claims):
        states = state_on(told.states, day)
        assert _holders(tables.on(day)) == {place: state.controller for place, state in states.items()}


def test_no_state_is_drawn_twice_on_one_day(tables: Layers) -> None:
    for frame in (tables.control, tables.areas):
        rows = frame.to_dict("records")
        for row in rows:
            others = [one for one in rows if one["place_id"] == row["place_id"] and one is not row]
            assert not [
                one for one in others if one["start"] <= row["start"] and (one["end"] or date.max) >= row["start"]
            ]


def test_points_are_points_and_areas_are_polygons(tables: Layers) -> None:
    assert set(tables.control.geom_type) == {"Point"}
    assert set(tables.areas.geom_type) == {"Polygon"}
    assert sorted(set(tables.areas["place_id"])) == ["aleppo-governorate/western-countryside", "aleppo/eastern"]
    assert tables.control.crs == tables.areas.crs == "EPSG:4326"


def test_changes_say_from_whom_to_whom(tables: Layers) -> None:
    rows = tables.on(date(2024, 11, 30)).changes.to_dict("records")
    found = {(row["place_id"], row["after"]): (row["before"], row["taker_text"]) for row in rows}
    assert found["nubl", "ypg"] == ("assad-government", None)
    assert found["kuweires", "sna"] == ("assad-government", None), "not said: the state before knows"
    assert found["deir-hafir", None] == ("assad-government", "Tribal horsemen")
    assert found["manbij", None] == ("sdf", None)


def test_a_change_told_by_two_papers_is_one_row_with_two_sources(tables: Layers) -> None:
    (row,) = tables.on(date(2024, 11, 28)).changes.to_dict("records")
    assert (row["place_id"], row["sources"], len(row["claims"])) == ("saraqib", 2, 2)


def test_denied_and_planned_reports_change_nothing(tables: Layers) -> None:
    changed = {(row["place_id"], row["date"]) for row in tables.changes.to_dict("records")}
    assert ("maarat-al-numan", date(2024, 11, 28)) not in changed
    assert ("azaz", date(2024, 11, 30)) in changed, "by the hostile article, which does report it"
    assert ("tal-rifaat", date(2024, 11, 30)) in changed


def test_an_unknown_taker_keeps_its_words_in_the_state(tables: Layers) -> None:
    rows = {row["place_id"]: row for row in tables.on(date(2024, 11, 30)).control.to_dict("records")}
    assert rows["deir-hafir"]["taker_text"] == "Tribal horsemen"
    assert rows["manbij"]["taker_text"] is None
    assert rows["nubl"]["taker_text"] is None


def test_contested_holds_what_is_fought_over_disputed_or_besieged(tables: Layers) -> None:
    found = {(row["place_id"], row["condition"]) for row in tables.contested.to_dict("records")}
    assert {("saraqib", "contested"), ("kuweires", "disputed"), ("nubl", "besieged")} <= found
    assert not [row for row in found if row[1] in ("held", "vacated")]


def test_what_is_on_no_map_is_listed_with_its_reason(tables: Layers) -> None:
    rows = tables.unplaced.to_dict("records")
    found = {(row["article"], row["place_text"], row["reason"]) for row in rows}
    assert ("undated", "Khan Tuman", "no_date") in found
    assert ("zz-hostile", "Qalat al-Ghubar", str(Method.UNRESOLVED)) in found
    assert ("a07", "the ridge", "place_unknown") in found
    assert len(rows) == 4
    published = tables.on(date(2024, 12, 1)).unplaced
    assert set(published["article"]) == {"zz-hostile"}


def test_a_place_without_a_position_is_not_drawn_at_zero(told: War) -> None:
    lost = claim(place_id="lost-hill", place_name="Lost Hill", lat=None, lon=None)
    made = layers.layers([lost], timeline([lost]), [], [], told.gazetteer)
    assert len(made.control) == len(made.areas) == len(made.changes) == 0
    assert list(made.unplaced["reason"]) == ["place_unknown"]


def test_a_place_that_the_gazetteer_lost_is_drawn_where_the_claim_saw_it(told: War) -> None:
    old = claim(place_id="gone", place_name="Gone", lat=36.0, lon=37.0)
    (row,) = layers.layers([old], timeline([old]), [], [], told.gazetteer).control.to_dict("records")
    assert (row["name"], row["geometry"].x, row["geometry"].y) == ("Gone", 37.0, 36.0)


def test_nothing_gives_empty_tables(told: War) -> None:
    made = layers.layers([], [], [], [], told.gazetteer)
    assert [len(frame) for frame in (made.control, made.areas, made.changes, made.unplaced)] == [0, 0, 0, 0]
    assert len(made.on(date(2024, 1, 1)).control) == 0


def test_the_order_of_claims_does_not_matter(told: War, tables: Layers) -> None:
    again = layers.layers(told.claims[::-1], told.states[::-1], told.dropped[::-1], told.articles[::-1], told.gazetteer)
    for name in ("control", "areas", "changes", "unplaced"):
        assert getattr(again, name).to_dict("records") == getattr(tables, name).to_dict("records")


def test_the_daily_geojson_shows_what_the_days_map_shows(told: War, tables: Layers, tmp_path: Path) -> None:
    exports.write(tmp_path, claims=told.claims, states=told.states, gazetteer=told.gazetteer, actors=told.actors)
    days = change_dates(told.claims)
    assert sorted(path.stem for path in (tmp_path / "geojson").iterdir()) == [day.isoformat() for day in days]
    for day in days:
        text = (tmp_path / "geojson" / f"{day}.geojson").read_text(encoding="utf-8")
        rows = [feature["properties"] for feature in json.loads(text)["features"]]
        held = {row["place_id"]: row["controller"] for row in rows if row["layer"] == "control"}
        assert held == _holders(tables.on(day))
        changed = {(row["place_id"], row["to_actor"]) for row in rows if row["layer"] == "change"}
        today = tables.on(day).changes.to_dict("records")
        assert changed == {(row["place_id"], row["after"]) for row in today}


@pytest.mark.parametrize(
    ("place_id", "hatched"),
    [
        ("aleppo/eastern", True),
        ("homs-governorate/parts", True),
        ("country:IQ/northern", False),
        ("country:SY/parts", False),
    ],
)  # fmt: skip
def test_an_area_of_half_a_country_is_a_mark(place_id: str, hatched: bool) -> None:
    known = Gazetteer.load(Path(__file__).parents[1] / "gazetteer")
    spot = layers.spots_of([claim(place_id=place_id, lat=35.0, lon=38.0)], [], known)[place_id]
    assert (spot.kind, spot.outline is not None) == ("area", hatched)
