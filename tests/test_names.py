"""Names: folding keeps offsets, and spellings of one name meet while those of another do not."""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import names
from geo.gazetteer import Gazetteer, Match

ROOT = Path(__file__).resolve().parent.parent
PAIRS = list(csv.DictReader((Path(__file__).parent / "data/names/pairs.csv").read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return Gazetteer.load(ROOT / "gazetteer", reference=False)


def nearest(one: str, other: str) -> tuple[float, int]:
    costs = ((names.latin_cost(a, b), len(a.letters)) for a in names.latin_keys(one) for b in names.latin_keys(other))
    return min(costs, default=(float("inf"), 0))


def nearest_arabic(arabic: str, latin: str) -> tuple[float, int]:
    costs = (
        (names.arabic_cost(a, b), len(b.letters)) for a in names.arabic_keys(arabic) for b in names.latin_keys(latin)
    )
    return min(costs, default=(float("inf"), 0))


def accepted(row: dict[str, str]) -> bool:
    """Latin or Arabic, as the gazetteer's index takes them."""
    if names.is_arabic(row["one"]):
        cost, consonants = nearest_arabic(row["one"], row["other"])
        return cost <= 0.8 * names.cap_for(consonants)
    cost, consonants = nearest(row["one"], row["other"])
    if cost <= names.cap_for(consonants):
        return True
    crossed = ((row["other_arabic"], row["one"]), (row["one_arabic"], row["other"]))
    return any(
        cost <= 0.8 * names.cap_for(count)
        for arabic, latin in crossed
        if arabic
        for cost, count in [nearest_arabic(arabic, latin)]
    )


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(names.fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert names.fold(names.fold(text)) == names.fold(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzşçğêûî'- اأبتثجحخدذرزسشصضطظعغفقكلمنهويةى"))
def test_every_name_is_among_its_own_variants_and_keys(text: str) -> None:
    if names.plain(text):
        assert any(names.plain(form) == names.plain(text) for form in names.variants(text))
    for key in names.latin_keys(text):
        assert names.latin_cost(key, key) == 0


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Deir ez-Zor", "deir ez-zor"),
        ("Şêx Meqsûd", "sex meqsud"),
        ("Ma’arrat an-Nu‘man", "ma'arrat an-nu'man"),
        ("Deir\u2011ez\u2011Zor", "deir-ez-zor"),
        ("Iğdır ILGAZ", "igdir ilgaz"),
        ("إدلب", "ادلب"),
        ("Straße", "strase"),
        ("a\nb\u00a0c", "a b c"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert names.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Deir-ez-Zor", "deir ez zor"),
        ("Mare'", "mare"),
        ("  Al-  Bab. ", "al bab"),
        ("Shawa\u0304n", "shawan"),
        ("نُبّل", "نبل"),
    ],
)
def test_plain(text: str, plain: str) -> None:
    assert names.plain(text) == plain


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("al-Bab", "bab"),
        ("Ar-Raqqa", "raqqa"),
        ("ash Shughur", "shughur"),
        ("An Nabk", "nabk"),
        ("As Dabir", "as dabir"),
        ("Anjara", "anjara"),
        ("Arraqa", "arraqa"),
    ],
)
def test_the_article_goes_only_where_it_is_one(text: str, stripped: str) -> None:
    assert names.strip_article(text) == stripped


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Deir ez-Zor", "deir ez zor"),
        ("Deir ez Zor", "deir ez-zor"),
        ("Ar-Raqqa", "raqqa"),
        ("Al Bab", "al-bab"),
        ("Mare'", "mare"),
        ("Ma'arrat Misrin", "maarrat misrin"),
    ],
)
def test_variants(text: str, form: str) -> None:
    assert form in names.variants(text)


@pytest.mark.parametrize("row", [r for r in PAIRS if r["rule"] == "match"], ids=lambda r: f"{r['one']}={r['other']}")
def test_spellings_of_one_place_meet(row: dict[str, str]) -> None:
    assert accepted(row)


@pytest.mark.parametrize("row", [r for r in PAIRS if r["rule"] == "alias"], ids=lambda r: f"{r['one']}={r['other']}")
def test_names_that_no_rule_joins_are_joined_by_the_gazetteer(row: dict[str, str]) -> None:
    """Second names, and spellings out of a rule's reach: rows of names.csv lead both to one place."""
    meant = [
        next((c.place.id for c in gazetteer().lookup(row[side]) if c.match is not Match.FUZZY), None)
        for side in ("one", "other")
    ]
    assert meant[0] is not None
    assert meant[0] == meant[1]


def test_there_are_as_many_pairs_as_promised() -> None:
    count = Counter(row["rule"] for row in PAIRS)
    assert count["match"] >= 150
    assert count["differ"] >= 150
    assert not any(row["note"] for row in PAIRS), "a pair that does not hold has no place in the list"


@pytest.mark.parametrize("row", [r for r in PAIRS if r["rule"] == "differ"], ids=lambda r: f"{r['one']}-{r['other']}")
def test_spellings_of_different_places_do_not_meet(row: dict[str, str]) -> None:
    assert not accepted(row)


@pytest.mark.parametrize("row", [r for r in PAIRS if r["rule"] == "twins"], ids=lambda r: f"{r['one']}-{r['other']}")
def test_twins_that_share_a_bucket_are_told_apart_or_both_offered(row: dict[str, str]) -> None:
    """Names that romanisation blurs: the same letters must always cost less than the twin's."""
    assert nearest(row["one"], row["one"])[0] == 0
    shared = {k.bucket for k in names.latin_keys(row["one"])} & {k.bucket for k in names.latin_keys(row["other"])}
    crossed = nearest_arabic(row["other_arabic"], row["one"])[0] if row["other_arabic"] else float("inf")
    assert shared or crossed < float("inf")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Little Orm", "Urm al-Sughra", True),
        ("Little Orm", "Urm al-Kubra", False),
        ("Upper Baguz", "Lower Baguz", False),
        ("Big Sweidiyeh", "Little Sweidiyeh", False),
        ("Sheikh Maqsoud", "Shaykh Maqsud", True),
        ("Cerablus", "Jarablus", True),
    ],
)
def test_marks_and_kind_words_are_part_of_the_key(one: str, other: str, same: bool) -> None:
    buckets = {k.bucket for k in names.latin_keys(one)} & {k.bucket for k in names.latin_keys(other)}
    assert bool(buckets) is same


def test_a_name_without_consonants_has_no_key() -> None:
    assert names.key("Au") == ""
    assert names.latin_keys("") == ()
    assert names.arabic_keys("Aleppo") == ()
