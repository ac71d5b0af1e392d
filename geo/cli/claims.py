"""`controlmap claims`"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from geo.claims import Claim, Kind, Status
from geo.cli import last, options, output
from geo.cli.door import did_you_mean
from geo.names import plain

Values = Callable[[Claim], tuple[str | None, ...]]
COLUMNS = ("date", "kind", "status", "place_name", "from_name", "to_name", "article")


@click.command("claims")
@click.option("--place", metavar="TEXT", help="Only claims on this place: an id or a name.")
@click.option("--actor", metavar="TEXT", help="Only claims in which this side gains or loses: an id or a name.")
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="Only claims of this kind.")
@click.option("--status", type=click.Choice([str(status) for status in Status]), help="Only claims of this status.")
@click.option("--date", "period", type=options.Period(), metavar="DATE", help=options.PERIOD_HELP)
@click.option("--article", metavar="ID", help="Only claims of this article.")
@options.as_json
@options.output
@options.workspace
def claims(
    place: str | None,
    actor: str | None,
    kind: str | None,
    status: str | None,
    period: options.Span | None,
    article: str | None,
    as_json: bool | None,
    target: Path | None,
    folder: Path | None,
) -> None:
    """List the claims of the last build: who is reported to have taken what from whom, and when.

    \b
    Examples:
      controlmap claims --place nubl
      controlmap claims --actor ypg --date 2024-11 --json
    """
    found = last.claims(last.output(folder, target))
    if place is not None:
        found = _only(found, place, "place", lambda c: (c.place_id, c.place_name, c.place_text))
    if actor is not None:
        found = _only(found, actor, "actor", lambda c: (c.from_actor, c.from_name, c.to_actor, c.to_name))
    if article is not None:
        found = _only(found, article, "article", lambda c: (c.article,))
    found = [
        claim
        for claim in found
        if kind in (None, str(claim.kind))
        and status in (None, str(claim.status))
        and (period is None or (claim.date is not None and period.start <= claim.date <= period.end))
    ]
    output.rows((claim.as_json() for claim in found), COLUMNS, as_json, "No claim is like that.")


def _only(claims: list[Claim], wanted: str, what: str, values: Values) -> list[Claim]:
    """The claims that have the wanted value. Raises a usage error with suggestions where no claim has it."""
    key = plain(wanted)
    found = [claim for claim in claims if key in {plain(value) for value in values(claim) if value}]
    if not found:
        known: Iterable[str] = sorted({value for claim in claims for value in values(claim) if value})
        raise click.UsageError(f"No claim has the {what} '{wanted}'.{did_you_mean(wanted, list(known))}")
    return found
