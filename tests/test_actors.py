"""The actor registry: what phrases mean at a date in a country (tests/data/actors.csv), who fights whom, and
that mistakes in its files are named by file and line."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.actors import Actor, ActorName, ActorRegistry, Conflict
from geo.errors import InputError

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "tests/data/actors.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load(ROOT / "gazetteer")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['phrase']} {row['on']}")
def test_phrase(row: dict[str, str], registry: ActorRegistry) -> None:
    found = registry.match(row["phrase"], date.fromisoformat(row["on"]), row["country"])
    assert (found.actor.id if found else "") == row["actor"]


@pytest.mark.parametrize(
    ("side", "on", "country", "main"),
    [
        ("syrian-government-assad", "2013-05-01", "SY", ["syrian-rebels"]),
        ("ahrar-al-sham", "2013-05-01", "SY", ["syrian-government-assad"]),
        ("taliban", "2021-08-12", "AF", ["afghan-government"]),
        ("afghan-government", "2010-08-12", "AF", ["taliban"]),
        ("rsf", "2024-05-01", "SD", ["saf"]),
        ("russia", "2022-05-01", "UA", ["ukraine"]),
        ("ukraine", "2024-08-10", "RU", ["russia"]),
        ("houthis", "2020-05-01", "YE", ["yemeni-government"]),
        ("hts-led-opposition", "2024-11-30", "SY", ["syrian-government-assad"]),
        ("taliban", "2021-08-12", "SY", []),
        ("rsf", "2024-05-01", None, []),
        ("southern-opposition", "2015-06-09", "SY", ["syrian-government-assad"]),
        ("nra-uganda", "1985-06-09", "UG", ["uganda"]),
    ],
)
def test_main_enemies(side: str, on: str, country: str | None, main: list[str], registry: ActorRegistry) -> None:
    found = registry.enemies(side, date.fromisoformat(on), country)
    assert [enemy.actor for enemy in found if enemy.main] == main


@pytest.mark.parametrize(
    ("a", "b", "on", "allied"),
    [
        ("hezbollah", "syrian-government-assad", "2015-05-10", True),
        ("syrian-rebels", "syrian-government-assad", "2015-05-10", False),
        ("rsf", "houthis", "2024-05-10", False),
    ],
)
def test_who_shares_an_enemy(a: str, b: str, on: str, allied: bool, registry: ActorRegistry) -> None:
    assert registry.allied(a, b, date.fromisoformat(on)) is allied


def test_fighting_is_mutual(registry: ActorRegistry) -> None:
    """Whoever a side fights fights it."""
    day = date(2015, 6, 1)
    for country in ("SY", "IQ", "LY", "YE", "NG", "AF", "UA"):
        for side in registry.actors:
            for enemy in registry.enemies(side, day, country):
                back = {other.actor for other in registry.enemies(enemy.actor, day, country)}
                assert not back.isdisjoint({*registry.family(side), *_members(side, registry)}), (country, side, enemy)


def _members(actor: str, registry: ActorRegistry) -> set[str]:
    return {other for other in registry.actors if actor in registry.family(other)}


def test_retaken_ground(registry: ActorRegistry) -> None:
    by_side = {enemy.actor: enemy.retakes for enemy in registry.enemies("ukraine", date(2022, 9, 1), "UA")}
    assert by_side["russia"]
    assert not any(enemy.retakes for enemy in registry.enemies("russia", date(2022, 9, 1), "UA"))


def test_war_and_peace(registry: ActorRegistry) -> None:
    assert registry.at_war("SD", date(2024, 1, 1))
    assert not registry.at_war("UA", date(2010, 1, 1))
    assert not registry.at_war("CH", date(2024, 1, 1))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("actor_conflicts.csv", "UA,2022-02-24,,ukraine,", "UA,2022-02-24,,ukrain,", "actor 'ukrain' is not in"),
        (
            "actor_conflicts.csv",
            "UA,2022-02-24,,ukraine,russia",
            "UA,2022-02-24,,ukraine,ukraine",
            "cannot fight itself",
        ),
        ("actor_conflicts.csv", "UA,2022-02-24,", "Ukraine,2022-02-24,", "is not a country"),
        ("actor_conflicts.csv", "UA,2022-02-24,", "UA,24 Feb,", "write it as"),
        ("actors.csv", "ypg,YPG,kurdish-led,#e69f00,sdf", "ypg,YPG,kurdish-led,#e69f00,nobody", "parent 'nobody'"),
        ("actors.csv", "ypg,YPG,", "sdf,YPG,", "is there twice"),
        ("actor_names.csv", "ypg,Kurdish YPG,", "ypgg,Kurdish YPG,", "is not in actors.csv"),
        ("actor_names.csv", "ypg,Kurdish YPG,", "rsf,YPG,", "at the same time"),
    ],
)
def test_mistakes_are_named(file: str, old: str, new: str, says: str, gazetteer_copy: Path) -> None:
    path = gazetteer_copy / file
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=says) as caught:
        ActorRegistry.load(gazetteer_copy)
    assert caught.value.line


def test_nothing_is_known_without_conflicts(gazetteer_copy: Path) -> None:
    (gazetteer_copy / "actor_conflicts.csv").unlink()
    registry = ActorRegistry.load(gazetteer_copy)
    assert registry.enemies("ukraine", date(2022, 9, 1), "UA") == ()


def test_allies_of_an_enemy_are_meant_only_when_named() -> None:
    sides = [Actor(name, name.upper(), "b", "#000000", countries=("SY",)) for name in ("a", "b", "c", "d")]
    names = [ActorName(side.id, side.name) for side in sides]
    rows = [Conflict("SY", "a", ("b",), ("c",), date(2020, 1, 1), date(2020, 12, 31), retakes=True)]
    registry = ActorRegistry.from_rows(sides, names, rows)
    inside = registry.enemies("a", date(2020, 6, 1), "SY")
    assert [(e.actor, e.main, e.retakes) for e in inside] == [("b", True, True), ("c", False, True)]
    assert [e.actor for e in registry.enemies("c", date(2020, 6, 1), "SY")] == ["a"]
    assert registry.enemies("a", date(2021, 6, 1), "SY") == ()
    assert registry.enemies("d", date(2020, 6, 1), "SY") == ()


def test_a_name_in_small_letters_is_nobodys_own(registry: ActorRegistry) -> None:
    def own(words: str) -> bool:
        found = registry.match(words, date(2021, 1, 11), None)
        return found is not None and found.names_as(words)

    assert all(map(own, ("National Army", "Soldiers of the National Army", "peshmerga")))
    assert not any(map(own, ("national army", "Soldiers of the national army")))
