"""Mentions: names whole, sorted by what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.gazetteer import Gazetteer
from geo.mentions import Scanner, Sort, scanner_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(Gazetteer.load(ROOT / "gazetteer", reference=False), ActorRegistry.load(ROOT / "gazetteer"))


WHOLE = [
    # A known name is not cut out of a longer one that no table has.
    ("Refugees from Goz Beida have reached the camp.", "Goz Beida", Sort.NAME),
    ("Families left Little Idlib on foot.", "Idlib", Sort.PLACE),
    ("Shells fell on San Jacinto del Cauca.", "San Jacinto del Cauca", Sort.NAME),
    ("Shells fell on Tall al-Qasab and Kafr Hind.", "Kafr Hind", Sort.NAME),
    ("A strike hit the Bani Walid International Airport.", "Bani Walid International Airport", Sort.PLACE),
    ("The anchor of Radio Karama wept.", "Radio Karama", Sort.BODY),
    ("The Levant Observatory counted them.", "Levant Observatory", Sort.BODY),
    ("They met Colonel Mansuri.", "Colonel Mansuri", Sort.PERSON),
    ("UNTAM had no comment.", "UNTAM", Sort.BODY),
    ("Fire reached O'Hara's Mas'oudiyah.", "Mas'oudiyah", Sort.NAME),
    # A state's name in a town's is no state.
    ("Drones hit Port Sudan on Monday.", "Port Sudan", Sort.NAME),
    # Initials that mean a side or a state stand in capitals.
    ("Black banners flew over Ana.", "Ana", Sort.NAME),
    ("Soldiers of the ANA fled.", "ANA", Sort.ACTOR),
    ("Smoke rose over Bir al-Fayad.", "Bir al-Fayad", Sort.NAME),
]


@pytest.mark.parametrize(("text", "name", "sort"), WHOLE)
def test_names(scanner: Scanner, text: str, name: str, sort: Sort) -> None:
    assert (name, sort) in [(m.text, m.sort) for m in scanner.mentions(text)]


def test_the_scanner_of_a_gazetteer_is_kept() -> None:
    gazetteer = Gazetteer.load(ROOT / "gazetteer", reference=False)
    actors = ActorRegistry.load(ROOT / "gazetteer")
    assert scanner_of(gazetteer, actors) is scanner_of(gazetteer, actors)
    other = Gazetteer.load(ROOT / "gazetteer", reference=False)
    assert scanner_of(other, actors) is not scanner_of(gazetteer, actors)


def test_an_agency_is_no_army(scanner: Scanner) -> None:
    def sides(text: str) -> list[str]:
        return [m.text for m in scanner.mentions(text) if m.sort is Sort.ACTOR]

    assert "AFP" not in sides("A spokesman told AFP that Khujand had been retaken.")
    assert "AFP" in sides("The AFP said that its troops had entered Marawi.")


def test_a_number_that_opens_a_sentence_is_no_name(scanner: Scanner) -> None:
    assert not [m.text for m in scanner.mentions("Fifty-five miles to the south the guns fell silent.")]
