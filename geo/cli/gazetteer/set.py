"""`controlmap gazetteer set`"""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed
from geo.errors import InputError, MissingFileError
from geo.gazetteer.files import PLACE_COLUMNS
from geo.gazetteer.outlines import OUTLINES


def _columns(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    known = (*PLACE_COLUMNS[1:], "point")
    return [CompletionItem(column) for column in known if column.startswith(incomplete)]


@click.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("place_id", metavar="ID|-", shell_complete=complete_place)
@click.argument("column", required=False, shell_complete=_columns)
@click.argument("value", required=False)
@click.option("--outline", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True),
              help="GeoJSON file with the outline of the place; instead of COLUMN and VALUE.")  # fmt: skip
@click.option("--no-outline", is_flag=True, help="Take the outline of the place away.")
@edit_options
def set_command(
    place_id: str, column: str | None, value: str | None, outline: Path | None, no_outline: bool, edit: Edit
) -> None:
    """Set one column of a place, or its outline; an empty VALUE ("") clears a column.

    COLUMN is a column of places.csv, or point for latitude and longitude together. With - for ID the ids are read
    from standard input, one a line or from JSON lines, and the column is set for all of them.

    An outline is a Polygon or MultiPolygon, alone, as a feature or in a FeatureCollection (there the only feature, or
    the one whose id is ID); it goes into areas.geojson, with the property source of its feature. Doubts go to stderr.

    \b
    Examples:
      controlmap gazetteer set nubl radius_m 1500
      controlmap gazetteer set nubl point "36.3747 36.9957" --why "centre of the town"
      controlmap gazetteer list --within nubl --json | controlmap gazetteer set - country SY
      controlmap gazetteer set shaar --outline shaar.geojson --why "drawn on imagery"
    """
    if outline is not None or no_outline:
        if column is not None or (outline is not None and no_outline):
            raise click.UsageError("Give a COLUMN with its VALUE, --outline or --no-outline: one of them.")
        if place_id == "-":
            raise click.UsageError("An outline is of one place: give its id.")
        _set_outline(place_id, outline, edit)
        return
    if column is None or value is None:
        raise click.UsageError("Give a COLUMN and its VALUE, --outline FILE or --no-outline.")
    ids = listed([place_id], "id")
    with edit.session() as session:
        before = {one: edits.set_field(session, one, column, value) for one in ids}
    lines = [f"{one} {column}: {was or '(empty)'} -> {value or '(empty)'}" for one, was in before.items()]
    edit.tell(session, lines, ids=ids, column=column, before=before, after=value)


def _set_outline(place_id: str, file: Path | None, edit: Edit) -> None:
    with edit.session() as session:
        if file is None:
            edits.remove_outline(session, place_id)
            said = "outline taken away"
        else:
            geometry, source = edits.given_outline(_text(file), file, place_id)
            said = "outline changed" if edits.set_outline(session, place_id, geometry, source) else "outline set"
    edit.tell(session, [f"{place_id}: {said}"], ids=[place_id], outline=file is not None)
    if not edit.dry_run and file is not None:
        for finding in edits.check(edit.folder):
            if finding.file == OUTLINES and finding.text.startswith(f"{place_id}: "):
                click.echo(f"{finding.file}:{finding.line}: {finding.text}", err=True)


def _text(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise MissingFileError(f"{file}: no such file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file) from error
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text; save it as UTF-8", file) from None
