"""`controlmap gazetteer import`"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place
from geo.edits.importing import Clash, import_entries, kinds_of
from geo.errors import InputError
from geo.interchange import Entry, read_lpf, read_lptsv, read_mapped
from geo.tables import text_of

FORMS = ("lpf", "lp-tsv", "csv")
SHOWN = 10
"""Ids told one by one."""


@click.command("import")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--form", type=click.Choice(FORMS), help="Form of the file. Default: seen from its beginning.")
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN",
              help="Column that holds a field (of places.csv, names, names_LANGUAGE). May be repeated.")  # fmt: skip
@click.option("--on-clash", type=click.Choice([str(c) for c in Clash]), default="stop", show_default=True,
              help="What to do with a place whose id is there already.")  # fmt: skip
@click.option("--parent", default="", metavar="ID", shell_complete=complete_place, help="For places that give none.")
@click.option("--country", default="", metavar="CC", help="For places that give none.")
@click.option("--source", default="", metavar="TEXT", help="For places that give none. Default: the file's name.")
@edit_options
def import_command(
    file: Path, form: str | None, mapping: tuple[str, ...], on_clash: str, parent: str, country: str, source: str,
    edit: Edit,
) -> None:  # fmt: skip
    """Bring places from a file into your own gazetteer: Linked Places Format, LP-TSV, or any CSV with a header.

    All of them come in, as one change that can be undone, or none. What `controlmap gazetteer export` wrote comes back
    as it was. Of other tables the usual names of columns are known; --map says what they do not. A place without an
    id gets one made of its name. Tables too large to edit belong behind the gazetteer: `controlmap gazetteer layers`.

    \b
    Examples:
      controlmap gazetteer import places.geojson --dry-run
      controlmap gazetteer import villages.csv --map name=Village --map lat=Y --map lon=X --parent idlib-governorate
      controlmap gazetteer import changed.tsv --on-clash update --why "checked against imagery"
    """
    columns = dict(_pair(entry) for entry in mapping)
    if str(file) == "-":
        with tempfile.TemporaryDirectory(prefix="controlmap-") as folder:
            piped = Path(folder) / "standard input"
            piped.write_bytes(sys.stdin.buffer.read())
            _bring(piped, form, columns, on_clash, parent, country, source or "import", edit)
        return
    _bring(file, form, columns, on_clash, parent, country, source or file.name, edit)


def _bring(
    path: Path, form: str | None, columns: dict[str, str], clash: str, parent: str, country: str, source: str,
    edit: Edit,
) -> None:  # fmt: skip
    with edit.session() as session:
        found = list(_entries(path, form or _form(path), columns, kinds_of(session)))
        made = import_entries(session, found, clash=Clash(clash), parent=parent, country=country.upper(), source=source)
    lines = [f"{len(made.added)} places added, {len(made.updated)} changed, {len(made.skipped)} left as they are; "
             f"{made.names} spellings added"]  # fmt: skip
    lines += [f"  {place_id}" for place_id in made.added[:SHOWN]]
    if len(made.added) > SHOWN:
        lines.append(f"  and {len(made.added) - SHOWN} more")
    edit.tell(
        session, lines, added=list(made.added), updated=list(made.updated), skipped=list(made.skipped), names=made.names
    )


def _entries(path: Path, form: str, columns: dict[str, str], kinds: frozenset[str]) -> Iterable[Entry]:
    if columns and form != "csv":
        raise InputError(f"--map is for tables; {path.name} is {form}")
    if form == "lpf":
        return read_lpf(path, kinds)
    return read_lptsv(path, kinds) if form == "lp-tsv" else read_mapped(path, kinds, columns)


def _form(path: Path) -> str:
    """Seen from the file: JSON, the header of LP-TSV, or else a table."""
    first = text_of(path).lstrip().split("\n", 1)[0]
    if first.startswith("{"):
        return "lpf"
    header = [cell.strip().casefold().strip('"') for cell in first.replace(";", "\t").replace(",", "\t").split("\t")]
    return "lp-tsv" if {"id", "title", "title_source"} <= set(header) else "csv"


def _pair(entry: str) -> tuple[str, str]:
    field, sign, column = entry.partition("=")
    if not sign or not field.strip() or not column.strip():
        raise InputError(f"--map {entry!r}: write it as FIELD=COLUMN, as in name=Village")
    return field.strip(), column.strip()
