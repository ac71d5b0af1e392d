"""The command line as a whole: help, errors in one line, pipes, encodings, interruption."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import click
import pyogrio
import pytest
from command import COMMAND, ROOT, call, environment, half_built, process, refused
from pandas import DataFrame

from geo import __version__
from geo.cli import cli, reference
from geo.cli.root import ROOMS

ACTORS = b"id,name,bloc,colour,parent,countries,valid_from,valid_to,note\n"
LEAVES = [path for path, command in reference.commands() if not hasattr(command, "commands")]


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...]) -> None:
    for option in ("--help", "-h"):
        result = call(*path, option)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"Usage: controlmap {' '.join(path)} ")
        assert f"\n    controlmap {' '.join(path)}" in result.stdout, "no example"


def test_no_command_is_the_help_and_the_version_is_the_packages() -> None:
    nothing = call()
    assert nothing.exit_code == 2
    assert all(name in nothing.stderr for name in ROOMS)
    assert call("--version").stdout == f"controlmap, version {__version__}\n"
    assert call("gazetteer").exit_code == 2


def examples() -> list[str]:
    """The example lines of all help texts, in the order of the commands, each with the line that it goes on in."""
    text = reference.reference().replace("\\\n", " ")
    return [line.strip() for line in text.splitlines() if line.startswith("    controlmap ")]


def words_of(example: str) -> Iterator[list[str]]:
    """The arguments of each `controlmap` of a shell line, without what the shell itself reads."""
    for part in example.split(" | "):
        words = shlex.split(part)
        if words[0] == "controlmap":
            ends = [at for at, word in enumerate(words) if word in ("<", ">")]
            yield words[1 : min(ends, default=len(words))]


@pytest.mark.parametrize("example", examples())
def test_an_example_is_a_command_line_of_today(example: str) -> None:
    for words in words_of(example):
        command: click.Command = cli
        while isinstance(command, click.Group):
            name, found, words = command.resolve_command(click.Context(command), words)
            assert found is not None, name
            command = found
        with command.make_context(command.name, list(words)) as context:
            assert context.command is command


CHANGES_IDS = frozenset("add set alias unalias move merge split remove undo log lookup judge import export".split())
"""Verbs of `gazetteer` whose examples build on one another's ids; tests/test_edits.py and its like run these."""


def put_files_of_examples(folder: Path) -> None:
    """The files that the examples speak of, each as small as its form allows."""
    for name in ("articles", "tests/gold/articles", "tests/gold/claims"):
        (folder / name).mkdir(parents=True)
    shutil.copy(folder / "corpus" / "field-note.md", folder / "articles")
    line = {"id": "a1", "published": "2024-12-04", "text": "Rebels seized Anadan on Tuesday."}
    (folder / "more.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    town = "\t".join(["9000{}", "Qaryat {}", "Qaryat {}", "", "36.31", "37.02", "P", "PPL", "SY", *[""] * 10])
    (folder / "SY.txt").write_text(town.format(1, "A", "A") + "\n", encoding="utf-8")
    (folder / "IQ.txt").write_text(town.format(2, "B", "B") + "\n", encoding="utf-8")
    (folder / "alternateNamesV2.txt").write_text("1\t90001\tku\tGund\t\t\t\t\t\t\n", encoding="utf-8")
    (folder / "list.csv").write_text("Code,Village,Y,X\nv1,Qaryat C,36.3,37.1\n", encoding="utf-8")
    row = {"pcode": ["C1"], "name_en": ["Qaryat D"], "lat": [36.31], "lon": [37.02]}
    pyogrio.write_dataframe(DataFrame(row), folder / "syr_admin4.xlsx", layer="places")
    gold = ROOT / "tests" / "gold"
    shutil.copy(folder / "corpus" / "field-note.md", folder / "tests" / "gold" / "articles")
    nothing = {"id": "field-note", "title": "Army back in two villages", "published": "2024-12-03", "claims": []}
    (folder / "tests" / "gold" / "claims" / "field-note.json").write_text(json.dumps(nothing), encoding="utf-8")
    lines = (gold / "sentences.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "tests" / "gold" / "sentences.jsonl").write_text("".join(lines[:2]), encoding="utf-8")


def test_every_example_of_the_help_works_as_it_stands(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    put_files_of_examples(own)
    failed = []
    for words in [words for example in examples() for words in words_of(example)]:
        if words[0] == "gazetteer" and words[1] in CHANGES_IDS:
            continue
        result = call(*words)
        if result.exit_code:
            failed.append(f"{words}: {result.exit_code} {result.stderr}")
    assert not failed, "\n".join(failed)
    assert opened == [(own / "output" / "index.html").as_uri()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("bild", "There is no command 'bild'. Did you mean build? (see controlmap --help)"),
        ("gazetteer lst", "There is no command 'lst'. Did you mean list or set? (see controlmap gazetteer --help)"),
        ("build --corpsu x", "No such option '--corpsu'. Did you mean '--corpus'? (see controlmap build --help)"),
        ("build no-such", "no-such: no workspace (it has neither controlmap.toml nor gazetteer/places.csv); "
         "`controlmap init no-such` makes one"),
        ("build --as-known-on 2024-02-30", "'2024-02-30' is no date: write it as 2024-11-30"),
        ("build --corpus no-such.txt", "no-such.txt: no such file or folder"),
        ("build --gazetteer no-such", "no-such/actors.csv: no such file; `controlmap init` makes a workspace with one"),
        ("build --output controlmap.toml", "controlmap.toml: is a file; name a folder with --output"),
        ("build --output controlmap.toml/x", "controlmap.toml/x: cannot be written: Not a directory"),
        ("build --output corpus/out", "corpus/out: the output cannot lie in or around corpus"),
        ("build --output gazetteer", "gazetteer: the output cannot lie in or around"),
        ("build --output .", "the output cannot lie in or around"),
        ("build --output /", "the output cannot lie in or around"),
        ("open 2024-12-24 --print", "nothing changed on that day; the dates are 2024-"),
        ("open yesterday", "'yesterday' is no date"),
        ("claims --date 2024-13", "'2024-13' is no date"),
        ("claims --date 2024-12-01..x", "is no date"),
        ("claims --kind captures", "'captures' is not one of 'capture'"),
        ("claims --place Gotham", "No claim has the place 'Gotham'."),
        ("claims --place anjarahh-x", "Did you mean anjarah"),
        ("claims --article field-not", "No claim has the article 'field-not'. Did you mean field-note?"),
        ("claims -w no-such", "no-such: no workspace"),
        ("claims --output no-such", "no-such/claims.jsonl: not there; run `controlmap build` first"),
        ("explain", "Name an article (an id, a file or -), or give words with --text."),
        ("explain seed-04", "no article 'seed-04' in the workspace, and no such file. Did you mean seed-004?"),
        ("explain gazetteer/places.csv", "gazetteer/places.csv: "),
        ("explain --text x --published soon", "'soon' is no date"),
        ("export --what towns", "'towns' is not one of 'claims', 'control', 'changes'"),
        ("export --format xls", "'xls' is not one of"),
        ("export -o corpus", "corpus: cannot be written: Is a directory"),
        ("export --date 30.11.2024", "'30.11.2024' is no date"),
        ("gazetteer show nubll", "no place 'nubll' in the gazetteer. Did you mean nubl?"),
        ("gazetteer list --within nowhere-at-all", "no place 'nowhere-at-all' in the gazetteer."),
        ("gazetteer list --kind airprt", "there is no kind 'airprt'. Did you mean airport?"),
        ("gazetteer list --country xx", "there is no country 'XX'. There is: "),
        ("gazetteer list -w no-such", "no-such: no workspace"),
        ("actors list --bloc oposition", "there is no bloc 'oposition'. Did you mean opposition?"),
        ("actors show sdff", "no actor 'sdff'. Did you mean sdf?"),
        ("init corpus", "corpus: is not empty; name a new folder"),
        ("init controlmap.toml", "controlmap.toml: is not empty; name a new folder"),
        ("init controlmap.toml/x", "controlmap.toml/x: cannot be written: Not a directory"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_status_2(words: str, told: str, own: Path) -> None:
    before = snapshot(own)
    assert told in refused(call(*words.split()))
    assert snapshot(own) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("gazetteer/places.csv", b"id,name,kind,lat,lon\nx,X,settlement,north,37\n", "gazetteer/places.csv:2: "),
        (
            "gazetteer/places.csv",
            b"id,name,kind,lat,lon\nx,X,hill,36,37\nx,X,hill,36,37\n",
            "places.csv:3: ",
        ),
        ("gazetteer/places.csv", b"\xff\xfe\x00", "gazetteer/places.csv"),
        ("gazetteer/places.csv", b"", "gazetteer/places.csv"),
        ("gazetteer/names.csv", b"place,text\nno-such,Name\n", "gazetteer/names.csv:2: "),
        ("gazetteer/actors.csv", ACTORS + b"x,X,y,red,,SY,,,\n", "gazetteer/actors.csv:2: "),
        ("controlmap.toml", b"titel = 'x'\n", "controlmap.toml: there is no setting 'titel'; did you mean title?"),
        ("controlmap.toml", b"title = \n", "controlmap.toml: is not TOML: "),
        ("controlmap.toml", b"[colours]\nnobody-known = '#000000'\n", "controlmap.toml: colours: there is no actor"),
        ("output/claims.jsonl", b"{\n", "output/claims.jsonl:1: is no claim of this version"),
    ],
)
def test_a_broken_file_is_named_with_its_line(file: str, content: bytes, told: str, own: Path) -> None:
    command = "claims" if file.startswith("output/") else "build"
    (own / file).write_bytes(content)
    before = snapshot(own)
    assert told in refused(call(command))
    assert snapshot(own) == before


def test_a_list_is_a_table_or_json_lines(own: Path) -> None:
    table = call("claims", "--table", "--article", "field-note").stdout.splitlines()
    assert table[0].split() == ["date", "what", "place", "from", "to", "article"]
    assert any("recapture" in line and "Anjarah" in line for line in table)
    piped = call("claims", "--article", "field-note").stdout
    assert piped == call("claims", "--article", "field-note", "--json").stdout
    found = [json.loads(line) for line in piped.splitlines()]
    assert {one["place_id"] for one in found} >= {"anjarah", "awijil"}


def test_a_closed_pipe_is_quiet(own: Path) -> None:
    line = f"{shlex.join(COMMAND)} gazetteer list | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=own, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    assert json.loads(done.stdout)["id"]


def test_a_terminal_without_the_letters_breaks_nothing(own: Path) -> None:
    done = process("gazetteer", "show", "nubl", "--json", cwd=own, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "نبل" in {name["text"] for name in json.loads(done.stdout)["names"]}
    assert process("gazetteer", "show", "نبلل", cwd=own, PYTHONIOENCODING="ascii").returncode == 2


def test_an_interrupted_build_leaves_the_output_whole_and_says_so(own: Path) -> None:
    before = snapshot(own / "output")
    with half_built(own) as build:
        assert (own / ".output.new").exists()
        build.send_signal(signal.SIGINT)
        out, err = build.communicate(timeout=60)
    assert (build.returncode, out, err.strip()) == (130, b"", b"controlmap: interrupted")
    assert snapshot(own / "output") == before
    assert not (own / ".output.new").exists()


def test_an_unexpected_error_is_one_line_too(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a wheel\ncame off")

    monkeypatch.setattr("geo.pipeline.build", broken)
    result = call("build")
    assert result.exit_code == 1
    assert result.stderr == (
        "controlmap: a defect in controlmap: RuntimeError: a wheel came off (set CONTROLMAP_TRACEBACK=1 to see where)\n"
    )


def test_the_reference_is_what_the_help_says() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference.reference(), "run make docs"
