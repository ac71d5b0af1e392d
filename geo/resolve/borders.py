"""Borders and rivers of spatial phrases: which two countries, or which river, are meant.

"the Turkish border" in an article about Syria is Syria's border with Turkey; "the west bank of the Dnipro" is the
river's, though a town bears its name. Words come in; a place or codes go out, or None where they name neither.
"""

from __future__ import annotations

import re

from geo.gazetteer import Gazetteer, Place
from geo.resolve.cues import is_spelt_same
from geo.resolve.phrases import clean
from geo.spatial import SpatialPhrase

_BANKS = re.compile(r"\b(?:bank|banks|shore|shores)\b")


def code_of(gazetteer: Gazetteer, country: str | None) -> str | None:
    """The ISO code of a country by its code, its name or its people's ("Syrian"), or None."""
    if not country:
        return None
    if len(country) == 2 and country.isalpha():
        return country.upper()
    found = [c.place for c in gazetteer.lookup(country) if c.place.kind == "country"]
    if not found and gazetteer.towns is not None:
        return gazetteer.towns.countries.demonym(country)
    return found[0].country if found else None


def country_place(gazetteer: Gazetteer, code: str) -> Place | None:
    """The country of an ISO code: the workspace's own place, else the reference layer's."""
    own = [p for p in gazetteer.places.values() if p.kind == "country" and p.country == code]
    if own or gazetteer.towns is None:
        return own[0] if own else None
    return gazetteer.towns.countries.place(code)


def border(gazetteer: Gazetteer, phrase: SpatialPhrase, home: str | None) -> tuple[Place, str] | None:
    """The country on this side and the code of the one beyond; home is this side where the phrase names only one."""
    named = [code_of(gazetteer, clean(name)) for name in (phrase.anchor, phrase.other) if name]
    codes = [code for code in named if code]
    if len(codes) < len(named):
        return None
    if len(codes) == 1 and home:
        codes.append(home)
    here = home if home in codes else codes[0]
    there = next((code for code in codes if code != here), None)
    place = country_place(gazetteer, here or "")
    return (place, there) if place is not None and there else None


def river_with_banks(gazetteer: Gazetteer, phrase: SpatialPhrase) -> Place | None:
    """The river of which a phrase names the bank or shore, or None."""
    if not _BANKS.search(phrase.words.lower()):
        return None
    found = (c for name in (phrase.anchor, f"{phrase.anchor} River") for c in gazetteer.lookup(name))
    return next((c.place for c in found if c.place.kind == "river" and is_spelt_same(c)), None)
