"""Raise the floors of the quality gate to just below what is measured now: python tests/raise_floors.py

A floor only rises. Where the gold itself has changed since the floors were set (its digest tells), they are set anew,
and what fell is printed, so that a commit shows it. Also writes tests/gold/failing.json, and
prints what has begun to fail.
"""

from __future__ import annotations

import json
import sys

import measured
import quality

from geo import files


def main() -> int:
    """Write floors.json and failing.json; return 1 where a figure lies below a floor that still holds."""
    old = quality.Floors.load() if quality.FLOORS.is_file() else quality.Floors("", {})
    same_gold = old.digest == quality.digest()
    parts = quality.OWN + (quality.DEVELOPMENT if measured.DEVELOPMENT.is_dir() else ())
    floors, fallen = dict(old.floors), 0
    for part in parts:
        keeps = same_gold or part in quality.DEVELOPMENT
        before, now = old.floors.get(part, {}), quality.figures(part)
        floors[part] = raised(before if keeps else {}, now)
        for name in quality.below(before, now):
            fallen += keeps
            why = "" if keeps else "; the gold has changed"
            sys.stdout.write(f"{part} {name}: {now[name]} is below {before[name]}{why}\n")
    known = quality.listed() if same_gold and quality.FAILING.is_file() else None
    for item in sorted(item for ids in quality.failing().values() for item in ids):
        if known is not None and item not in known:
            fallen += 1
            sys.stdout.write(f"{item} was right and is not now\n")
    table = {"gold_sha256": quality.digest(), "floors": floors}
    files.write(quality.FLOORS, json.dumps(table, indent=1) + "\n")
    files.write(quality.FAILING, json.dumps(quality.failing(), indent=1) + "\n")
    return 1 if fallen else 0


def raised(before: quality.Figures, now: quality.Figures) -> quality.Figures:
    """For each figure that is measured now, its old floor or a margin below it, whichever is higher."""
    return {name: max(round(value - quality.MARGIN, 4), before.get(name, 0.0)) for name, value in now.items()}


if __name__ == "__main__":
    sys.exit(main())
