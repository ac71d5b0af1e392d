"""Reading against the same model's full pipeline: articles a second of both, and their ratio, from one run.

    python bench/reading.py [FOLDER] [--copies 40] [--rounds 3]

FOLDER: articles as `controlmap build` takes them; the default is the repository's own corpus. Every article is
read COPIES times, each copy with an id of its own and another number in its title and first line, so that no
cache of articles or texts could answer for it. One process, rounds of both in turn. bench/README.md says what
is and what is not in the figures.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.gazetteer import Gazetteer
from geo.mentions import scanner_of
from geo.model import BATCH, full_model, parse, parser
from geo.readers import read_corpus
from geo.reading import read, scan

ROOT = Path(__file__).resolve().parent.parent
LONG_WORDS = 900
"""Words of a piece of general news: a long report in a daily paper."""

SCENES = """The council of {town} met on {day} to hear what the new bridge would cost.
Its members had before them a paper of {number} pages, and few had read to the end.
A kilogram of flour costs {number} coins in the shops of {town}, a third more than last summer.
Farmers say that the rain came too late for the wheat and too early for the olives.
The team from {town} won by {number} points, and its coach said that nobody should talk of the cup yet.
In the old harbour of {town} the owners of {number} boats have begun to paint their hulls again.
The minister of health, who visited a clinic there, promised more beds before the winter.
Nobody at the hearing could say how the money had been spent between {day} and the end of the month.
Schools in {town} opened again after the holidays, with {number} pupils in some of the classes.
The museum shows glass of the fourth century, coins, and the letters of a merchant to his brother.
An office in {town} that counts the traffic found {number} lorries a day on the ring road.
Researchers at the university of {town} followed {number} families for three years and asked them about sleep.
The price of tickets will rise on {day}, the railway said, for the second time this year.
A judge in {town} heard the case for most of {day}, and adjourned it for another month.
The hotel has {number} rooms, a garden, and a view of the hills that no photograph does justice to.
Police in {town} looked for the owner of a dog that had stopped the trams for {number} minutes.
"""
TOWNS = "Porto Ghent Leeds Graz Turin Bergen Malmo Lyon Cork Basel Ulm Nantes Bilbao Aarhus Tampere Gdansk".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def copies(articles: Iterable[Article], number: int) -> list[Article]:
    """Every article `number` times, each with another id, title and first line."""
    return [
        replace(a, id=f"{a.id}-{n:03}", title=f"{a.title} ({n})", text=f"Report {n}.\n\n{a.text}")
        for n in range(number)
        for a in articles
    ]


def general_news(number: int) -> list[Article]:
    """Long plain news of our own with little in it that could be a change of control."""
    scenes = SCENES.splitlines()
    out = []
    for n in range(number):
        lines: list[str] = []
        at, words = n * 7, 0
        while words < LONG_WORDS:
            line = scenes[at % len(scenes)].format(
                town=TOWNS[(at * 5 + n) % len(TOWNS)], day=DAYS[(at + n) % 7], number=17 + (at * 31 + n) % 900
            )
            lines.append(line)
            words += len(line.split())
            at += 1 + n % 3
        text = "\n\n".join(" ".join(lines[i : i + 4]) for i in range(0, len(lines), 4))
        out.append(Article(f"general-{n:03}", f"General news {n}", text, published=date(2025, 5, 14)))
    return out


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and seconds of this process's processors."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("folder", nargs="?", type=Path, default=ROOT / "corpus")
    options.add_argument("--copies", type=int, default=40)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", default="", help="letters an article's id must begin with")
    chosen = options.parse_args()

    began = time.perf_counter()
    gazetteer, actors = Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")
    model = parser()
    loading = time.perf_counter() - began
    articles, _ = read_corpus((chosen.folder,), today=date.max)
    articles = [a for a in articles if a.id.startswith(chosen.only)]
    many = copies(articles, chosen.copies)
    texts = [a.text for a in many]
    characters = sum(map(len, texts)) / len(texts)
    nlp = full_model()
    first, _ = timed(lambda: read(articles, gazetteer, actors))
    list(nlp.pipe(a.text for a in articles))
    print(f"{len(articles)} articles x {chosen.copies}, {characters:.0f} characters each; one process")
    print(f"loading gazetteer, actors, model: {loading:.1f} s; first reading, with what it builds: {first:.1f} s")
    print(f"full pipeline: {', '.join(nlp.pipe_names)}; ours: {', '.join(model.pipe_names)}")

    scanner = scanner_of(gazetteer, actors)
    candidates = [m.text for s in scan(articles, scanner) for m in s.masked.values()] * chosen.copies
    ours: list[tuple[float, float]] = []
    trees: list[tuple[float, float]] = []
    theirs: list[tuple[float, float]] = []
    for _ in range(chosen.rounds):
        ours.append(timed(lambda: read(many, gazetteer, actors)))
        trees.append(timed(lambda: [parse(candidates[at : at + BATCH]) for at in range(0, len(candidates), BATCH)]))
        theirs.append(timed(lambda: [None for _ in nlp.pipe(texts)]))
    for label, runs in (("nlp.pipe, full pipeline", theirs), ("candidates to trees", trees), ("text to claims", ours)):
        rates = sorted(len(many) / wall for wall, _ in runs)
        print(f"{label:24} {rates[len(rates) // 2]:7.1f} articles/s (rounds: {', '.join(f'{r:.1f}' for r in rates)})")
    wall, processor = (sum(run[of] for run in theirs) / sum(run[of] for run in ours) for of in (0, 1))
    alone = sum(c for _, c in theirs) / sum(c for _, c in trees)
    print(f"ratio by the clock       {wall:7.1f}")
    print(f"ratio of processor time  {processor:7.1f}   (candidates to trees alone: {alone:.1f})")

    dull = general_news(200)
    length = sum(len(a.text) for a in dull) / len(dull)
    read(dull[:5], gazetteer, actors)
    wall, _ = timed(lambda: read(dull, gazetteer, actors))
    reading = read(dull, gazetteer, actors)
    print(
        f"general news ({length:.0f} characters each): {len(dull) / wall:.0f} articles/s, "
        f"{length * len(dull) / wall / 1e6:.2f} MB/s; {reading.parsed} of {reading.sentences} sentences parsed, "
        f"{len(reading.claims)} claims"
    )


if __name__ == "__main__":
    main()
