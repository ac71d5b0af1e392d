"""The measure itself: what counts as found, false, missed, duplicate and optional, and what is compared."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import measured
import pytest
from claim_maker import claim
from click.testing import CliRunner

from geo.claims import Claim, as_jsonl
from geo.cli.root import cli
from geo.errors import InputError, MissingFileError
from geo.evaluation import (
    GoldArticle,
    SideNames,
    evaluate_articles,
    evaluate_suite,
    load_gold,
    load_suite,
    suite_articles,
)
from geo.evaluation.articles import prefix
from geo.evaluation.likeness import days, kilometres, likeness, strict_likeness, within
from geo.evaluation.pairing import assign

SIDES = SideNames.of(
    {"Islamic State": ["IS", "ISIL"], "Syrian rebels": ["rebels"], "Turkish-backed SNA": ["SNA"], "Army": ["troops"]},
    {"opposition": ["Syrian rebels", "Turkish-backed SNA"]},
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("al-Bab", "Al Bab", True),
        ("Tadef", "Tadif", True),
        ("Tall Abyad", "Tel Abyad", True),
        ("the town of Nubl", "Nubl", True),
        ("Qamishli", "Kamishly", True),
        ("Homs", "Hama", False),
        ("eastern Ghouta", "western Aleppo", False),
        ("", "Homs", False),
        ("the north", "the south", False),
    ],
)
def test_names_that_are_one(one: str, other: str, same: bool) -> None:
    assert (likeness(one, other) >= 0.84) is same
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("said", "wanted", "same"),
    [
        ("Menagh airbase", "Menagh", False),
        ("old quarter of Homs", "Homs", False),
        ("Homs' old quarter", "Homs", False),
        ("Homs city", "Homs", True),
        ("Menagh airbase", "Menagh airbase", True),
    ],
)
def test_a_facility_or_quarter_is_not_its_town(said: str, wanted: str, same: bool) -> None:
    assert likeness(said, wanted) >= 0.84
    assert (strict_likeness(said, wanted) >= 0.84) is same


def test_dates_are_intervals() -> None:
    assert days("2017-02") == (date(2017, 2, 1), date(2017, 2, 28))
    assert days("2015-12") == (date(2015, 12, 1), date(2015, 12, 31))
    assert days("2016/2017-03-04") == (date(2016, 1, 1), date(2017, 3, 4))
    assert days("2017-02-30") is None
    assert days("spring") is None
    assert within(date(2017, 2, 27), "2017-02-25/2017-02-27")
    assert not within(date(2017, 2, 28), "2017-02-25/2017-02-27")
    assert within(date(2017, 2, 28), "2017-02-25/2017-02-27", 1)
    assert not within(None, "2017-02")


def test_kilometres() -> None:
    assert kilometres((36.2, 37.16), (33.51, 36.29)) == pytest.approx(309.5, abs=1)
    assert kilometres((36.2, None), (33.51, 36.29)) is None


def test_matching_finds_the_most_pairs() -> None:
    assert assign({(0, 0): 3.0, (0, 1): 2.0, (1, 0): 2.5}) == {0: 1, 1: 0}
    assert assign({}) == {}


def _gold(place: str, kind: str, at: tuple[int, int], **more: Any) -> dict[str, Any]:
    row = {"place": place, "kind": kind, "sentence_start": at[0], "sentence_end": at[1], "quote": "x"}
    return {**row, "to": None, "from": None, **more}


def _write(folder: Path, **articles: list[dict[str, Any]]) -> dict[str, GoldArticle]:
    folder.mkdir(exist_ok=True)
    for name, claims in articles.items():
        (folder / f"{name}.json").write_text(json.dumps({"id": name, "claims": claims}), "utf-8")
    return load_gold(folder)


def _claim(kind: str, place: str, at: tuple[int, int], **more: Any) -> Claim:
    values = {"article": "a1", "place_text": place, "evidence_start": at[0], "evidence_end": at[1]}
    values |= {"lat": None, "lon": None, "from_name": None, "from_text": None, "to_name": None, "to_text": None}
    return claim(kind, **{**values, **more})


@pytest.fixture
def gold(tmp_path: Path) -> dict[str, GoldArticle]:
    return _write(
        tmp_path / "gold",
        a1=[
            _gold("al-Bab", "capture", (0, 60), to="Turkish-backed SNA", date="2017-02-23", lat=36.37, lon=37.517,
                  loc_km=3, **{"from": "Islamic State"}),
            _gold("Tadef", "recapture", (61, 120), to="Army", date="2017-02-25/2017-02-27", lat=36.348, lon=37.53,
                  loc_km=8, alt_spans=[[200, 240]], **{"from": "Islamic State"}),
            _gold("Raqqa", "planned", (121, 180), **{"from": "Islamic State"}),
            _gold("Qabasin", "capture", (181, 199), optional=True),
        ],
        quiet7=[],
    )  # fmt: skip


def test_found_false_missed_duplicate_optional(gold: dict[str, GoldArticle]) -> None:
    claims = [
        _claim("capture", "Al Bab", (5, 20), to_name="Syrian rebels", from_text="ISIL", on="2017-02-24",
               lat=36.37, lon=37.52),
        _claim("capture", "Bab", (30, 40), on="2017-02-24"),
        _claim("capture", "Tadif town", (205, 220), to_text="troops", from_name="IS", on="2017-02-26"),
        _claim("capture", "Raqqa", (130, 140), on="2017-02-26"),
        _claim("capture", "Qabasin", (185, 190), on="2017-02-26"),
        _claim("capture", "Idlib", (0, 5), status="planned"),
        _claim("capture", "Tabriz", (0, 9), article="quiet7"),
        _claim("capture", "Tabriz", (0, 9), article="elsewhere"),
    ]  # fmt: skip
    report = evaluate_articles(claims, gold, SIDES, {"a1": 1500, "quiet7": 500})
    changes = report.changes
    assert (changes.found, changes.false, changes.missed) == (2, 2, 0)
    assert (report.duplicates, report.optional, report.unknown_article) == (1, 1, 1)
    assert (changes.precision, changes.recall, round(changes.f1, 4)) == (0.5, 1.0, 0.6667)
    assert report.false_per_1000_words == 1.0
    assert report.quiet == {"quiet7": 1}
    assert {name: str(share) for name, share in report.sides.items()} == {
        "taker": "1/2 (0.50)",
        "loser": "2/2 (1.00)",
        "both": "1/2 (0.50)",
        "taker_family": "2/2 (1.00)",
        "loser_family": "2/2 (1.00)",
        "both_family": "2/2 (1.00)",
        "kind": "1/2 (0.50)",
    }
    assert str(report.dates["exact"]) == "1/2 (0.50)"
    assert str(report.dates["within_1_day"]) == "2/2 (1.00)"
    assert str(report.places["5"]) == "1/1 (1.00)", "a gold point trusted to 8 km says nothing on 5 km"
    assert str(report.places["25"]) == "1/2 (0.50)"
    assert report.per_status == {"planned": {"reported change": 1}}
    assert {name: (f.found, f.false) for name, f in report.per_prefix.items()} == {"a": (2, 1), "quiet": (0, 1)}
    assert [(c.place_text, on) for c, on in report.false] == [("Raqqa", "planned"), ("Tabriz", None)]
    assert json.loads(json.dumps(report.as_json()))["changes"]["found"] == 2


def test_a_claim_for_the_losing_side_is_false(gold: dict[str, GoldArticle]) -> None:
    swapped = _claim("capture", "al-Bab", (5, 20), to_name="Islamic State", from_name="SNA")
    report = evaluate_articles([swapped], gold, SIDES)
    assert (report.changes.found, report.changes.false, report.changes.missed) == (0, 1, 2)


def test_evidence_must_touch_the_sentence(gold: dict[str, GoldArticle]) -> None:
    report = evaluate_articles([_claim("capture", "al-Bab", (60, 70))], gold, SIDES)
    assert (report.changes.found, report.changes.false) == (0, 1)


def test_a_near_point_stands_for_the_name(gold: dict[str, GoldArticle]) -> None:
    other = _claim("capture", "the town", (5, 20), lat=36.4, lon=37.5)
    assert evaluate_articles([other], gold, SIDES).changes.found == 1


@pytest.mark.parametrize(("article", "letters"), [("f12", "f"), ("seed-003", "seed"), ("017", "digits only")])
def test_prefix(article: str, letters: str) -> None:
    assert prefix(article) == letters


SUITE = [
    {"id": "p1a", "pair": "p1", "phenomenon": "plain", "published": "2017-02-24", "text": "IS lost al-Bab to rebels.",
     "claims": [{"place": "al-Bab", "kind": "capture", "status": "reported", "from": "Islamic State",
                 "to": "Syrian rebels", "date": "2017-02-24", "quote": "IS lost al-Bab to rebels."}]},
    {"id": "p1b", "pair": "p1", "phenomenon": "denial", "published": "2017-02-24", "text": "IS denied losing al-Bab.",
     "claims": [{"place": "al-Bab", "kind": "capture", "status": "denied", "from": "Islamic State", "to": None,
                 "date": None, "quote": "IS denied losing al-Bab."}]},
    {"id": "p2a", "pair": "p2", "phenomenon": "unknown", "published": "2017-02-24", "text": "Gunmen took Tadef base.",
     "claims": [{"place": "Tadef base", "kind": "capture", "status": "reported", "from": None, "to": None,
                 "to_words": "gunmen", "date": "2017-02-24", "quote": "Gunmen took Tadef base."}]},
]  # fmt: skip


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "suite.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in SUITE), "utf-8")
    return path


def test_items_and_pairs(suite: Path) -> None:
    items = load_suite(suite)
    assert [article.text for article in suite_articles(items)] == [item["text"] for item in SUITE]
    good = _claim("capture", "al-Bab", (0, 25), article="p1a", on="2017-02-24", to_name="rebels", from_name="IS")
    bystander = _claim("capture", "Tadef base", (0, 20), article="p2a", on="2017-02-24", to_name="Army")
    bystander = _changed(bystander, to_actor="army")
    report = evaluate_suite([good, bystander], items, SIDES)
    assert (str(report.items), str(report.exact)) == ("3/3 (1.00)", "2/3 (0.67)")
    assert (str(report.pairs), str(report.exact_pairs)) == ("2/2 (1.00)", "1/2 (0.50)")
    assert [outcome.wrong for outcome in report.inexact] == [("Tadef base: taker Army, where the text names no side",)]

    wrong = [
        _claim("capture", "al-Bab", (0, 25), article="p1a", to_name="IS", from_name="rebels"),
        _claim("capture", "al-Bab", (0, 24), article="p1b", to_name="rebels"),
        _claim("capture", "Tadef", (0, 20), article="p2a"),
    ]
    report = evaluate_suite(wrong, items, SIDES)
    assert str(report.items) == "0/3 (0.00)", "sides swapped; a denial read as news; a base taken for its town"
    assert report.per_status == {"denied": {"reported change": 1}}


def _changed(one: Claim, **values: Any) -> Claim:
    from dataclasses import replace

    return replace(one, **values)


def test_gold_read_back_is_perfect(root: Path) -> None:
    """Claims made of the gold itself get full marks on everything, and the empty reader only the quiet items."""
    items = load_suite(root / "tests" / "gold" / "sentences.jsonl")
    sides = SideNames.from_registry(measured.world()[1])
    perfect = [
        _changed(
            claim(
                gold.kind, gold.date and str(days(gold.date)[0]), article=item.id, status=gold.status,  # type: ignore[index]
                place_text=gold.place, to_name=gold.takers[0], from_name=gold.losers[0], to_text=None, from_text=None,
                evidence_start=gold.spans[0][0], evidence_end=gold.spans[0][1],
            ),
            to_actor=None,
        )
        for item in items
        for gold in item.claims
    ]  # fmt: skip
    report = evaluate_suite(perfect, items, sides)
    assert [outcome.item.id for outcome in (*report.failing, *report.inexact)] == []
    assert evaluate_suite([], items, sides).items.right == report.quiet.of
    reported = [_changed(one, status=type(one.status)("reported")) for one in perfect]
    assert evaluate_suite(reported, items, sides).changes.precision < 0.9


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"published": "yesterday"}, "suite.jsonl:1: `published` is no date: write it as 2024-11-30"),
        ({"text": ""}, "suite.jsonl:1: `text` is missing or no text"),
        ({"text": "Other words."}, "suite.jsonl:1: the quote 'IS lost al-Bab to rebels.' is not in the text"),
    ],
)
def test_faults_of_a_suite_name_the_line(tmp_path: Path, change: dict[str, str], message: str) -> None:
    path = tmp_path / "suite.jsonl"
    path.write_text(json.dumps(SUITE[0] | change), "utf-8")
    with pytest.raises(InputError) as error:
        load_suite(path)
    assert str(error.value).endswith(message)


def test_faults_of_gold(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such folder"):
        load_gold(tmp_path / "nowhere")
    with pytest.raises(MissingFileError, match="holds no gold"):
        load_gold(tmp_path)
    (tmp_path / "x.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"x\.json: is not JSON"):
        load_gold(tmp_path)
    (tmp_path / "x.json").write_text('{"claims": [{"kind": "capture"}]}', "utf-8")
    with pytest.raises(InputError, match=r"x\.json: `place` is missing"):
        load_gold(tmp_path)


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["evaluate", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_command_over_a_corpus(tmp_path: Path) -> None:
    text = "Islamic State captured Tadef on Friday."
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "w1.txt").write_text(text, "utf-8")
    (corpus / "w1.json").write_text(json.dumps({"id": "w1", "published": "2014-01-18"}), "utf-8")
    rows = [_gold(p, "capture", (0, 39), to="Islamic State", date="2014-01-17", quote=text) for p in ("Tadef", "Homs")]
    _write(tmp_path / "gold", w1=rows)
    code, out, _ = _run("--gold", str(tmp_path / "gold"), "--corpus", str(corpus), "--errors", "3")
    assert code == 0
    assert "P 1.000  R 0.500  F1 0.667" in out
    assert "missed w1  capture  Homs  ? -> Islamic State  2014-01-17" in out
    code, out, _ = _run("--gold", str(tmp_path / "gold"), "--corpus", str(corpus), "--json")
    assert json.loads(out)["articles"]["changes"]["found"] == 1


def test_command_over_the_last_build(tmp_path: Path, gold: dict[str, GoldArticle]) -> None:
    (tmp_path / "claims.jsonl").write_text(as_jsonl([_claim("capture", "al-Bab", (5, 20))]), "utf-8")
    code, out, _ = _run("--gold", str(tmp_path / "gold"), "--output", str(tmp_path), "--json")
    assert (code, json.loads(out)["articles"]["changes"]["found"]) == (0, 1)


def test_command_over_sentences(suite: Path) -> None:
    code, out, _ = _run("--sentences", str(suite), "--errors", "9")
    assert code == 0
    assert "pairs      right" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name gold of articles with --gold DIR, or a suite with --sentences FILE."),
        (("--sentences", "no.jsonl", "--corpus", "x"), "--corpus goes with --gold."),
        (("--sentences", "no.jsonl"), "no.jsonl: no such file of sentences"),
    ],
)
def test_command_says_what_is_missing(arguments: tuple[str, ...], message: str) -> None:
    code, out, _ = _run(*arguments)
    result = CliRunner().invoke(cli, ["evaluate", *arguments])
    assert result.exit_code == 2
    assert message in result.stderr
    assert (code, out) == (2, "")


def test_command_refuses_an_unknown_split(suite: Path) -> None:
    result = CliRunner().invoke(cli, ["evaluate", "--sentences", str(suite), "--split", "blind"])
    assert result.exit_code == 2
    assert "nothing in it is marked with the split 'blind'" in result.stderr


@pytest.mark.skipif(not measured.DEVELOPMENT.is_dir(), reason="the development corpus is not there")
class TestAgreement:
    """On the same claims the figures are those of the annotators' own scorers."""

    def test_articles(self) -> None:
        theirs, folder = measured.scorer("score"), measured.DEVELOPMENT
        claims = measured.claims_of(folder / "articles")
        table = json.loads((folder / "aliases.json").read_text("utf-8"))
        rows = [_prediction(one) for one in claims]
        want, false, missed = theirs.score(rows, theirs.load_gold(folder / "gold"), theirs.Actors(table))
        ours = evaluate_articles(claims, load_gold(folder / "gold"), SideNames.load(folder / "aliases.json"))
        counts = want["counts"]
        assert (ours.changes.found, ours.changes.false, ours.changes.missed) == (
            counts["tp"],
            counts["fp"],
            counts["fn"],
        )
        assert (ours.duplicates, ours.optional) == (counts["dup"], counts["opt"])
        assert (ours.no_change_kind, ours.unknown_article) == (counts["ignored_kind"], counts["unknown_article"])
        names = ("to", "from", "both", "to_lenient", "from_lenient", "both_lenient", "kind")
        assert [_two(share) for share in ours.sides.values()] == [_of(want["actors"][name]) for name in names]
        assert {name: _two(share) for name, share in ours.dates.items()} == {
            k: _of(v) for k, v in want["dates"].items()
        }
        assert {k: _two(v) for k, v in ours.places.items()} == {k: _of(v) for k, v in want["location_km"].items()}
        assert ours.quiet == want["no_change_articles"]["detail"]
        assert {k: (v.found, v.false, v.missed) for k, v in ours.per_article.items()} == {
            k: (v["tp"], v["fp"], v["fn"]) for k, v in want["per_article"].items()
        }
        assert [(c.article, c.place_text) for c, _ in ours.false] == [(a, p["place"]) for a, p, _ in false]
        assert [(a, g.place) for a, g in ours.missed] == [(a, g["place"]) for a, g in missed]

    def test_sentences(self) -> None:
        path = measured.DEVELOPMENT / "sentences.jsonl"
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(str(measured.DEVELOPMENT))
            theirs = measured.scorer("sentences_eval")
        table = theirs.table(measured.DEVELOPMENT / "aliases.json")
        claims = measured.claims_of(path)
        want, wrong = theirs.evaluate(theirs.load(path), [one.as_json() for one in claims], theirs.Actors(table))
        ours = evaluate_suite(claims, load_suite(path), SideNames.of(table["aliases"], table["families"]))
        assert (ours.items.right, ours.quiet.right, ours.quiet.of) == (
            want["right"], want["quiet_right"], want["quiet_items"],
        )  # fmt: skip
        changes = ours.changes
        assert (changes.found, changes.false, changes.missed) == (want["tp"], want["fp"], want["fn"])
        assert (ours.duplicates, ours.optional) == (want["duplicates"], want["optional"])
        names = ("to", "from", "both", "kind", "date", "date within 1 day", "to_lenient", "from_lenient")
        assert [_two(share) for share in ours.of_met.values()] == [_of(want["matched"][name]) for name in names]
        assert [outcome.item.id for outcome in ours.failing] == [item["id"] for item, *_ in wrong]
        assert {row: sum(cells.values()) for row, cells in ours.per_status.items()} == {
            row: sum(cells.values()) for row, cells in want["status"].items()
        }


def _two(share: Any) -> tuple[int, int]:
    return share.right, share.of


def _of(row: dict[str, int]) -> tuple[int, int]:
    return row["right"], row["of"]


def _prediction(one: Claim) -> dict[str, Any]:
    """A line of the scorer's input."""
    return {
        "article": one.article,
        "place": one.place_text,
        "lat": one.lat,
        "lon": one.lon,
        "from": one.from_name or one.from_text,
        "to": one.to_name or one.to_text,
        "kind": str(one.kind) if one.status == "reported" else str(one.status),
        "date": None if one.date is None else one.date.isoformat(),
        "start": one.evidence_start,
        "end": one.evidence_end,
    }
