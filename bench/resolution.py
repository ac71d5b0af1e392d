"""Where gold toponyms and the places of gold changes come out, and how many of the marks are wrong.

    python bench/resolution.py ARTICLES GOLD [--apart REGEX] [--list]

ARTICLES: a folder of articles. GOLD: a folder with one JSON file an article, with `places` (name, lat, lon, first) and
`claims` (place, lat, lon, loc_km, kind). Each name is resolved as the program does it: with the words beside it, its
parent after "in", the names it is listed with, the other places of its article, and the country of its sentence.

Right means within 5 km of the gold point, or within the gold's own loc_km. A country, a region, a province or a spatial
phrase is right when the gold point lies within its reach. --apart: articles whose id matches are told apart.
--list: every mark that is not right, of the articles that do not match.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo import spatial
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.discourse import Discourse
from geo.gazetteer import Gazetteer, Place
from geo.mentions import Scanner, Sort
from geo.readers import read_corpus
from geo.reading import scan
from geo.resolve import PlaceMention, Resolution, resolve_all
from geo.resolve.model import distance_km
from geo.resolve.phrases import clean, kind_off

CHANGES = frozenset({"capture", "recapture", "handover", "withdrawal", "partial_capture"})
NEAR_KM = 5.0
AREA_KINDS = frozenset({"country", "governorate", "region", "district", "subdistrict", "area", "mountain", "island"})
_NAME = (
    r"(?:(?:al|el|ar|as|ash|at|az|an|ez|es)-)?[A-Z][\w'’-]+(?: (?:(?:al|el|ar|as|ash|at|az|an)[ -])?[A-Z][\w'’-]+){0,2}"
)
_PARENT = re.compile(
    rf"^(?: \w+)?(?:,| \([^)]*\))? ?(?:in|of) (?:the )?(?:(?:north|south|east|west|central|coastal)[\w-]* )*"
    rf"(?:(?:province|governorate|region|countryside|city|district|state) of )?(?P<name>{_NAME})"
    rf"(?: (?P<kind>province|governorate|oblast|region|state|district))?"
)
_LIST = re.compile(r",? ?(?:and )?(?:the )?|/| and ")


@dataclass(frozen=True, slots=True)
class Gold:
    """A name of the gold with its point, in degrees, and how far that is trusted."""

    article: str
    sort: str
    text: str
    at: int
    point: tuple[float, float]
    km: float
    syria: bool


def gold_of(article: Article, path: Path) -> Iterator[Gold]:
    """The toponyms and the required changes of one article's gold, where they have a point."""
    found = json.loads(path.read_text(encoding="utf-8"))
    text = article.text.lower()
    for row in found.get("places", []):
        if row.get("lat") is not None and row["name"].lower() in text:
            first = row.get("first") or 0
            at = first if text.startswith(row["name"].lower(), first) else text.find(row["name"].lower())
            point = (row["lat"], row["lon"])
            yield Gold(article.id, "toponyms", row["name"], at, point, NEAR_KM, row.get("country") == "Syria")
    for row in found.get("claims", []):
        if row["kind"] in CHANGES and not row.get("optional") and row.get("lat") is not None:
            at = text.find(row["place"].lower(), row.get("sentence_start") or 0)
            at = at if at >= 0 else text.find(row["place"].lower())
            km = max(NEAR_KM, row.get("loc_km") or 0)
            syria = (row.get("admin") or "").startswith("Syria")
            yield Gold(article.id, "changes", row["place"], at, (row["lat"], row["lon"]), km, syria)


def mention(gold: Gold, text: str, discourse: Discourse) -> PlaceMention:
    """The name with what stands beside it in the text."""
    if gold.at < 0:
        return PlaceMention(gold.text)
    start, end = gold.at, gold.at + len(gold.text)
    own = next((s for s in discourse.said if s.start < end and s.end > start), None)
    behind = _PARENT.match(text[end : end + 80])
    parents = (" ".join(filter(None, (behind["name"], behind["kind"]))),) if behind else ()
    beside = [
        s.text for s in discourse.said if s.sort in (Sort.PLACE, Sort.NAME) and s.text not in text[start:end]
        and any(0 <= b - a <= 9 and _LIST.fullmatch(text[a:b]) for a, b in ((s.end, start), (end, s.start)))
    ]  # fmt: skip
    kind = discourse.kind_of(own) if own is not None else ""
    return PlaceMention(text[start:end], (kind,) if kind else (), parents, tuple(dict.fromkeys(beside)))


def resolved(golds: Sequence[Gold], text: str, discourse: Discourse, gazetteer: Gazetteer) -> list[Resolution]:
    """One resolution for each gold name of an article, those of one country together."""
    others = [PlaceMention(s.text) for s in discourse.said if s.sort is Sort.PLACE][:60]
    by_country: dict[str | None, list[int]] = defaultdict(list)
    mentions = [mention(gold, text, discourse) for gold in golds]
    for i, gold in enumerate(golds):
        by_country[discourse.country(max(gold.at, 0))].append(i)
    out: dict[int, Resolution] = {}
    for country, indexes in by_country.items():
        found = resolve_all(gazetteer, [*(mentions[i] for i in indexes), *others], country)
        out.update(zip(indexes, found, strict=False))
    return [out[i] for i in range(len(golds))]


def is_right(gold: Gold, place: Place | Resolution) -> bool:
    """Whether a place is the gold's: near its point, or an area that holds it."""
    if place.lat is None or place.lon is None:
        return False
    reach = (place.radius_m or 0) / 1000 if place.kind in AREA_KINDS else 0.0
    return distance_km((place.lat, place.lon), gold.point) <= max(gold.km, reach)


def is_known(gold: Gold, gazetteer: Gazetteer) -> bool:
    """Whether the workspace's own tables hold the place under a name that meets the gold's."""
    named = kind_off(clean(gold.text))
    forms = {gold.text, clean(gold.text), named.name if named else gold.text}
    found = (c.place for form in forms for c in gazetteer.lookup(form))
    return any(place.layer == "workspace" and is_right(gold, place) for place in found)


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold name, where it came out, and whether that is right, wrong, ambiguous or unplaced."""

    gold: Gold
    found: Resolution
    verdict: str

    @property
    def sort(self) -> str:
        return f"{self.gold.sort}, {'Syria' if self.gold.syria else 'elsewhere'}"


def answers(articles: Path, gold: Path, gazetteer: Gazetteer, actors: ActorRegistry) -> Iterator[Answer]:
    """Every gold name of a folder of articles with its resolution."""
    for scanned in scan(read_corpus([articles], today=date.max)[0], Scanner(gazetteer, actors)):
        article, path = scanned.article, gold / f"{scanned.article.id}.json"
        if not path.is_file():
            continue
        discourse = Discourse(article.text, scanned.spans, gazetteer, actors, article.published)
        names = list(gold_of(article, path))
        for name, found in zip(names, resolved(names, article.text, discourse, gazetteer), strict=True):
            if found.place_id and found.lat is None:
                continue  # a river or a road, known by name and drawn nowhere
            verdict = "right" if is_right(name, found) else "wrong" if found.lat is not None else "unplaced"
            yield Answer(name, found, "ambiguous" if found.method.value == "ambiguous" else verdict)


def line(name: str, n: Counter[str]) -> str:
    def share(part: str, whole: str) -> str:
        return f"{n[part]}/{n[whole]} ({n[part] / n[whole]:.3f})" if n[whole] else "none"

    return (
        f"{name:34} placed {share('placed', 'all')}  right {share('right', 'all')}  wrong {share('wrong', 'all')}  "
        f"ambiguous {n['ambiguous']}  "
        f"unplaced {n['unplaced']}; known {share('known right', 'known')}, wrong {n['known wrong']}; "
        f"phrases {share('phrase right', 'phrase')}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--apart", default="(?!)", help="articles whose id matches are told apart")
    parser.add_argument("--list", action="store_true", help="print what is not right")
    parser.add_argument("--gazetteer", type=Path, default=Path(__file__).parent.parent / "gazetteer")
    given = parser.parse_args()
    gazetteer, actors = Gazetteer.load(given.gazetteer), ActorRegistry.load(given.gazetteer)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in answers(given.articles, given.gold, gazetteer, actors):
        gold, found, verdict = one.gold, one.found, one.verdict
        apart = re.search(given.apart, gold.article) is not None
        phrase = spatial.parse(gold.text) is not None
        known = not phrase and is_known(gold, gazetteer)
        for name in (one.sort, f"{one.sort}, told apart") if apart else (one.sort,):
            counts[name].update(["all", verdict, *(["placed"] if verdict in ("right", "wrong") else [])])
            counts[name].update(["known", f"known {verdict}"] if known else [])
            counts[name].update(["phrase", f"phrase {verdict}"] if phrase else [])
        if given.list and not apart and verdict != "right":
            print(f"{verdict:9} {gold.article} {gold.text!r} -> {found.place_id}: {found.because[:120]}")
    for name in sorted(counts):
        print(line(name, counts[name]))


if __name__ == "__main__":
    main()
