"""Spatial phrases: which words are the anchor and what the others say."""

from __future__ import annotations

import pytest

from geo import spatial

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
    ("about 50 km (30 miles) west and northwest of Raqqa", "Raqqa", "50km-west-and-northwest-of"),
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
]


@pytest.mark.parametrize(("text", "anchor", "relation"), PHRASES, ids=[p[0] for p in PHRASES])
def test_phrases(text: str, anchor: str, relation: str) -> None:
    found = spatial.parse(text)
    assert found is not None
    assert (found.anchor, found.relation) == (anchor, relation)


@pytest.mark.parametrize(
    ("text", "anchor", "other", "relation"),
    [
        ("between Chernihiv and Kharkiv", "Chernihiv", "Kharkiv", "between"),
        ("the highway between Homs and Hama", "Homs", "Hama", "between"),
        ("Damascus-Aleppo highway", "Damascus", "Aleppo", "road"),
        ("the Orikhiv-Tokmak axis", "Orikhiv", "Tokmak", "road"),
    ],
)
def test_phrases_with_two_ends(text: str, anchor: str, other: str, relation: str) -> None:
    found = spatial.parse(text)
    assert found is not None
    assert (found.anchor, found.other, found.relation) == (anchor, other, relation)


@pytest.mark.parametrize(
    "text",
    ["Nubl", "Aleppo International Airport", "the northern city of Aleppo", "the airport", "Northwood", "Ras al-Ain",
     "", "Weston", "the southern province of Daraa", "north", "between talks and fighting"],
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
