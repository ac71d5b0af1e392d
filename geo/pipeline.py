"""The build: a workspace in; maps, exports, report and manifest out, in one output folder.

Everything is made in a fresh folder beside the output and exchanged with it in one step at the end. A build
that fails or is killed leaves the output of the one before it whole. Files of an earlier build that are no
longer made go; files that this program did not write stay.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from geo import exports, files, maps, pending, report
from geo.actors import ActorRegistry
from geo.articles import Article, Problem
from geo.claims import Claim
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.readers import read_corpus
from geo.reading import Reading, read
from geo.swap import swapped
from geo.timeline import ControlState, change_dates, evidence_of, timeline
from geo.workspace import SETTINGS, Workspace

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""
TABLES = (
    "places.csv", "names.csv", "stoplist.csv", "judgements.csv", "areas.geojson", "actors.csv", "actor_names.csv",
    "actor_conflicts.csv",
)  # fmt: skip
README = Path(__file__).parent / "data" / "output_readme.md"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made. reasons: how many candidates did not reach the map, by reason, most frequent first."""

    output: Path
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    claims: tuple[Claim, ...]
    states: tuple[ControlState, ...]
    dates: tuple[date, ...]
    on_map: int
    reasons: Mapping[str, int]

    @property
    def index(self) -> Path:
        return self.output / "index.html"


def build(
    workspace: Workspace,
    *,
    corpus: Sequence[Path] | None = None,
    gazetteer: Path | None = None,
    output: Path | None = None,
    as_known_on: date | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Read the workspace's articles and write its output folder. corpus, gazetteer, output stand in for its own.

    as_known_on leaves out of maps and exports what was published later. Raises ControlmapError; the output
    is then as it was before.
    """
    say = progress or _silent
    sources = tuple(corpus or workspace.corpus)
    tables = gazetteer or workspace.gazetteer
    target = (output or workspace.output).resolve()
    _check_apart(target, sources, tables)
    pending.finish(tables)
    places, actors = load(tables, workspace)
    with swapped(target) as fresh:
        say("Looking for articles", 0, 1)
        # No clock here: a build gives the same bytes on any day. The command line warns of dates to come.
        articles, problems = read_corpus(sources, today=date.max)
        _check_any(articles, problems, sources)
        reading = read(articles, places, actors, lambda done, total: say("Reading articles", done, total))
        problems = [*problems, *reading.problems]
        states = timeline(
            reading.claims, actors, as_known_on=as_known_on, evidence=evidence_of(reading.claims, articles)
        )
        known = _known(reading, articles, as_known_on)
        say("Drawing maps", 0, 3)
        made = maps.write(
            fresh, title=workspace.title, claims=known.claims, states=states, dropped=known.dropped,
            articles=known.articles, gazetteer=places, actors=actors, as_known_on=as_known_on,
        )  # fmt: skip
        say("Writing exports", 1, 3)
        made += exports.write(fresh, claims=known.claims, states=states, gazetteer=places, actors=actors)
        say("Writing the report", 2, 3)
        made += report.write(
            fresh, articles=articles, problems=problems, reading=reading, states=states, gazetteer=places,
            actors=actors, title=workspace.title, as_known_on=as_known_on,
        )  # fmt: skip
        made.append(files.write(fresh / "README.md", README.read_bytes()))
        report.write_manifest(fresh, inputs=dict(inputs(workspace, sources, tables)), made=made)
        account = json.loads((fresh / "report.json").read_text("utf-8"))
        say("Writing the report", 3, 3)
    return BuildResult(
        output=target, articles=tuple(articles), problems=tuple(problems), claims=known.claims, states=tuple(states),
        dates=tuple(change_dates(known.claims)), on_map=account["on_map"], reasons=account["reasons"],
    )  # fmt: skip


def load(tables: Path, workspace: Workspace) -> tuple[Gazetteer, ActorRegistry]:
    """The gazetteer and the actors of a folder, in the colours of the workspace."""
    actors = ActorRegistry.load(tables)
    if workspace.colours:
        actors = _coloured(actors, workspace)
    return Gazetteer.load(tables), actors


def _coloured(registry: ActorRegistry, workspace: Workspace) -> ActorRegistry:
    for actor in workspace.colours:
        if actor not in registry.actors:
            near = difflib.get_close_matches(actor, registry.actors, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; `controlmap actors list` lists them"
            raise InputError(f"colours: there is no actor {actor!r}{hint}", workspace.root / SETTINGS)
    rows = [replace(actor, colour=workspace.colours.get(actor.id, actor.colour)) for actor in registry.actors.values()]
    return ActorRegistry.from_rows(rows, registry.names)


@dataclass(frozen=True, slots=True)
class _Known:
    """The part of a reading that was published by a day."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    dropped: tuple[Any, ...]


def _known(reading: Reading, articles: Sequence[Article], day: date | None) -> _Known:
    if day is None:
        return _Known(tuple(articles), reading.claims, reading.dropped)
    kept = tuple(one for one in articles if one.published is not None and one.published <= day)
    ids = {article.id for article in kept}
    return _Known(
        kept,
        tuple(claim for claim in reading.claims if claim.article in ids),
        tuple(lost for lost in reading.dropped if lost.article in ids),
    )


def inputs(workspace: Workspace, corpus: Sequence[Path], tables: Path) -> Iterator[tuple[str, Path]]:
    """The files that a build reads, by names that hold no path of this machine."""
    if (workspace.root / SETTINGS).is_file():
        yield SETTINGS, workspace.root / SETTINGS
    for name in TABLES:
        if (tables / name).is_file():
            yield f"gazetteer/{name}", tables / name
    for number, source in enumerate(corpus, 1):
        base = source.resolve()
        first = "corpus" if len(corpus) == 1 else f"corpus-{number}"
        found = [base] if base.is_file() else sorted(path for path in base.rglob("*") if path.is_file())
        for path in found:
            below = Path(path.name) if path == base else path.relative_to(base)
            if not any(part.startswith(".") for part in below.parts):
                yield f"{first}/{below.as_posix()}", path


def _check_apart(output: Path, corpus: Sequence[Path], tables: Path) -> None:
    """What a build writes must not be read by the next one, nor lie over its inputs."""
    for source in (*corpus, tables):
        read_from = source.resolve()
        if read_from.is_dir() and (output == read_from or read_from in output.parents or output in read_from.parents):
            raise InputError(f"the output cannot lie in or around {source}; name another folder with --output", output)


def _check_any(articles: Sequence[Article], problems: Sequence[Problem], corpus: Sequence[Path]) -> None:
    """A corpus that gives no article at all is a slip (a wrong path, a failed download), not an empty war."""
    if articles:
        return
    if not problems:
        raise InputError("holds no article; docs/corpus.md lists the forms that are read", corpus[0])
    first = problems[0]
    more = f" ({len(problems) - 1} more files could not be read either)" if problems[1:] else ""
    raise InputError(f"no article to read: {first.path}: {first.reason}{more}", corpus[0])


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody asked for."""
