"""`controlmap gazetteer show`"""

from __future__ import annotations

from pathlib import Path

import click

from geo.cli import options, output
from geo.cli.gazetteer.shared import complete_place, place_of, record
from geo.gazetteer import Gazetteer
from geo.gazetteer.outlines import OUTLINES
from geo.workspace import Workspace


@click.command("show")
@click.argument("place_id", metavar="ID", shell_complete=complete_place)
@options.as_json
@options.workspace
def show_command(place_id: str, as_json: bool | None, folder: Path | None) -> None:
    """Show all that is known of a place: position, names, what it lies in and what lies in it.

    \b
    Example:
      controlmap gazetteer show nubl
    """
    gazetteer = Gazetteer.load(Workspace.find(folder).gazetteer)
    place = place_of(gazetteer, place_id)
    known = record(place) | {
        "pcode": place.pcode or None,
        "geonames": place.geonames or None,
        "wikidata": place.wikidata or None,
        "within": [above.id for above in gazetteer.ancestors(place.id)],
        "contains": [child.id for child in gazetteer.children(place.id)],
        "names": [
            {"text": name.text, "language": name.language or None, "kind": name.kind, "source": name.source or None}
            for name in gazetteer.names_of(place.id)
        ],
    }
    drawn = gazetteer.outlines.get(place.id)
    if drawn is not None:
        known["outline"] = f"{OUTLINES}:{drawn.line}" + (f" ({drawn.source})" if drawn.source else "")
    output.record(known, as_json)
