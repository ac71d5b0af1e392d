"""`controlmap gazetteer split`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_kind, complete_place
from geo.gazetteer import Gazetteer
from geo.gazetteer.files import CERTAINTIES


@click.command("split")
@click.argument("place_id", metavar="ID", shell_complete=complete_place)
@click.argument("name", metavar="NEW-NAME")
@click.option("--at", "position", metavar="LAT LON", help="Position of the new place. Not known: leave out.")
@click.option("--kind", shell_complete=complete_kind, help="Kind of the new place. Default: that of ID.")
@click.option("--parent", metavar="ID", shell_complete=complete_place, help="Default: that of ID.")
@click.option("--radius", "radius_m", type=float, metavar="METRES", help="How far from the point the true spot may be.")
@click.option("--certainty", default="", metavar="WORD", type=click.Choice(["", *CERTAINTIES]),
              help="Of the position: certain (looked up), less-certain (fits), uncertain (not checked).")  # fmt: skip
@click.option("--take", "take", multiple=True, metavar="TEXT", help="A spelling of ID that the new place gets.")
@click.option("--source", default="own check", show_default=True, help="Where the position comes from.")
@click.option("--note", default="", help="What tells the two apart.")
@click.option("--id", "new_id", metavar="ID", help="Id of the new place. Default: made of the name.")
@edit_options
def split_command(
    place_id: str, name: str, position: str | None, kind: str | None, parent: str | None, radius_m: float | None,
    certainty: str, take: tuple[str, ...], source: str, note: str, new_id: str | None, edit: Edit,
) -> None:  # fmt: skip
    """Make two places of one: ID stays, NEW-NAME is made beside it and gets the spellings named with --take.

    \b
    Example:
      controlmap gazetteer split zahraa-nubl "Zahraa of Homs" --at "34.74 36.75" --take "Al-Zahraa" \\
          --parent homs-governorate --note "a quarter of Homs, not the town beside Nubl"
    """
    known = Gazetteer.load(edit.folder, reference=False)
    model = known.places.get(place_id)
    new = edits.NewPlace(
        name, kind=kind or (model.kind if model else "settlement"), radius_m=radius_m, source=source, note=note,
        certainty=certainty,
        point=None if position is None else edits.parse_point(position), place_id=new_id,
        parent=parent if parent is not None or model is None else model.parent,
    )  # fmt: skip
    with edit.session() as session:
        made = edits.split_place(session, place_id, new, take)
    edit.tell(session, [f"{made} split from {place_id}"], id=place_id, made=made, taken=list(take))
