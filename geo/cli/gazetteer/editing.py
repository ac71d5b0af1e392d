"""What the commands that change a gazetteer share: their options, the edit itself, and the report after it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from geo import edits
from geo.cli import options, output
from geo.cli.gazetteer.shared import why as why_option
from geo.readers import read_corpus
from geo.workspace import Workspace

MOST = 200
"""Articles read again for a replay, at some 50 a second twice over: ten seconds at most."""
READ_FOR_PLACES = frozenset({"places.csv", "names.csv", "judgements.csv", "areas.geojson"})
"""A change of other tables (an actor's name that is taken back) is of sides, which a replay does not tell."""
LONGEST = 600
"""Letters of a row told on a terminal: the outline of a governorate has thousands."""
SHOWN = 20
"""Claims told one by one on a terminal; all of them with --json."""


@dataclass(frozen=True, slots=True)
class Edit:
    """How an edit was asked for."""

    workspace: Workspace
    why: str
    who: str | None
    dry_run: bool
    replays: bool
    most: int | None
    as_json: bool

    @property
    def folder(self) -> Path:
        return self.workspace.gazetteer

    @contextmanager
    def session(self) -> Iterator[edits.Session]:
        """The edit, made when the block ends well."""
        with edits.editing(self.folder, why=self.why, who=self.who, dry_run=self.dry_run) as session:
            yield session

    def tell(self, session: edits.Session, lines: list[str], **known: Any) -> None:
        """Print what was done, and the replay: as lines for a person, or as one JSON line."""
        change = session.change
        replay = self._replay(session)
        if self.as_json:
            made = {"change": change.number, "when": change.when, "who": change.who, "what": change.what,
                    "why": change.why, "rows": change.lines()} if change else {"change": None}  # fmt: skip
            output.record(known | made | {"dry_run": self.dry_run, "replay": replay_record(replay)}, True)
            return
        for line in lines:
            click.echo(output.safe(line))
        if change is None:
            click.echo("Nothing changes.")
            return
        if self.dry_run:
            click.echo("Nothing was written (--dry-run). Rows:")
            for line in change.lines():
                click.echo(f"  {output.safe(line if len(line) <= LONGEST else line[:LONGEST] + '…')}")
        for line in replay_lines(replay):
            click.echo(output.safe(line))

    def _replay(self, session: edits.Session) -> edits.Replay | None:
        if not self.replays or session.change is None or not READ_FOR_PLACES & session.after.keys():
            return None
        corpus = [path for path in self.workspace.corpus if path.exists()]
        if not corpus:
            return None
        articles, _ = read_corpus(corpus)
        return edits.replay(self.folder, session.before, session.after, articles, self.most)


def edit_options(function: Callable[..., None]) -> Callable[..., None]:
    """--why, --who, --dry-run, --no-replay, --replay-all, --json, --workspace; the command gets one `edit`."""

    @options.workspace
    @click.option("--json", "as_json", is_flag=True, help="Tell what was done as one JSON line.")
    @click.option("--replay-all", is_flag=True, help=f"Replay on all articles touched, not on the newest {MOST}.")
    @click.option("--replay/--no-replay", "replays", default=True, show_default=True,
                  help="Read the articles that the edit touches again and tell which claims it changes.")  # fmt: skip
    @click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
    @click.option("--who", metavar="NAME", help="Whose edit it is. Default: CONTROLMAP_WHO, else the login's name.")
    @why_option
    @functools.wraps(function)
    def wrapped(
        *args: Any, folder: Path | None, why: str, who: str | None, dry_run: bool, replays: bool, replay_all: bool,
        as_json: bool, **others: Any,
    ) -> None:  # fmt: skip
        workspace = Workspace.find(folder)
        workspace.check_editable()
        edit = Edit(workspace, why, who, dry_run, replays, None if replay_all else MOST, as_json)
        function(*args, edit=edit, **others)

    return wrapped


def replay_lines(replay: edits.Replay | None) -> list[str]:
    """The replay in words. Nothing where there was none."""
    if replay is None:
        return []
    if not replay.touched:
        return [f"Replay: none of the {replay.articles} articles holds a name of this edit; no claim changes."]
    left = replay.touched - replay.read
    counts = ", ".join(
        f"{replay.count(effect)} {word}"
        for effect, word in (
            (edits.Effect.MOVES, "move"), (edits.Effect.APPEARS, "appear"), (edits.Effect.GOES, "go"),
        )
    )  # fmt: skip
    read = f"{replay.read} of {replay.articles} articles read again"
    lines = [f"Replay: {read}" + (f" ({left} older ones not; --replay-all)" if left else "") + f"; claims: {counts}."]
    for one in replay.changed[:SHOWN]:
        where = {
            edits.Effect.MOVES: f"{one.before} -> {one.after}",
            edits.Effect.APPEARS: f"-> {one.after}",
            edits.Effect.GOES: f"{one.before} -> not on the map",
        }[one.effect]
        lines.append(f"  {one.effect:<7}  {one.article}  “{one.place_text}” {where}")
        lines.append(f"           {one.sentence[:160]}{'…' if len(one.sentence) > 160 else ''}")
    if len(replay.changed) > SHOWN:
        lines.append(f"  and {len(replay.changed) - SHOWN} more (--json tells all)")
    return lines


def replay_record(replay: edits.Replay | None) -> dict[str, Any] | None:
    """The replay as a record."""
    if replay is None:
        return None
    changed = [
        {
            "effect": str(one.effect), "article": one.article,
            "published": one.published.isoformat() if one.published else None, "place_text": one.place_text,
            "before": one.before, "after": one.after, "sentence": one.sentence,
        }
        for one in replay.changed
    ]  # fmt: skip
    counts = {str(effect): replay.count(effect) for effect in edits.Effect}
    return {"articles": replay.articles, "touched": replay.touched, "read": replay.read, **counts, "changed": changed}
