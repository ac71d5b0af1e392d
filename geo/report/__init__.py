"""The build report: what was read, what reached the map, and what did not and why.

`write` makes report.json and report.html from one `Account`; `write_manifest` lists inputs and outputs by digest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from geo import files
from geo.actors import ActorRegistry
from geo.articles import Article, Problem
from geo.gazetteer import Gazetteer
from geo.reading import Reading
from geo.report.account import Account, Row, Unmapped, Wanted, account
from geo.report.manifest import manifest, write_manifest
from geo.report.page import page
from geo.timeline import ControlState


def write(
    output: Path,
    *,
    articles: Sequence[Article],
    problems: Sequence[Problem],
    reading: Reading,
    states: Sequence[ControlState],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
    title: str = "",
    as_known_on: date | None = None,
) -> list[Path]:
    """Write report.json and report.html and return their paths. as_known_on is the day the map was asked for."""
    found = account(articles, reading, states, gazetteer, actors, as_known_on)
    faults = sorted(problems, key=lambda one: (one.path, one.reason))
    text = json.dumps(as_json(found, faults), ensure_ascii=False, indent=1) + "\n"
    return [
        files.write(output / "report.json", text),
        files.write(output / "report.html", page(title, found, faults)),
    ]


def as_json(found: Account, problems: Sequence[Problem]) -> dict[str, Any]:
    """The account as JSON; its members are described in docs/exports.md."""
    return {
        "articles": len(found.rows),
        "sentences": found.sentences,
        "parsed": found.parsed,
        "candidates": found.candidates,
        "claims": found.claims,
        "on_map": found.mapped,
        "not_on_map": len(found.unmapped),
        "dropped": found.dropped,
        "places": found.held,
        "sides": [asdict(one) for one in found.sides],
        "reasons": found.reasons,
        "by_article": [_row(row) for row in found.rows],
        "unmapped": [asdict(one) for one in found.unmapped],
        "unresolved_places": [asdict(one) for one in found.places],
        "unknown_actors": [asdict(one) for one in found.actors],
        "problems": [asdict(one) for one in problems],
    }


def _row(row: Row) -> dict[str, Any]:
    article = row.article
    return {
        "article": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "published": None if article.published is None else article.published.isoformat(),
        "published_basis": article.published_basis,
        "sentences": row.sentences,
        "claims": dict(row.statuses),
        "on_map": row.mapped,
        "dropped": row.dropped,
    }


__all__ = ["Account", "Unmapped", "Wanted", "account", "as_json", "manifest", "write", "write_manifest"]
