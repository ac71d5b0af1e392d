"""`controlmap gazetteer move`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place


@click.command("move", context_settings={"ignore_unknown_options": True})
@click.argument("place_id", metavar="ID", shell_complete=complete_place)
@click.argument("position", required=False, metavar="[LAT LON]")
@click.option("--into", "parent", metavar="ID", shell_complete=complete_place,
              help='The place that it lies in from now on; "" for none.')  # fmt: skip
@edit_options
def move_command(place_id: str, position: str | None, parent: str | None, edit: Edit) -> None:
    """Move a place to another position, into another parent, or both. Tells how far it moved.

    \b
    Examples:
      controlmap gazetteer move nubl "36.3747 36.9957" --why "the point lay in the next village"
      controlmap gazetteer move nubl --into azaz-district
    """
    if position is None and parent is None:
        raise click.UsageError('Say where to: a position, as in "36.2 37.1", or --into ID.')
    point = None if position is None else edits.parse_point(position)
    with edit.session() as session:
        old = edits.move_place(session, place_id, point=point, parent=parent)
    lines, away = [], None
    if point is not None and old["lat"] and old["lon"]:
        was = (float(old["lat"].replace(",", ".")), float(old["lon"].replace(",", ".")))
        away = round(edits.distance_m(was, (point.lat, point.lon)))
        lines.append(f"{place_id}: {was[0]:g} {was[1]:g} -> {point.lat:g} {point.lon:g}, {away} m away")
    elif point is not None:
        lines.append(f"{place_id}: no position -> {point.lat:g} {point.lon:g}")
    if parent is not None:
        lines.append(f"{place_id}: from {old['parent'] or 'no parent'} into {parent or 'no parent'}")
    edit.tell(session, lines, id=place_id, metres=away, parent_before=old["parent"] or None)
