"""Frames: one table of sentences of our own (tests/data/frames.csv), by construction.

`changes` lists every reported change of the sentence as place|kinds|taker|loser (words that must stand in
them; kinds with a stroke between them are as good as each other); nothing else may come out as a reported
change. `others` lists frames that must stand beside them as place|kind|status.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.claims import CHANGES, Kind, Status
from geo.dates import find_dates
from geo.frames.parsed import Parsed
from geo.frames.refs import PlaceRef
from geo.frames.rules import Frame, frames
from geo.gazetteer import Gazetteer
from geo.masking import mask
from geo.mentions import Scanner
from geo.model import parser

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "tests/data/frames.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer"))


def _frames(text: str, scanner: Scanner) -> list[tuple[str, Frame]]:
    if not scanner.has_trigger(text):
        return []
    masked = mask(text, 0, scanner.mentions(text))
    found = frames(Parsed(parser()(masked.text), masked, find_dates(text, date(2024, 5, 15))))
    return [(_name(place), f) for f in found if f.reason is None for place in f.places if not _unlocated(place)]


def _name(place: PlaceRef) -> str:
    """The words of a place; of a phrase that only points back, its kind in angle brackets."""
    return place.text or f"<{' '.join(place.kind_words)}>"


def _unlocated(place: PlaceRef) -> bool:
    """An unnamed set with no location, which becomes no claim."""
    return place.text is None and place.count is not None


def _kind(frame: Frame, place: str) -> Kind:
    partial = any(p.partial for p in frame.places if p.text == place)
    return Kind.PARTIAL_CAPTURE if partial and frame.kind is Kind.CAPTURE else frame.kind


def _fits(wanted: str, place: str, frame: Frame) -> bool:
    name, kinds, taker, loser = wanted.split("|")
    sides = ((taker, frame.taker), (loser, frame.loser))
    return (
        name.lower() in place.lower()
        and _kind(frame, place) in kinds.split("/")
        and all(not words or side is not None and words.lower() in side.text.lower() for words, side in sides)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:60])
def test_construction(row: dict[str, str], scanner: Scanner) -> None:
    found = _frames(row["text"], scanner)
    reported = [(p, f) for p, f in found if f.kind in CHANGES and f.status is Status.REPORTED]
    if row["text"].endswith("?"):
        reported = []
    for wanted in filter(None, row["changes"].split("; ")):
        fitting = [p for p, f in reported if _fits(wanted, p, f)]
        assert fitting, f"{wanted} not in {[(p, f.kind, f.status) for p, f in found]}"
        reported = [(p, f) for p, f in reported if p != fitting[0]]
    assert not [(p, f.kind, f.word) for p, f in reported]
    for wanted in filter(None, row["others"].split("; ")):
        name, kind, status = wanted.split("|")
        assert any(name in p and f.kind == kind and f.status == status for p, f in found), wanted


def test_the_table_is_broad() -> None:
    assert len(ROWS) >= 170
    assert len({row["construction"] for row in ROWS}) >= 20
