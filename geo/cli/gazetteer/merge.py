"""`controlmap gazetteer merge`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed


@click.command("merge")
@click.argument("keep", metavar="KEEP", shell_complete=complete_place)
@click.argument("others", metavar="OTHER...|-", nargs=-1, required=True, shell_complete=complete_place)
@edit_options
def merge_command(keep: str, others: tuple[str, ...], edit: Edit) -> None:
    """Make one place of several: OTHER becomes a spelling of KEEP and goes.

    KEEP gets the spellings of OTHER, the places that lie in it and the judgements that name it, and takes over what
    its own row leaves empty (position, parent, population, codes). What it says itself stays.

    \b
    Examples:
      controlmap gazetteer merge tal-example tell-example --why "one village, spelt twice"
      controlmap gazetteer merge tal-example tell-example --dry-run
    """
    ids = listed(others, "id")
    with edit.session() as session:
        for other in ids:
            edits.merge_places(session, keep, other)
    edit.tell(session, [f"{other} is now {keep}" for other in ids], id=keep, merged=ids)
