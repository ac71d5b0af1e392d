"""Map pages: one HTML file for every day on which control was reported to change, and one for them all.

In: claims, the states made of them, articles, gazetteer and actors. Out: `maps/<day>.html` and
`index.html`, self-contained files that request nothing from anywhere until a reader asks for it. The
same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from geo import files
from geo import layers as geo_layers
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.basemap import Window, basemap, windows_around
from geo.claims import Claim, Dropped, in_order
from geo.gazetteer import Gazetteer
from geo.maps.page import page
from geo.maps.payload import Atlas, counts_by_day, page_data
from geo.maps.sides import Sides
from geo.maps.towns import towns
from geo.timeline import ControlState

# What an empty map shows: Syria (degrees).
HOME = Window(35.5, 32.2, 42.4, 37.4)


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
    as_known_on: date | None = None,
) -> list[Path]:
    """Write index.html and maps/<day>.html below `output`; returns their paths, the index first.

    as_known_on is the day that claims and states were asked for, if any; the pages say so.
    Pages of days on which nothing changes any more are removed. Each file is replaced in one step.
    """
    claims = in_order(claims)
    by_id = {article.id: article for article in articles}
    tables = geo_layers.layers(claims, states, dropped, by_id.values(), gazetteer)
    spots = geo_layers.spots_of(claims, states, gazetteer)
    windows = windows_around((spot.point.y, spot.point.x) for spot in spots.values()) or [HOME]
    atlas = Atlas(
        title=title, as_known_on=as_known_on, dates=counts_by_day(claims),
        articles=by_id, spots=spots, base=basemap(windows).as_json(),
        towns=towns(windows, gazetteer), gazetteer=gazetteer, sides=Sides(claims, states, actors),
    )  # fmt: skip
    first = max(windows, key=lambda w: sum(w.holds(spot.point.y, spot.point.x) for spot in spots.values()))
    view = ((first.south, first.west), (first.north, first.east))
    written = []
    for day in [None, *(when for when, _ in atlas.dates)]:
        data = page_data(atlas, day, tables if day is None else tables.on(day), claims)
        path = output / "index.html" if day is None else output / "maps" / f"{day.isoformat()}.html"
        written.append(files.write(path, page(data, view)))
    files.prune(output / "maps", "????-??-??.html", written)
    return written


__all__ = ["HOME", "write"]
