"""The figures that the quality gate watches, and the floors below which they must not fall.

A part is a corpus or half of one, "tune" or "held"; of what is held only figures are ever shown. Floors stand in
tests/gold/floors.json with the digest of the gold they belong to; `python tests/raise_floors.py` raises them.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache

import measured

from geo.articles import Article
from geo.claims import Claim
from geo.dates import Precision
from geo.evaluation import (
    ArticleReport,
    GoldArticle,
    Share,
    SideNames,
    SuiteReport,
    evaluate_articles,
    evaluate_suite,
    load_gold,
    load_suite,
)
from geo.evaluation.likeness import SAME_NAME, kilometres, likeness
from geo.reading import read

FLOORS = measured.GOLD / "floors.json"
FAILING = measured.GOLD / "failing.json"
"""Items of the tune split that are not exact yet, by construction: what is known to be wrong, and no more."""
MARGIN = 0.03
"""A floor stands this far below what was measured: one or two items of the smallest part, so that a mend that gains
several elsewhere and loses one is no fall."""
WELL_ABOVE = 2 * MARGIN
"""A figure this far above its floor is a reason to raise the floor."""
SENTENCES, ARTICLES, CLAIMS = (measured.GOLD / name for name in ("sentences.jsonl", "articles", "claims"))
OWN = ("sentences tune", "sentences held", "articles tune", "articles held")
NOTES = "development notes"
DEVELOPMENT = (*(f"development {part}" for part in OWN), NOTES)

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Floors:
    """digest: of our own gold. floors: part -> figure -> the least it may be."""

    digest: str
    floors: dict[str, Figures]

    @classmethod
    def load(cls) -> Floors:
        table = json.loads(FLOORS.read_text("utf-8"))
        return cls(table["gold_sha256"], table["floors"])


def digest() -> str:
    """sha256 over names and bytes of every file of our own gold, in the order of their names."""
    files = [SENTENCES, *sorted(ARTICLES.glob("*.md")), *sorted(CLAIMS.glob("*.json"))]
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(measured.GOLD).as_posix()}\n{path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


@cache
def figures(part: str) -> Figures:
    """Precision, recall and the other watched shares of one part, cut (not rounded) to four digits."""
    if part == NOTES:
        return _cut(notes())
    report = suite_report(part) if "sentences" in part else article_report(part)
    watched = {"precision": report.changes.precision, "recall": report.changes.recall}
    if isinstance(report, SuiteReport):
        shares = {"items": report.items, "exact": report.exact, "quiet": report.quiet}
        if report.pairs.of:
            shares |= {"pairs": report.pairs, "exact_pairs": report.exact_pairs}
    else:
        shares = of_all_required(part, report)
        watched["quiet"] = 1 - sum(map(bool, report.quiet.values())) / len(report.quiet)
    watched |= {name: share.share or 0.0 for name, share in shares.items()}
    return _cut(watched)


def _cut(watched: Figures) -> Figures:
    return {name: int(value * 10_000) / 10_000 for name, value in sorted(watched.items())}


def notes() -> Figures:
    """Coded event notes: changes in which one is found, those at the coded place, the taker's side, quiet clashes."""
    with (measured.DEVELOPMENT / "event-notes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    articles = [
        Article(
            f"{at:04}", "", row["notes"].strip(), publisher=f"note {at:04}",
            published=date.fromisoformat(row["event_date"]), published_precision=Precision.DAY,
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip
    by_note: dict[str, list[Claim]] = {}
    for claim in read(articles, *measured.world()).claims:
        if claim.is_change:
            by_note.setdefault(claim.article, []).append(claim)
    shares = {name: Share() for name in ("found", "place", "taker_side", "quiet_clashes")}
    for at, row in enumerate(rows):
        claims = by_note.get(f"{at:04}", [])
        if row["country"] != "Syria":
            continue
        if row["sub_event_type"] == "Armed clash":
            shares["quiet_clashes"].add(not claims)
            continue
        shares["found"].add(bool(claims))
        there = [claim for claim in claims if _is_there(claim, row)]
        shares["place"].add(bool(there))
        if there and there[0].to_name:
            government = "government (assad)" in there[0].to_name.lower()
            shares["taker_side"].add(government == (row["sub_event_type"] == "Government regains territory"))
    return {name: share.share or 0.0 for name, share in shares.items()}


def _is_there(claim: Claim, row: dict[str, str]) -> bool:
    """Within 5 km of the coded point, or of the coded name."""
    far = kilometres((claim.lat, claim.lon), (float(row["latitude"]), float(row["longitude"])))
    return (far is not None and far <= 5) or likeness(claim.place_text, row["location"]) >= SAME_NAME


def below(floors: Figures, now: Figures) -> list[str]:
    """The figures that are lower than their floors."""
    return [name for name, floor in floors.items() if now.get(name, 0.0) < floor]


def of_all_required(part: str, report: ArticleReport) -> dict[str, Share]:
    """Right sides, dates and places as shares of all changes that the gold requires, not of those found.

    Of those found, a share falls when a hard one is found for the first time; a floor cannot stand on that.
    """
    must = [gold for one in gold_of(part).values() for gold in one.claims if gold.is_change and not gold.optional]
    return {
        "taker": Share(report.sides["taker"].right, sum(bool(gold.takers[0]) for gold in must)),
        "loser": Share(report.sides["loser"].right, sum(bool(gold.losers[0]) for gold in must)),
        "date": Share(report.dates["within_1_day"].right, sum(bool(gold.date) for gold in must)),
        "place_25_km": Share(
            report.places["25"].right, sum(gold.lat is not None and gold.loc_km <= 25 for gold in must)
        ),
    }


@cache
def gold_of(part: str) -> dict[str, GoldArticle]:
    split = part.split()[-1]
    if part.startswith("development"):
        gold = load_gold(measured.DEVELOPMENT / "gold")
        return {name: one for name, one in gold.items() if is_held(name) == (split == "held")}
    return {name: one for name, one in load_gold(CLAIMS).items() if one.split == split}


@cache
def suite_report(part: str) -> SuiteReport:
    split = part.split()[-1]
    if part.startswith("development"):
        path = measured.DEVELOPMENT / "sentences.jsonl"
        items = load_suite(path)[0 if split == "tune" else 1 :: 2]
        sides = development_sides()
    else:
        path = SENTENCES
        items = [item for item in load_suite(path) if item.split == split]
        sides = SideNames.from_registry(measured.world()[1])
    wanted = {item.id for item in items}
    return evaluate_suite([one for one in measured.claims_of(path) if one.article in wanted], items, sides)


@cache
def article_report(part: str) -> ArticleReport:
    of_development = part.startswith("development")
    folder = measured.DEVELOPMENT / "articles" if of_development else ARTICLES
    sides = development_sides() if of_development else SideNames.from_registry(measured.world()[1])
    gold = gold_of(part)
    claims = [one for one in measured.claims_of(folder) if one.article in gold]
    return evaluate_articles(
        claims, gold, sides, {one.id: len(one.text.split()) for one in measured.articles_of(folder)}
    )


def is_held(article: str) -> bool:
    """Which half a development article is in: letter and number with an even last digit are the unread half."""
    return article[0] in "frsw" and not article.startswith("seed") and int(article[-1]) % 2 == 0


@cache
def development_sides() -> SideNames:
    return SideNames.load(measured.DEVELOPMENT / "aliases.json")


def failing() -> dict[str, list[str]]:
    """Ids of tune items that are not exact, by construction."""
    report = suite_report("sentences tune")
    out: dict[str, list[str]] = {}
    for outcome in (*report.failing, *report.inexact):
        out.setdefault(outcome.item.phenomena[0], []).append(outcome.item.id)
    return {name: sorted(out[name]) for name in sorted(out)}


def listed() -> set[str]:
    table: dict[str, list[str]] = json.loads(FAILING.read_text("utf-8"))
    return {item for items in table.values() for item in items}
