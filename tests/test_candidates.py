"""Candidates: which sentences deserve a parse."""

from __future__ import annotations

import pytest

from geo.candidates import is_candidate
from geo.masking import mask
from geo.mentions import Mention, Sort

_NAMES = {"Harasta": Sort.PLACE, "Kemal": Sort.PERSON, "fighters": Sort.ACTOR, "Duhok": Sort.PLACE}


def _masked(text: str) -> bool:
    mentions = [Mention(text.index(n), text.index(n) + len(n), n, sort) for n, sort in _NAMES.items() if n in text]
    return is_candidate(mask(text, 0, sorted(mentions, key=lambda m: m.start)))


@pytest.mark.parametrize(
    "text",
    [
        "The fighters captured Harasta.",
        "The fighters took the town at dawn.",
        "They say that fighters took control.",
        "Harasta was entered by the army for the second time.",
        "Battles broke out between the army and fighters on the edge of Harasta.",
        "The fighters battled the army in Harasta.",
        "Shells fell on the rebel-held east of Harasta.",
        "Zubin, captured a year ago, changed hands.",
        "The army drove fighters out of Harasta.",
        "It has been held by the army since spring, Harasta's council said.",
        "The fighters left Harasta on buses.",
        "The fighters fought their way into Harasta.",
        "The fighters moved in to Harasta.",
        "The army drove out of Harasta.",
        "The fighters reached the centre of Harasta.",
        "Harasta went to the fighters.",
        "The fighters gave up Harasta.",
        "The fighters gave it to the army.",
        "The army cut off Harasta.",
        "The army pulled out of Harasta.",
        "The army's withdrawal from Harasta went on.",
        "The council was handed over to the mayor of Harasta.",
        "The siege of Harasta went on.",
        "The army has lost Harasta.",
        "The village is under the authority of fighters.",
    ],
)
def test_worth_a_parse(text: str) -> None:
    assert _masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "The museum opened again on Friday.",
        "She took two aspirin and slept.",
        "Nobody can turn water into wine.",
        "He said that the fight cost lives in Harasta.",
        "The singer left early.",
        "The fighters marched on Harasta.",
        "Fighters rolled up to the edge of Harasta.",
        "Harasta has changed since the fighters came.",
        "Harasta will go next, the fighters said.",
        "The fighters retreated behind Harasta.",
        "Fighters of Harasta rejected a withdrawal.",
        "The fighters gave Harasta a warning.",
        "The army cut wages in Harasta.",
        "The fighters beat the army at chess in Harasta.",
        "A ship of the line was given a new name.",
        "The price fell sharply.",
        "The charge is theft.",
        "The attack was called a crime.",
    ],
)
def test_not_worth_a_parse(text: str) -> None:
    assert not _masked(text)


def test_a_masked_side_is_no_trigger_word() -> None:
    text = "The Kemal Forces met in a hotel in Duhok."
    at = text.index("Kemal Forces")
    assert not is_candidate(mask(text, 0, [Mention(at, at + len("Kemal Forces"), "Kemal Forces", Sort.ACTOR)]))
