"""Vetoes: what stands where a place could, and is none that a side can take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tables() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer", reference=False), ActorRegistry.load(ROOT / "gazetteer")


def _changes(text: str, tables: tuple[Gazetteer, ActorRegistry]) -> list[str]:
    article = Article("one", "", text, published=date(2016, 9, 14))
    got = read([article], *tables)
    assert not got.problems
    return [claim.place_text for claim in got.claims if claim.is_change]


NO_PLACES = [
    # people
    "Rebel fighters captured Colonel Haddad Mansuri on Friday.",
    "The rebels seized Yusuf Karimli, 34, at a roadblock.",
    "Government forces took General Anwar Sabri prisoner.",
    "Tamim Daruni was captured, the rebels said.",
    # agencies, broadcasters, monitors
    "Gunmen seized the Orontes News Agency, its editor said.",
    "The army took over Radio Karama on Monday.",
    "Rebels overran, the Levant Observatory reported, several posts.",
    # missions and bodies by abbreviation, parties
    "The militia captured two men of UNTAM.",
    "The Unity Party seized power in the vote.",
    "The National Congress won the vote in May.",
    # operations
    "The army secured Operation Desert Lantern's first aims.",
    "Rebels launched Euphrates Shield and took prisoners.",
    # based, demonyms, months, days
    "Rebels captured a Damascus-based reporter.",
    "Rebels captured three Iranians and a Russian.",
    "The army captured many in August.",
    # whole countries
    "Rebels took Syria by surprise.",
    "The rebels seized Turkey's attention.",
    # other fields
    "Barcelona captured the cup after a shoot-out.",
    "The company took over Nordbank in a deal worth millions.",
    # vehicles, ships and waters
    "Rebels seized dozens of Humvees from the army.",
    "The rebels had seized the ship Almandine off the coast.",
    "Rebels captured a Black Sea town from the army.",
    # capitals that are no names
    "Rebels seized LATEST Looted pictures of the week.",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_no_place_is_taken(tables: tuple[Gazetteer, ActorRegistry], text: str) -> None:
    assert _changes(text, tables) == []


PLACES = [
    ("Rebels captured the town of Wadi Zarqan on Friday.", ["Wadi Zarqan"]),
    ("The army captured Kafr Lusin and Tal Ghazal.", ["Kafr Lusin", "Tal Ghazal"]),
    ("Rebels seized Umm al-Qura from the army.", ["Umm al-Qura"]),
    ("Government forces recaptured Sheikh Bahlul.", ["Sheikh Bahlul"]),
    ("The army captured Mas'oudiyah.", ["Mas'oudiyah"]),
    ("Rebels overran the T4 airbase.", ["T4 airbase"]),
    ("Russian forces captured Vuhledar.", ["Vuhledar"]),
    ("The rebels captured Bani Walid International Airport.", ["Bani Walid International Airport"]),
    ("Government forces captured San Jacinto del Cauca.", ["San Jacinto del Cauca"]),
    ("Rebels captured Deir Hafir, the army said.", ["Deir Hafir"]),
]


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places_are_taken_whole(tables: tuple[Gazetteer, ActorRegistry], text: str, places: list[str]) -> None:
    assert _changes(text, tables) == places


PEACE = "Dogs were shown in Ambridge on Sunday. It rained. Prizes were given for the best of each breed. {}"


def test_an_article_that_names_no_side_tells_of_no_change(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    last = "A poodle captured Aleppo's heart, and the city of Aleppo was captured in a painting."
    assert _changes(PEACE.format(last), tables) == []
    assert _changes(PEACE.format("Rebels fled. Aleppo was captured on Monday."), tables) == ["Aleppo"]
    assert _changes("Aleppo was captured on Monday.", tables) == ["Aleppo"]
