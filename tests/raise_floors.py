"""Raise the floors of the quality gate to what is measured now: python tests/raise_floors.py

A floor only rises. Where the gold itself has changed since the floors were set (its digest tells), they are set anew,
and what fell is printed, so that a commit shows it. Also writes tests/gold/failing.json.
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
        floors[part] = {}
        for name, now in quality.figures(part).items():
            before = old.floors.get(part, {}).get(name, 0.0)
            if now < before:
                fallen += keeps
                sys.stdout.write(f"{part} {name}: {now} is below {before}{'' if keeps else '; the gold has changed'}\n")
            floors[part][name] = max(now, before) if keeps else now
    table = {"gold_sha256": quality.digest(), "floors": floors}
    files.write(quality.FLOORS, json.dumps(table, indent=1) + "\n")
    files.write(quality.FAILING, json.dumps(quality.failing(), indent=1) + "\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
