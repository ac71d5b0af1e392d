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
from geo.frames.rules import RULES, Frame, frames
from geo.gazetteer import Gazetteer
from geo.lexicon import Trigger, word_forms
from geo.masking import mask
from geo.mentions import Scanner
from geo.model import parse

ROOT = Path(__file__).resolve().parents[1]
with (ROOT / "tests/data/frames.csv").open(encoding="utf-8") as handle:
    ROWS = list(csv.DictReader(handle))


def _data(name: str) -> list[dict[str, str]]:
    """The rows of one of the reader's data files, each with an example sentence."""
    with (ROOT / "geo/data" / name).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer"))


@pytest.fixture(scope="module")
def parsed(scanner: Scanner) -> dict[str, Parsed]:
    """Every sentence of the tables, parsed in one batch, as a reading does it."""
    examples = [row["example"] for name in ("triggers.csv", "governors.csv") for row in _data(name)]
    texts = dict.fromkeys([*(row["text"] for row in ROWS), *examples])
    masked = [mask(text, 0, scanner.mentions(text)) for text in texts]
    trees = parse(one.text for one in masked)
    return {
        text: Parsed(tree, one, find_dates(text, date(2024, 5, 15)))
        for text, tree, one in zip(texts, trees, masked, strict=True)
    }


def _frames(text: str, scanner: Scanner, parsed: dict[str, Parsed]) -> list[tuple[str, Frame]]:
    if not scanner.has_trigger(text):
        return []
    found = frames(parsed[text])
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
def test_construction(row: dict[str, str], scanner: Scanner, parsed: dict[str, Parsed]) -> None:
    found = _frames(row["text"], scanner, parsed)
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


@pytest.mark.parametrize("row", _data("triggers.csv"), ids=lambda row: f"{row['lemma']}-{row['pos']}-{row['frame']}")
def test_each_trigger_has_an_example_that_it_reads(row: dict[str, str], parsed: dict[str, Parsed]) -> None:
    sentence = parsed[row["example"]]
    trigger = Trigger(
        row["lemma"],
        row["pos"],
        row["frame"],
        Kind(row["kind"]),
        row["strength"] == "strong",
        tuple(row["where"].split()),
    )
    forms = word_forms(row)
    tokens = [t for t in sentence.doc if sentence.words(t, t)[2].lower() in forms and sentence.mention(t) is None]
    found = [f for t in tokens for f in RULES[row["frame"]](t, trigger, sentence) if f.reason is None and f.places]
    status = Status.DENIED if row["frame"] == "repel" else Status.REPORTED
    assert (trigger.kind, status) in {(f.kind, f.status) for f in found}


@pytest.mark.parametrize("row", _data("governors.csv"), ids=lambda row: row["lemma"])
def test_each_governor_has_an_example_that_it_governs(row: dict[str, str], parsed: dict[str, Parsed]) -> None:
    effect = Status.REPORTED if row["effect"] in ("done", "say") else Status(row["effect"])
    assert effect in {f.status for f in frames(parsed[row["example"]])}


def test_the_table_is_broad() -> None:
    assert len(ROWS) >= 500
    assert len({row["construction"] for row in ROWS}) >= 20
