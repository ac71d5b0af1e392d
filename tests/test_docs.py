"""The documentation against the program: commands run, tables, links and figures compared."""

from __future__ import annotations

import csv
import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import rooms_table
from command import ROOT, call

from geo.claims import CHANGES, Claim, Kind, Method, Status
from geo.cli import cli
from geo.dates import Precision
from geo.drafts import confidence
from geo.patterns import Second

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("*/README.md")])
BY_HAND = [page for page in PAGES if page.name != "cli.md"]  # tests/test_cli.py runs the examples of that one
README = (ROOT / "README.md").read_text("utf-8")
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text("utf-8")


def shell_lines(text: str) -> list[str]:
    """The commands of a page: lines of ```sh blocks, and indented lines that begin with controlmap."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += re.findall(r"^    (controlmap .*)$", text, re.MULTILINE)
    return [line.partition("  #")[0].strip() for line in lines if line.strip()]


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table behind a heading, without its head; code marks off."""
    rows = []
    for line in text.partition(f"\n## {heading}\n")[2].splitlines():
        if line.startswith("|"):
            rows.append([cell.strip().replace("`", "") for cell in line.strip("|").split("|")])
        elif rows:
            break
    return rows[2:]


def test_the_commands_of_the_readme_work_in_their_order(own: Path) -> None:
    lines = shell_lines(README)
    assert len(lines) >= 12
    for line in lines:
        result = call(*shlex.split(line)[1:])
        assert result.exit_code == 0, f"{line}: {result.stderr}"
    assert {"control.geojson", "changes.csv", "my-war"} <= {path.name for path in own.iterdir()}
    assert json.loads((own / "control.geojson").read_text("utf-8"))["features"]


@pytest.mark.parametrize("page", BY_HAND, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_on_every_page_are_of_today(page: Path) -> None:
    for line in shell_lines(page.read_text("utf-8")):
        words = shlex.split(re.split(r" [<>|] ", line)[0].partition("   #")[0])[1:]
        command: click.Command = cli
        while isinstance(command, click.Group) and words != ["--help"]:
            _, found, words = command.resolve_command(click.Context(command), words)
            assert found is not None, line
            command = found
        if words != ["--help"]:
            command.make_context(command.name, list(words)).close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    assert not [link for link in links if "://" not in link and not (page.parent / link).exists()]


def test_make_targets_that_pages_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)`|^    make ([a-z]+)$", page.read_text("utf-8"), re.MULTILINE))
        assert {one or other for one, other in named} <= targets, page


def test_the_codebook_lists_what_the_program_knows() -> None:
    kinds = [row[0] for row in table(CODEBOOK, "Kinds")]
    assert kinds == [str(kind) for kind in Kind]
    assert set(kinds[:5]) == {str(kind) for kind in CHANGES}
    assert [row[0] for row in table(CODEBOOK, "Statuses")] == [str(status) for status in Status]
    columns = [name for row in table(CODEBOOK, "The JSON form") for name in row[0].split(", ")]
    assert sorted(columns) == sorted(field.name for field in fields(Claim))
    for word in [*Method, *Precision]:
        assert f"`{word}`" in CODEBOOK, word


def draft(**changed: Any) -> Any:
    """As much of a draft as the sum looks at: nothing named, nothing sure."""
    nobody = SimpleNamespace(actor=None, text=None, basis="")
    values = {
        "strong": False,
        "taker": nobody,
        "loser": nobody,
        "shape": "verb",
        "hedge": None,
        "second": Second.SILENT,
    }
    return SimpleNamespace(**(values | {"when": SimpleNamespace(span=None)} | changed))


SOMEBODY = SimpleNamespace(actor="x", text="x", basis="named")
OBSERVED = {
    "base": {},
    "explicit word": {"strong": True},
    "taker named": {"taker": SOMEBODY},
    "taker by reference": {"taker": SimpleNamespace(actor="x", text="it", basis="points back")},
    "taker by words of its own": {"taker": SimpleNamespace(actor=None, text="tribesmen", basis="")},
    "loser named": {"loser": SOMEBODY},
    "day given": {"when": SimpleNamespace(span=SimpleNamespace(precision=Precision.DAY))},
    "read so by patterns too": {"second": Second.AGREES},
    "patterns read another taker": {"second": Second.DIFFERS},
    "told by a noun": {"shape": "noun"},
    "told by a control": {"shape": "control"},
}


def test_confidence_is_the_sum_that_the_codebook_gives(workspace: Path) -> None:
    told = {row[0]: float(row[1]) for row in table(CODEBOOK, "Confidence")}
    places = {f"place {method}": method for method in Method if f"place {method}" in told}
    assert set(told) == set(OBSERVED) | set(places)
    nowhere: Any = SimpleNamespace(method=Method.UNRESOLVED)
    for part, changed in OBSERVED.items():
        expected = told["base"] + (told[part] if part != "base" else 0.0)
        assert confidence(draft(**changed), nowhere)[0] == pytest.approx(expected), part
    for part, method in places.items():
        found: Any = SimpleNamespace(method=method)
        assert confidence(draft(), found)[0] == pytest.approx(told["base"] + told[part]), part
    for line in (workspace / "output" / "claims.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        parts = re.findall(r"(?:^|; )(.+?) ([+-]\d\.\d\d)", claim["confidence_basis"])
        plain = {name: float(value) for name, value in parts if not name.startswith("hedged ")}
        assert plain.items() <= told.items()
        assert claim["confidence"] == pytest.approx(min(1.0, sum(float(value) for _, value in parts)))


def test_hedges_weigh_what_the_codebook_says() -> None:
    with (ROOT / "geo" / "data" / "hedges.csv").open(encoding="utf-8", newline="") as file:
        weights = {row["words"]: float(row["weight"]) for row in csv.DictReader(file)}
    told = re.findall(r"(0\.\d\d) for \"(\w+)\"", CODEBOOK)
    assert len(told) == 3
    assert all(weights[word] == float(weight) for weight, word in told)
    assert set(weights.values()) == {float(weight) for weight, _ in told}


def test_figures_of_the_readme_are_floors_that_the_tests_keep() -> None:
    floors = json.loads((ROOT / "tests" / "gold" / "floors.json").read_text("utf-8"))["floors"]
    rows = re.findall(r"^\| (?:changes|in) .*? \| (\d\.\d\d) \| (\d\.\d\d) \|$", README, re.MULTILINE)
    assert len(rows) == 3
    for row, name in zip(rows, ("sentences held", "articles held", "development articles held"), strict=True):
        for figure, told in zip(("precision", "recall"), row, strict=True):
            assert float(told) <= floors[name][figure], f"{name}, {figure}: the README promises more than is kept"


def test_the_gazetteers_readme_has_every_column() -> None:
    text = (ROOT / "gazetteer" / "README.md").read_text("utf-8")
    for path in sorted((ROOT / "gazetteer").glob("*.csv")):
        assert f"`{path.name}`" in text, path.name
        with path.open(encoding="utf-8", newline="") as file:
            for column in next(csv.reader(file)):
                assert re.search(rf"`{column}`", text), f"{path.name}: {column}"


def test_the_rooms_of_the_architecture_are_rooms_in_their_order() -> None:
    text = rooms_table.PAGE.read_text("utf-8")
    told = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert len(told) > 30
    assert [room for room in rooms_table.rooms() if room in told] == told, "run make docs"


def test_the_note_in_the_output_folder_is_the_one_that_builds_put_there() -> None:
    note = (ROOT / "geo" / "data" / "output_readme.md").read_text("utf-8")
    assert note == (ROOT / "output" / "README.md").read_text("utf-8")
