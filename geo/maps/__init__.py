"""Map pages: one HTML file for every day on which control was reported to change, and one for them all.

In: claims, the states made of them, articles, gazetteer and actors. Out: `maps/<day>.html` and
`index.html`, self-contained files that request nothing from anywhere until a reader asks for it. The
same input gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo import layers as geo_layers
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.basemap import Window, basemap, window_around
from geo.claims import Claim, Dropped, in_order
from geo.gazetteer import Gazetteer
from geo.maps.page import page
from geo.maps.payload import counts_by_day, page_data
from geo.timeline import ControlState

# What an empty map shows: Syria (degrees).
HOME = Window(35.5, 32.2, 42.4, 37.4)
# The base reaches this far beyond the outermost mark, so that a wide screen still has land to show.
MARGIN, LEAST_MARGIN = 0.6, 1.2


def write(
    output: Path,
    *,
    title: str,
    claims: Sequence[Claim],
    states: Sequence[ControlState],
    dropped: Sequence[Dropped],
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    actors: ActorRegistry,
) -> list[Path]:
    """Write index.html and maps/<day>.html below `output`; returns their paths, the index first.

    Pages of days on which nothing changes any more are removed. Each file is replaced in one step.
    """
    claims = in_order(claims)
    by_id = {article.id: article for article in articles}
    tables = geo_layers.layers(claims, states, dropped, by_id.values(), gazetteer)
    spots = geo_layers.spots_of(claims, states, gazetteer)
    window = window_around((spot.point.y, spot.point.x) for spot in spots.values()) or HOME
    base = basemap(window.widened(MARGIN, LEAST_MARGIN))
    dates = counts_by_day(claims)
    view = ((window.south, window.west), (window.north, window.east))
    written = []
    for day in [None, *(when for when, _ in dates)]:
        data = page_data(
            title=title, day=day, dates=dates, layers=tables if day is None else tables.on(day), claims=claims,
            articles=by_id, spots=spots, base=base, gazetteer=gazetteer, actors=actors,
        )  # fmt: skip
        path = output / "index.html" if day is None else output / "maps" / f"{day.isoformat()}.html"
        _replace(path, page(data, view))
        written.append(path)
    for old in sorted((output / "maps").glob("????-??-??.html")):
        if old not in written:
            old.unlink()
    return written


def _replace(path: Path, text: str) -> None:
    """Write beside, then rename: a reader sees the old page or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


__all__ = ["HOME", "write"]
