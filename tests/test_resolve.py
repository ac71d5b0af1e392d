"""Resolving: namesakes told apart by what stands beside them, and an honest abstention where nothing does."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from geo.claims import Method
from geo.gazetteer import Gazetteer
from geo.resolve import PlaceMention, Resolution, resolve_all

ROOT = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The project's own tables, with the world towns behind them."""
    return Gazetteer.load(ROOT / "gazetteer")


def resolve(mention: PlaceMention, *others: str, country: str | None = "SY") -> Resolution:
    """The first mention of an article that also names the others."""
    return resolve_all(gazetteer(), [mention, *(PlaceMention(name) for name in others)], country)[0]


def said(text: str, *, kind: str = "", within: str = "", beside: str = "") -> PlaceMention:
    """A mention; further parents or companions are parted by a bar."""
    some = [tuple(part for part in words.split("|") if part) for words in (kind, within, beside)]
    return PlaceMention(text, *some)


M = said
# The mention, the other names of the article, the place that is meant.
HOMONYMS: list[tuple[PlaceMention, str, str]] = [
    (M("Zahraa", beside="Nubl"), "Aleppo", "zahraa-nubl"),
    (M("Zahraa", beside="Nubl"), "Aleppo|Homs|Damascus", "zahraa-nubl"),
    (M("Zahraa", kind="towns", beside="Nubl"), "Homs", "zahraa-nubl"),
    (M("Zahraa", kind="neighbourhood", within="Homs"), "Aleppo", "zahraa-homs"),
    (M("Zahraa", kind="district", within="Homs"), "Nubl", "zahraa-homs"),
    (M("al-Zahraa", kind="neighbourhood", within="Aleppo"), "Homs", "zahraa-aleppo"),
    (M("Zahraa", kind="neighbourhood", beside="Khalidiyah"), "Homs", "zahraa-homs"),
    (M("Suran", within="Hama"), "Aleppo", "suran-hama"),
    (M("Suran", beside="Tayyibat al-Imam"), "", "suran-hama"),
    (M("Soran", kind="town", within="Hama"), "Idlib|Aleppo", "suran-hama"),
    (M("Sawran", beside="Ihtaymilat"), "Azaz", "sauran-aleppo"),
    (M("Sauran", within="Azaz"), "Hama", "sauran-aleppo"),
    (M("Ashrafiya", beside="Sheikh Maqsoud"), "Damascus", "ashrafiyah"),
    (M("Ashrafiyeh", kind="neighbourhood", within="Aleppo"), "", "ashrafiyah"),
    (M("Ashrafiyat Sahnaya"), "Damascus", "ashrafiyat-sahnaya"),
    (M("Khalidiya", kind="district", within="Homs"), "Aleppo", "khalidiyah-homs"),
    (M("Khalidiya", kind="neighbourhood", within="Aleppo"), "Homs", "khalidiyah-aleppo"),
    (M("Mansura", beside="Tabqa"), "Aleppo", "mansura-raqqa"),
    (M("Mansoura", within="Raqqa"), "Aleppo", "mansura-raqqa"),
    (M("Mansoura", kind="village", within="Aleppo countryside"), "Khan al-Asal", "mansura-aleppo"),
    (M("Rabia", within="Latakia"), "", "rabiah-latakia"),
    (M("Rabia", beside="Salma"), "Aleppo", "rabiah-latakia"),
    (M("Tripoli", within="Lebanon"), "Damascus", "tripoli-lebanon"),
    (M("Douma"), "Damascus|Harasta", "douma"),
    (M("Duma", kind="town"), "Damascus", "douma"),
    (M("Busayrah", beside="Mayadin"), "", "busayrah"),
    (M("Basira", kind="town", within="Deir ez-Zor"), "", "busayrah"),
    (M("Salihiyah", beside="Albu Kamal"), "", "salihiyah-dez"),
    (M("Qahtaniyah", within="Hasakah"), "Qamishli", "qahtaniyah-hasakah"),
    (M("Sheikh Najjar", kind="village"), "Aleppo", "sheikh-najjar-village"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "others", "meant"), HOMONYMS, ids=lambda v: getattr(v, "text", str(v)))
def test_namesakes(mention: PlaceMention, others: str, meant: str) -> None:
    found = resolve(mention, *filter(None, others.split("|")))
    assert found.place_id == meant, found.because
    assert found.because


# The capital of a governorate, the governorate, and the land between them.
SEATS: list[tuple[PlaceMention, str]] = [
    (M("Idlib"), "idlib"),
    (M("Idlib city"), "idlib"),
    (M("Idlib", kind="city"), "idlib"),
    (M("Idlib province"), "idlib-governorate"),
    (M("Idlib", kind="province"), "idlib-governorate"),
    (M("Idlib governorate"), "idlib-governorate"),
    (M("southern Idlib"), "idlib-governorate/southern"),
    (M("southern Idlib province"), "idlib-governorate/southern"),
    (M("the countryside of Idlib"), "idlib-governorate/countryside"),
    (M("Aleppo"), "aleppo"),
    (M("Aleppo city"), "aleppo"),
    (M("the city of Aleppo"), "aleppo"),
    (M("the northern city of Aleppo"), "aleppo"),
    (M("Aleppo province"), "aleppo-governorate"),
    (M("northern Aleppo province"), "aleppo-governorate/northern"),
    (M("the western Aleppo countryside"), "aleppo-governorate/western-countryside"),
    (M("western countryside of Aleppo"), "aleppo-governorate/western-countryside"),
    (M("eastern Aleppo"), "aleppo/eastern"),
    (M("southern Aleppo countryside"), "aleppo-governorate/southern-countryside"),
    (M("Homs province"), "homs-governorate"),
    (M("Hama"), "hama"),
    (M("northern Hama"), "hama-governorate/northern"),
    (M("Raqqa province"), "raqqa-governorate"),
    (M("Raqqa"), "raqqa"),
    (M("Deir ez-Zor"), "deir-ez-zor"),
    (M("Deir Ezzor province"), "deir-ez-zor-governorate"),
    (M("Hasakah"), "hasakah"),
    (M("Daraa", kind="province"), "daraa-governorate"),
    (M("rural Damascus"), "rif-dimashq-governorate"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "meant"), SEATS, ids=lambda v: getattr(v, "text", str(v)))
def test_a_capital_and_its_land(mention: PlaceMention, meant: str) -> None:
    assert resolve(mention).place_id == meant


ABROAD: list[tuple[str, str, PlaceMention, str, str]] = [
    ("LY", "", M("Tripoli"), "Benghazi|Misrata", "Tripoli"),
    ("LB", "", M("Tripoli"), "Beirut", "tripoli-lebanon"),
    ("UA", "UA", M("Kharkiv"), "Kupiansk|Izium", "Kharkiv"),
    ("UA", "", M("Kharkiv oblast"), "Izium", "world:kharkiv-oblast-ua"),
    ("UA", "", M("Kharkiv", kind="region"), "Izium", "world:kharkiv-oblast-ua"),
    ("CD", "", M("Goma"), "Bukavu", "Goma"),
    ("CD", "", M("North Kivu", kind="province"), "Goma", "world:north-kivu-cd"),
    ("CD", "", M("South Kivu province"), "Bukavu", "world:south-kivu-cd"),
    ("RU", "", M("Berdiansk"), "Kharkiv|Mariupol|Kherson|Zaporizhzhia", "Berdyansk"),
    ("IQ", "", M("Mosul"), "Tikrit", "mosul"),
    ("SY", "", M("Turkey"), "", "turkey"),
    ("UA", "", M("Russia"), "Kyiv", "russia"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "_", "mention", "others", "meant"), ABROAD, ids=lambda v: getattr(v, "text", ""))
def test_other_wars(country: str, _: str, mention: PlaceMention, others: str, meant: str) -> None:
    found = resolve(mention, *others.split("|"), country=country)
    assert meant in (found.place_id, found.name), found.because


DESCRIBED: list[tuple[PlaceMention, str, str]] = [
    (M("the military airport"), "Deir ez-Zor|Muhasan", "deir-ez-zor-airport"),
    (M("Industrial City"), "Aleppo|Nubl|Tal Hasel", "sheikh-najjar-industrial-city"),
    (M("infantry school"), "Aleppo", "infantry-school"),
    (M("the airport", within="Tabqa"), "", "tabqa-airbase"),
    (M("the air base in Taftanaz"), "Idlib", "taftanaz-airbase"),
    (M("air base at Taftanaz in Syria"), "Idlib", "taftanaz-airbase"),
    (M("Ithriya junction"), "Hama", "ithriya/junction"),
    (M("Kuweires military air base"), "Aleppo", "kuweires-airbase"),
    (M("Kweires", kind="airport"), "Aleppo", "kuweires-airbase"),
    (M("border crossing", within="Kassab"), "Latakia", "kassab-crossing"),
    (M("the dam in Tabqa"), "", "tabqa-dam"),
    (M("the citadel"), "Palmyra", "palmyra-castle"),
    (M("the medieval citadel"), "Palmyra|Mosul", "palmyra-castle"),
    (M("the Old City"), "Homs|Rastan", "old-city-homs"),
    (M("the border crossing"), "Salma|Kassab", "kassab-crossing"),
    (M("the demilitarised zone"), "Quneitra", "golan-buffer-zone"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "others", "meant"), DESCRIBED, ids=lambda v: getattr(v, "text", ""))
def test_descriptions(mention: PlaceMention, others: str, meant: str) -> None:
    found = resolve(mention, *filter(None, others.split("|")))
    assert found.place_id == meant, found.because


UNDECIDED: list[tuple[PlaceMention, str, Method, tuple[str, ...]]] = [
    (M("Zahraa", kind="neighbourhood"), "Aleppo|Homs", Method.AMBIGUOUS, ("Aleppo", "Homs")),
    (M("Khalidiya", kind="neighbourhood"), "Aleppo|Homs", Method.AMBIGUOUS, ("Aleppo", "Homs")),
    (M("Mansoura", kind="village"), "", Method.AMBIGUOUS, ("Tabqa", "Jabal")),
    (M("the airport"), "Hama|Qamishli", Method.AMBIGUOUS, ("Hama", "Qamishli")),
    (M("Xyzzyville"), "Aleppo", Method.UNRESOLVED, ("no place is named Xyzzyville",)),
    (M("base at Xyzzyville in Syria"), "Aleppo", Method.UNRESOLVED, ("no place is named Xyzzyville",)),
    (M("the base"), "", Method.UNRESOLVED, ()),
    (M("the base"), "Aleppo|Hama", Method.UNRESOLVED, ()),
    (M("the hospital"), "Raqqa|Aleppo", Method.UNRESOLVED, ()),
    (M("the Old City"), "Homs|Aleppo", Method.AMBIGUOUS, ("Homs", "Aleppo")),
    (M("police station"), "Aleppo", Method.UNRESOLVED, ()),
    (M("Duma", kind="village"), "Salamiyah|Hama", Method.UNRESOLVED, ()),
    (M("Tall Ahmar"), "", Method.AMBIGUOUS, ()),
    (M("Mosul", within="Nubl"), "", Method.UNRESOLVED, ("lies where the article says",)),
    (M("Westville", kind="province"), "", Method.UNRESOLVED, ()),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "others", "method", "words"), UNDECIDED, ids=lambda v: getattr(v, "text", ""))
def test_nothing_is_guessed_and_both_are_named(
    mention: PlaceMention, others: str, method: Method, words: tuple[str, ...]
) -> None:
    found = resolve(mention, *filter(None, others.split("|")))
    assert found.method is method, found.because
    assert (found.place_id, found.lat, found.lon, found.radius_m) == (None, None, None, None)
    assert all(word in found.because for word in words), found.because
    if method is Method.AMBIGUOUS:
        assert len(found.candidates) > 1


ABROAD: list[tuple[str, str, str, str | None]] = [
    ("UA", "New York", "Toretsk|Kostiantynivka", "geonames:699751"),
    ("UA", "New York", "Kyiv|Lviv", None),  # the town near Toretsk, or the metropolis
    ("UA", "Lysivka", "Pokrovsk|Myrnohrad", "world:lysivka-of-pokrovsk-ua"),
    ("UA", "Lysivka", "Odesa|Mykolaiv", None),  # villages of one name are many
    ("ML", "northern Mali", "Gao", "world:azawad-ml"),
    ("CD", "eastern DRC", "Goma", "world:eastern-congo-cd"),
]


@pytest.mark.parametrize(("country", "text", "others", "meant"), ABROAD)
def test_a_small_town_of_another_war_needs_something_beside_it(
    country: str, text: str, others: str, meant: str | None
) -> None:
    found = resolve(M(text), *others.split("|"), country=country)
    assert found.place_id == meant, found.because


def test_a_name_is_not_its_own_anchor() -> None:
    """A village spelt in two ways does not confirm itself, however often it stands there."""
    twice = [M("Mansoura"), M("Mansura"), M("al-Mansourah")]
    assert {r.method for r in resolve_all(gazetteer(), twice, "SY")} == {Method.AMBIGUOUS}


def test_resolutions_come_in_the_order_of_the_mentions_and_twice_the_same() -> None:
    mentions = [M("Nubl"), M("Zahraa", beside="Nubl"), M("Nubl"), M("Homs")]
    first, again = (resolve_all(gazetteer(), mentions, "SY") for _ in range(2))
    assert [r.place_id for r in first] == ["nubl", "zahraa-nubl", "nubl", "homs"]
    assert first == again


def test_the_country_may_be_a_name_or_unknown() -> None:
    assert resolve(M("Nubl"), country="Syria").place_id == "nubl"
    assert resolve(M("Nubl"), country=None).place_id == "nubl"
    assert resolve(M("Goma"), country=None).name == "Goma"


@pytest.mark.parametrize(
    ("text", "whole"), [("Hama", "hama"), ("Idlib province", "idlib-governorate"), ("Nubl", "nubl")]
)
def test_a_part_without_a_name_is_an_area_and_never_the_whole(text: str, whole: str) -> None:
    part, named = resolve(PlaceMention(text, part=True)), resolve(PlaceMention(text))
    assert (part.place_id, part.kind, part.method) == (f"{whole}/parts", "area", Method.SPATIAL)
    assert named.place_id == whole
