"""What reference layers add: gold names left open and wrong, without and with tables imported behind the own places.

    python bench/layers_on_corpus.py ARTICLES GOLD TABLE... [--country SY] [--apart REGEX]

ARTICLES and GOLD as in bench/resolution.py. Each TABLE is imported as a layer of its own, named after the file, into a
copy of the gazetteer. --apart: articles whose id matches are told apart. Printed: of all gold names, how many are left
open (unplaced or ambiguous) and how many are wrong, before and after, and how many that were not wrong before are now.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from resolution import Answer, answers

from geo.actors import ActorRegistry
from geo.gazetteer import Gazetteer
from geo.reference import Skipped, read_rows, write_layer

OPEN = frozenset({"unplaced", "ambiguous"})


def imported(folder: Path, table: Path, country: str) -> None:
    """Import one table as a layer and say what came of it."""
    skipped = Skipped.none()
    name = re.sub(r"[^a-z0-9]+", "-", table.stem.casefold()).strip("-")
    made = write_layer(folder, name, read_rows(table, skipped, country=country), table.name)
    left = "; ".join(f"{count} left out: {reason}" for reason, count in skipped.counts.items())
    print(f"{name}: {made.places} places, {made.names} names{'; ' if left else ''}{left}")


def told(before: list[Answer], after: list[Answer], apart: str) -> dict[str, Counter[str]]:
    """Counts by sort of name, those told apart for themselves as well."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in zip(before, after, strict=True):
        sorts = ["all", old.sort]
        if re.search(apart, old.gold.article):
            sorts += [f"{name}, told apart" for name in sorts]
        for name in sorts:
            n = counts[name]
            n["all"] += 1
            n["open before"] += old.verdict in OPEN
            n["open after"] += new.verdict in OPEN
            n["wrong before"] += old.verdict == "wrong"
            n["wrong after"] += new.verdict == "wrong"
            n["new wrong"] += new.verdict == "wrong" != old.verdict
            n["no longer right"] += old.verdict == "right" != new.verdict
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tables", type=Path, nargs="+", metavar="TABLE")
    parser.add_argument("--country", default="SY", help="of rows that say none")
    parser.add_argument("--apart", default="(?!)", help="articles whose id matches are told apart")
    parser.add_argument("--gazetteer", type=Path, default=Path(__file__).parent.parent / "gazetteer")
    given = parser.parse_args()
    actors = ActorRegistry.load(given.gazetteer)
    before = list(answers(given.articles, given.gold, Gazetteer.load(given.gazetteer), actors))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "gazetteer"
        shutil.copytree(given.gazetteer, folder, ignore=shutil.ignore_patterns("layers"))
        for table in given.tables:
            imported(folder, table, given.country)
        after = list(answers(given.articles, given.gold, Gazetteer.load(folder), actors))
    for sort, n in sorted(told(before, after, given.apart).items()):
        open_, wrong = (
            f"{n[f'{w} before'] / n['all']:.3f} -> {n[f'{w} after'] / n['all']:.3f}" for w in ("open", "wrong")
        )
        changed = f"new wrong {n['new wrong']}, no longer right {n['no longer right']}"
        print(f"{sort:34} of {n['all']}: open {open_}, wrong {wrong}; {changed}")


if __name__ == "__main__":
    main()
