"""Resolution of given toponyms on two public sets, LGL and GeoVirus, beside published figures.

    python bench/geoparsing.py [FOLDER]        FOLDER holds LGL.xml and GeoVirus.xml; default ../shared/data/geoparsing

The spans are those of the sets; what is measured is choosing the place, with the world-towns layer alone. Every
toponym counts: one that is left unplaced is wrong, and its share is told apart. The mean error is over those placed.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.gazetteer import Gazetteer, WorldTowns
from geo.resolve import PlaceMention, resolve_all
from geo.resolve.model import distance_km

NEAR_KM = 161.0  # 100 miles, the measure's usual limit
HELD_KM = 30.0  # a name of the layer so near to the gold point means that the layer holds the place
PUBLISHED = {
    "LGL": "CamCoder 76, Edinburgh 76, population alone 70, Mordecai 3 82.7 (mean error 304 km; trained on part of it)",
    "GeoVirus": "CamCoder 82, Edinburgh 78, population alone 80, Irchel 83.4 (mean error 263 km, by a third party)",
}


@dataclass(frozen=True, slots=True)
class Toponym:
    text: str
    lat: float
    lon: float


def articles(path: Path) -> Iterator[list[Toponym]]:
    """The toponyms with a point of each article of either set."""
    for article in ElementTree.parse(path).getroot().iter("article"):  # noqa: S314 - a fixed file that the user names
        found = []
        for mention in (*article.iter("toponym"), *article.iter("location")):
            text = mention.findtext("phrase") or mention.findtext("name")
            lat, lon = mention.findtext(".//lat"), mention.findtext(".//lon")
            if text and lat and lon:
                found.append(Toponym(text, float(lat), float(lon)))
        yield found


def country(gazetteer: Gazetteer, toponyms: list[Toponym]) -> str | None:
    """What the article is about: the country that most of its names may lie in, countries named counting double."""
    votes: Counter[str] = Counter()
    for text in sorted({toponym.text for toponym in toponyms}):
        places = [candidate.place for candidate in gazetteer.lookup(text)]
        if places and places[0].kind == "country":
            votes[places[0].country] += 2
        else:
            votes.update({place.country for place in places})
    best = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:2]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def measure(path: Path, gazetteer: Gazetteer) -> str:
    """One line of figures for a set."""
    total = near = placed = held = near_of_held = 0
    errors: list[float] = []
    for toponyms in articles(path):
        mentions = [PlaceMention(toponym.text) for toponym in toponyms]
        for toponym, found in zip(
            toponyms, resolve_all(gazetteer, mentions, country(gazetteer, toponyms)), strict=True
        ):
            gold = (toponym.lat, toponym.lon)
            total += 1
            known = any(
                c.place.lat is not None and c.place.lon is not None
                and distance_km((c.place.lat, c.place.lon), gold) <= max(HELD_KM, c.place.radius_m / 1000)
                for c in gazetteer.lookup(toponym.text)
            )  # fmt: skip
            held += known
            if found.lat is None or found.lon is None:
                continue
            placed += 1
            errors.append(distance_km((found.lat, found.lon), gold))
            near += errors[-1] <= NEAR_KM
            near_of_held += known and errors[-1] <= NEAR_KM
    mean = sum(errors) / len(errors)
    return (
        f"{total} toponyms; within {NEAR_KM:.0f} km {near / total:.1%} of all, {near / placed:.1%} of the {placed} "
        f"placed; mean error of the placed {mean:.0f} km; left unplaced {1 - placed / total:.1%}; the layer holds "
        f"{held / total:.1%}, and {near_of_held / held:.1%} of those are within {NEAR_KM:.0f} km"
    )


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/geoparsing")
    gazetteer = Gazetteer({}, towns=WorldTowns())
    for name, published in PUBLISHED.items():
        path = folder / f"{name}.xml"
        if not path.is_file():
            print(f"{name}: not measured, {path} is not there")
            continue
        print(f"{name}: {measure(path, gazetteer)}\n    published, given the spans: {published}")


if __name__ == "__main__":
    main()
