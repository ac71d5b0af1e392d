"""`controlmap gazetteer alias`"""

from __future__ import annotations

from datetime import date

import click

from geo import edits
from geo.cli import options
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed


@click.command("alias")
@click.argument("place_id", metavar="ID", shell_complete=complete_place)
@click.argument("texts", metavar="TEXT...|-", nargs=-1, required=True)
@click.option("--language", metavar="TAG", help="BCP 47, as in ar. Default: told by the script.")
@click.option(
    "--kind", default="variant", show_default=True, type=click.Choice(["preferred", "variant", "historic", "generic"])
)
@click.option("--from", "valid_from", type=options.Day(), metavar="DATE", help="First day of the name.")
@click.option("--to", "valid_to", type=options.Day(), metavar="DATE", help="Last day of the name.")
@click.option("--source", default="own", show_default=True, help="Where the spelling was seen.")
@edit_options
def alias_command(
    place_id: str, texts: tuple[str, ...], language: str | None, kind: str, valid_from: date | None,
    valid_to: date | None, source: str, edit: Edit,
) -> None:  # fmt: skip
    """Add further spellings of a place's name. With - they are read from standard input, one a line.

    \b
    Examples:
      controlmap gazetteer alias nubl Noubboul "Nebbol al-Gharbi"
      controlmap gazetteer alias nubl - < spellings.txt
    """
    first, last = (day.isoformat() if day else "" for day in (valid_from, valid_to))
    spellings = listed(texts, "text")
    with edit.session() as session:
        for text in spellings:
            edits.add_name(
                session, place_id, text, language=language, kind=kind, valid_from=first, valid_to=last, source=source
            )
    edit.tell(session, [f"{place_id}: {text}" for text in spellings], id=place_id, texts=spellings)
