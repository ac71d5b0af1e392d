"""`controlmap claims`"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from geo.claims import Claim, Kind, Status
from geo.cli import last, options, output
from geo.cli.door import did_you_mean
from geo.names import plain
from geo.workspace import Workspace

Values = Callable[[Claim], tuple[str | None, ...]]
COLUMNS = ("date", "what", "place", "from", "to", "article")


@click.command("claims")
@click.option("--place", metavar="TEXT", help="Only claims on this place: an id, or a name in any spelling.")
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
        found = _only(found, place, "place", _place_of, lambda text: _places(text, folder))
    if actor is not None:
        found = _only(found, actor, "actor", _actors_of, lambda text: _actors(text, folder))
    if article is not None:
        found = _only(found, article, "article", lambda c: (c.article,), lambda text: ())
    found = [
        claim
        for claim in found
        if kind in (None, str(claim.kind))
        and status in (None, str(claim.status))
        and (period is None or (claim.date is not None and period.start <= claim.date <= period.end))
    ]
    output.rows((claim.as_json() for claim in found), COLUMNS, as_json, "No claim is like that.", row=_row)


def _row(known: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a table: what is told in few words, in the article's own where the registry has none."""
    kind = known["kind"].replace("_", " ")
    return {
        "date": known["date"] or "unknown",
        "what": kind if known["status"] == str(Status.REPORTED) else f"{kind}, {known['status']}",
        "place": (known["place_name"] or known["place_text"]) + (f" ({known['count']})" if known["count"] else ""),
        "from": known["from_name"] or known["from_text"],
        "to": known["to_name"] or known["to_text"],
        "article": known["article"],
    }


def _place_of(claim: Claim) -> tuple[str | None, ...]:
    return claim.place_id, claim.place_name, claim.place_text


def _actors_of(claim: Claim) -> tuple[str | None, ...]:
    return claim.from_actor, claim.from_name, claim.to_actor, claim.to_name


def _places(text: str, folder: Path | None) -> Iterable[str]:
    from geo.gazetteer import Gazetteer

    return [candidate.place.id for candidate in Gazetteer.load(Workspace.find(folder).gazetteer).lookup(text)]


def _actors(text: str, folder: Path | None) -> Iterable[str]:
    from geo.actors import ActorRegistry

    return [
        name.actor for name in ActorRegistry.load(Workspace.find(folder).gazetteer).names if plain(name.text) == text
    ]


def _only(
    claims: list[Claim], wanted: str, what: str, values: Values, other: Callable[[str], Iterable[str]]
) -> list[Claim]:
    """The claims that have the wanted value: in these words, or else by an id that `other` gives for them.

    Raises a usage error with suggestions where no claim has it.
    """
    for keys in ([plain(wanted)], map(plain, other(plain(wanted)))):
        among = set(keys)
        found = [claim for claim in claims if among & {plain(value) for value in values(claim) if value}]
        if found:
            return found
    known = sorted({value for claim in claims for value in values(claim) if value})
    raise click.UsageError(f"No claim has the {what} '{wanted}'.{did_you_mean(wanted, known)}")
