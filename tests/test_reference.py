"""The reference layer: world towns, countries, and what both lack."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, WorldTowns

DISTRICT = Path(__file__).parent / "data/district"


@pytest.fixture(scope="module")
def towns() -> WorldTowns:
    return WorldTowns()


@pytest.mark.parametrize(
    ("text", "place_id", "country"),
    [
        ("Avdiivka", "geonames:713122", "UA"),
        ("el-Fasher", "geonames:379555", "SD"),
        ("Fallujah", "geonames:99454", "IQ"),
        ("Falluja", "geonames:99454", "IQ"),
        ("Goma", "geonames:216281", "CD"),
        ("Київ", "geonames:703448", "UA"),
        ("Ukraine", "country:UA", "UA"),
        ("DR Congo", "country:CD", "CD"),
        ("Burma", "country:MM", "MM"),
        ("North Kivu", "world:north-kivu-cd", "CD"),
        ("Donetsk region", "world:donetsk-oblast-ua", "UA"),
        ("the Donbas", None, ""),
        ("Donbas", "world:donbas-ua", "UA"),
        ("Mosul Dam", "world:mosul-dam-iq", "IQ"),
        ("Qqqq", None, ""),
    ],
)
def test_lookup(towns: WorldTowns, text: str, place_id: str | None, country: str) -> None:
    found = towns.lookup(text)
    if place_id is None:
        assert found == ()
    else:
        assert (found[0][0].id, found[0][0].country) == (place_id, country)
        assert found[0][0].layer == "reference"
        assert towns.place(place_id) == found[0][0]


@pytest.mark.parametrize("name", ["ALP", "DAM", "Tall", "QHS"])
def test_codes_and_kind_words_are_no_names(towns: WorldTowns, name: str) -> None:
    assert not any(place.name in ("Aleppo", "Damascus", "Al Hasakah", "At Tall") for place, _ in towns.lookup(name))


@pytest.mark.parametrize("place_id", ["geonames:1", "geonames:x", "country:QQ", "world:none", "nubl", ""])
def test_unknown_ids(towns: WorldTowns, place_id: str) -> None:
    assert towns.place(place_id) is None


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [("Beiji", "IQ", "Bayjī"), ("Kyiv", "UA", None), ("Hodaida", "YE", "Al Ḩudaydah"), ("Kadugli", "UA", None)],
)
def test_romanisations_are_sought_in_one_country_that_writes_arabic(
    towns: WorldTowns, text: str, country: str, name: str | None
) -> None:
    found = [place.name for place, _ in towns.romanised(text, country)]
    assert found[:1] == ([name] if name else [])


@pytest.mark.parametrize(
    ("word", "code"), [("Iraqi", "IQ"), ("Ukrainians", "UA"), ("Congolese", "CD"), ("Martian", None)]
)
def test_demonyms(towns: WorldTowns, word: str, code: str | None) -> None:
    assert towns.countries.demonym(word) == code


@pytest.mark.parametrize(
    ("name", "code"), [("Syria", "SY"), ("SY", "SY"), ("the United States", "US"), ("Côte d’Ivoire", "CI"), ("X", None)]
)
def test_country_codes(towns: WorldTowns, name: str, code: str | None) -> None:
    assert towns.countries.code(name) == code


def test_the_workspace_comes_first_and_its_twin_is_left_out() -> None:
    gazetteer = Gazetteer.load(DISTRICT)
    found = gazetteer.lookup("Aleppo")
    assert found[0].place.id == "aleppo"
    assert "geonames:170063" not in [c.place.id for c in found], "the same town by its GeoNames number"
    assert gazetteer.place("geonames:170063").name == "Aleppo"


def test_every_row_of_the_world_places_is_sound(towns: WorldTowns) -> None:
    for place in towns.regions.places.values():
        assert towns.countries.place(place.country) is not None, place.id
        assert place.has_point or place.kind == "river", place.id
        assert place.radius_m > 0 or place.kind == "river", place.id


def test_the_layer_travels_to_other_processes(towns: WorldTowns) -> None:
    again = pickle.loads(pickle.dumps(towns))  # noqa: S301
    assert again.lookup("Goma") == towns.lookup("Goma")
