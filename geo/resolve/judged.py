"""A mention that a person has settled: the judgement as a resolution."""

from __future__ import annotations

from geo.claims import Method
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer
from geo.judgements import Judgement
from geo.resolve.model import Resolution, at_place, nowhere


def judged(judgement: Judgement, gazetteer: Gazetteer) -> Resolution:
    """The place that the words were judged to mean; nowhere where they mean none, or one that no layer holds now."""
    if judgement.place is None:
        return nowhere(Method.UNRESOLVED, f"{judgement.basis} (no place)")
    try:
        place = gazetteer.place(judgement.place)
    except NotFoundError:
        return nowhere(Method.UNRESOLVED, f"{judgement.basis}, but no layer has {judgement.place} any more")
    return at_place(place, Method.EXACT, 1.0, judgement.basis)
