"""`controlmap gazetteer export`"""

from __future__ import annotations

from pathlib import Path

import click

from geo import files
from geo.cli import options
from geo.cli.gazetteer.shared import complete_kind, complete_place, place_of
from geo.gazetteer import Gazetteer
from geo.interchange import Entry, own_entries, write_lpf, write_lptsv, write_mapped
from geo.workspace import Workspace

FORMS = ("lpf", "lp-tsv", "csv")
_ENDINGS = {".geojson": "lpf", ".json": "lpf", ".jsonld": "lpf", ".tsv": "lp-tsv", ".csv": "csv"}


@click.command("export")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True, dir_okay=False))
@click.option("--form", type=click.Choice(FORMS), help="Default: by the ending: .geojson, .tsv or .csv.")
@click.option("--within", metavar="ID", shell_complete=complete_place, help="Only this place and what lies in it.")
@click.option("--kind", metavar="KIND", shell_complete=complete_kind, help="Only places of this kind.")
@click.option("--year", default="", metavar="YEAR", help="LP-TSV: year of attestation, which some readers want.")
@options.workspace
def export_command(
    file: Path, form: str | None, within: str | None, kind: str | None, year: str, folder: Path | None
) -> None:
    """Write your own gazetteer as Linked Places Format (GeoJSON), as LP-TSV, or as one CSV table.

    Linked Places Format holds everything, LP-TSV everything but outlines: `controlmap gazetteer import` makes the same
    gazetteer of them. The CSV is for the eye and for spreadsheets: of the names it holds the spellings alone.

    \b
    Examples:
      controlmap gazetteer export places.geojson
      controlmap gazetteer export - --form lp-tsv --within idlib-governorate
    """
    form = form or _ENDINGS.get(file.suffix.lower())
    if form is None:
        raise click.UsageError(f"Say with --form which form {file} is to have: {', '.join(FORMS)}.")
    if year and not year.isdigit():
        raise click.UsageError(f"--year '{year}' is no year.")
    target = Workspace.find(folder).gazetteer
    entries = [entry for entry in own_entries(target) if kind in (None, entry.cells["kind"])]
    if within is not None:
        entries = _within(entries, within, Gazetteer.load(target, reference=False))
    drawn = sum(entry.outline is not None for entry in entries)
    if drawn and form != "lpf":
        left = "1 outline is" if drawn == 1 else f"{drawn} outlines are"
        click.echo(f"{left} not in it: {form} holds points alone; --form lpf holds outlines too", err=True)
    if form == "lpf":
        text = write_lpf(entries)
    else:
        text = write_lptsv(entries, year) if form == "lp-tsv" else write_mapped(entries)
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    files.write(file, text)
    click.echo(f"{file}: {len(entries)} places")


def _within(entries: list[Entry], place_id: str, gazetteer: Gazetteer) -> list[Entry]:
    inside = {place_of(gazetteer, place_id).id}
    waiting = list(inside)
    while waiting:
        for child in gazetteer.children(waiting.pop()):
            inside.add(child.id)
            waiting.append(child.id)
    return [entry for entry in entries if entry.cells["id"] in inside]
