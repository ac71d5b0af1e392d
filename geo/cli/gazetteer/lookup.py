"""`controlmap gazetteer lookup`"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geo.cli import options, output
from geo.cli.gazetteer.shared import listed
from geo.edits.geocoders import Asked, Found, Service, look_up
from geo.edits.places import KINDS
from geo.gazetteer import Gazetteer
from geo.workspace import Workspace

COLUMNS = ("id", "name", "kind", "lat", "lon", "parent", "country", "source", "near")


@click.command("lookup")
@click.argument("wanted", metavar="NAME...|-", nargs=-1, required=True)
@click.option("--service", type=click.Choice([str(s) for s in Service]), default="nominatim", show_default=True,
              help="Which geocoder is asked.")  # fmt: skip
@click.option("--server", default="", metavar="ADDRESS",
              help="Another host of the service, as in http://127.0.0.1:8080. Default: its public one.")  # fmt: skip
@click.option("--username", default="", envvar="CONTROLMAP_GEONAMES_USER", help="Your name at GeoNames.")
@click.option("--country", default="", metavar="CC", help="Only there, as in SY. Photon does not know it.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 40), help="At most so many for a name.")
@options.as_json
@options.workspace
def lookup_command(
    wanted: tuple[str, ...], service: str, server: str, username: str, country: str, limit: int,
    as_json: bool | None, folder: Path | None,
) -> None:  # fmt: skip
    """Ask a geocoder of the net where a name is, and propose rows. The only gazetteer command that uses the net.

    Nominatim and Photon answer from OpenStreetMap (ODbL), GeoNames from its own table (CC BY 4.0). One request is sent
    a second, under the name of this program. Nothing is written: a proposal that is right goes on to `add -`. The
    column near names a place of your own that it may be already.

    \b
    Examples:
      controlmap gazetteer lookup "Tal Rifaat" --country SY
      controlmap gazetteer lookup "Tal Example" --json | head -1 | controlmap gazetteer add -
      controlmap gazetteer unresolved --json | jq -r .text | controlmap gazetteer lookup - --service photon
    """
    names = listed(wanted, "text")
    gazetteer = Gazetteer.load(Workspace.find(folder).gazetteer, reference=False)
    kinds = frozenset({*KINDS, *(place.kind for place in gazetteer.places.values())})
    asked = Asked(Service(service), server, username, country, limit)

    def found() -> Iterator[dict[str, Any]]:
        for one in look_up(asked, names, gazetteer, kinds):
            yield _record(one)

    output.rows(found(), COLUMNS, as_json, f"{service} knows no such place.")


def _record(found: Found) -> dict[str, Any]:
    cells = found.cells
    out: dict[str, Any] = dict(cells)
    out |= {column: float(cells[column]) for column in ("lat", "lon", "radius_m") if column in cells}
    if "population" in cells:
        out["population"] = int(cells["population"])
    out["aliases"] = list(found.aliases)
    out["near"] = f"{found.near[0].id}, {found.near[1]:.0f} m" if found.near else None
    out["because"] = found.because
    return out
