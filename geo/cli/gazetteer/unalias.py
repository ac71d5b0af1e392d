"""`controlmap gazetteer unalias`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed


@click.command("unalias")
@click.argument("place_id", metavar="ID", shell_complete=complete_place)
@click.argument("texts", metavar="TEXT...|-", nargs=-1, required=True)
@edit_options
def unalias_command(place_id: str, texts: tuple[str, ...], edit: Edit) -> None:
    """Remove spellings of a place's name. With - they are read from standard input, one a line.

    \b
    Example:
      controlmap gazetteer unalias nubl Noubboul
    """
    spellings = listed(texts, "text")
    with edit.session() as session:
        for text in spellings:
            edits.remove_name(session, place_id, text)
    edit.tell(session, [f"{place_id}: {text} removed" for text in spellings], id=place_id, texts=spellings)
