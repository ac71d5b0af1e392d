"""References: a place and a side as a phrase of the article gives them, before anybody says what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from geo.mentions import Sort


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as a phrase gives it. Offsets index the article.

    text is None where the phrase only points back (`kind_words` say at what: "the town"). partial: a
    part of the place; count: of an unnamed set; holder: who is said to hold it ("rebel-held");
    anchored: the text names a surrounding or nearby place, not the place itself; unnamed: the kind word of
    the one place that a phrase introduces without its name ("a town in the north").
    """

    start: int
    end: int
    text: str | None
    kind_words: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    partial: bool = False
    count: int | None = None
    holder: str | None = None
    anchored: bool = False
    plural: bool = False
    certain: bool = False
    sort: Sort | None = None
    unnamed: str = ""


@dataclass(frozen=True, slots=True)
class SideRef:
    """A side as a phrase gives it: its words, and whether they only point back (they, the group)."""

    text: str
    start: int
    end: int
    pronoun: bool
    named: bool
    armed: bool = False
