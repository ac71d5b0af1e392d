"""Articles as plain text: .txt with a sidecar, .md with front matter, .jsonl with one article a line.

The bytes of one file come in; drafts and problems go out. Nothing here follows what a file says:
YAML is taken as flat text values, JSON as data, and both only up to a size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

import yaml

from geo.articles import Problem
from geo.readers.decode import decode
from geo.readers.fields import MAX_TEXT, Draft

# What a file says about an article fits on a page; a header of this size is a mistake or an attack.
MAX_HEADER = 16_000
# Bytes of one line: a text at its limit, of which JSON may write each character as six (\\u0627).
MAX_LINE = 6 * MAX_TEXT
_FENCE = re.compile(r"---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
# What begins a block of its own: a heading, quote, table row, fence, rule or item of a list.
_BLOCK = re.compile(r"[ \t]*(?:#{1,6} |[>|]|```|~~~|---|[-*+] |\d{1,3}[.)] |\Z)")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_text(data: bytes, label: str, name: str, sidecar: dict[str, object] | None) -> tuple[Draft, list[Problem]]:
    """A .txt file: its text is the article's text from the first character on."""
    text, notes = decode(data)
    return Draft(label, name, text, sidecar or {}, "sidecar"), [Problem(label, note) for note in notes]


def read_sidecar(data: bytes, label: str) -> tuple[dict[str, object] | None, list[Problem]]:
    """The object of a sidecar, or None and a problem where it is no JSON object."""
    try:
        if len(data) > MAX_HEADER:
            raise ValueError(f"longer than {MAX_HEADER} bytes")
        return _object(decode(data)[0]), []
    except (ValueError, RecursionError) as error:
        return None, [Problem(label, f"sidecar left out: {_reason(error)}")]


def read_markdown(data: bytes, label: str, name: str) -> tuple[Draft, list[Problem]]:
    """A .md file: front matter between two lines of `---`, the text begins at the first line with words after it.

    Lines of one paragraph are one line, as Markdown has it: the line end between them becomes a space, so
    a name may be broken over two lines. Front matter that cannot be read is left out of the text and
    reported; without a closing line the whole file is text.
    """
    text, notes = decode(data)
    values: dict[str, object] = {}
    opened = _FENCE.match(text)
    if opened:
        closed = _CLOSE.search(text, opened.end(), opened.end() + MAX_HEADER)
        if closed is None:
            notes.append(f"front matter has no closing --- within {MAX_HEADER} characters: read as text")
        else:
            values, wrong = front_matter(text[opened.end() : closed.start()])
            notes += wrong
            text = text[closed.end() :]
    text = _unwrap(re.sub(r"\A(?:[ \t]*\n)+", "", text))
    return Draft(label, name, text, values, "front matter"), [Problem(label, note) for note in notes]


def front_matter(text: str) -> tuple[dict[str, object], list[str]]:
    """Keys and values of flat YAML, all as strings: `no` stays "no" and 2024-11-30 stays as written.

    It is read as a stream of events and never built into objects, so aliases cannot multiply and tags
    cannot make anything; a value that is a list or a mapping is left out with a note.
    """
    values: dict[str, object] = {}
    notes: list[str] = []
    key: str | None = None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                    return {}, ["front matter is not a list of `key: value` lines: left out"]
                if depth == 2:
                    if key is None:
                        return {}, ["front matter has a key that is not a word: left out"]
                    notes.append(f"front matter: {key[:60]} is not a single value: left out")
                    key = None
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.AliasEvent):
                return {}, ["front matter uses a YAML alias: left out"]
            elif isinstance(event, yaml.ScalarEvent) and depth == 0:
                return {}, ["front matter is not a list of `key: value` lines: left out"] if event.value else []
            elif isinstance(event, yaml.ScalarEvent) and depth == 1:
                key = _pair(values, key, event.value, notes)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return {}, [f"front matter left out: {_yaml_reason(error)}"]
    return values, notes


def _unwrap(text: str) -> str:
    """The text with the line ends inside paragraphs as spaces; every character keeps its place."""
    out: list[str] = []
    joins = False
    for line in text.split("\n"):
        block = _BLOCK.match(line) is not None
        if out:
            out.append(" " if joins and not block else "\n")
        out.append(line)
        # A heading ends with its line, and so do a table's row and a line that ends in two spaces.
        joins = bool(line.strip()) and not line.endswith(("  ", "\\")) and not re.match(r"[ \t]*[#|`~]|---", line)
    return "".join(out)


def read_lines(stream: BinaryIO, label: str, name: str) -> Iterator[tuple[Draft | None, list[Problem]]]:
    """The articles of a .jsonl file, one JSON object a line; a bad line is a problem and the next is read."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        where = f"{label}:{number}"
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            yield None, [Problem(where, f"line is longer than {MAX_LINE} bytes", skipped=True)]
            continue
        try:
            row = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if row:
                yield _article(_object(row), where, f"{name}-{number}"), []
        except (ValueError, RecursionError) as error:
            yield None, [Problem(where, f"line left out: {_reason(error)}", skipped=True)]


def _article(values: dict[str, object], where: str, name: str) -> Draft:
    text = values.get("text")
    if not isinstance(text, str):
        raise ValueError('no "text", or not a string')
    return Draft(where, name, text, values, "line")


def _object(text: str) -> dict[str, object]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _pair(values: dict[str, object], key: str | None, value: str, notes: list[str]) -> str | None:
    """The first scalar of a pair becomes the key to wait with, the second its value."""
    if key is None:
        return value
    if key in values:
        notes.append(f"front matter: {key[:60]} stands twice: the first is used")
    elif value not in ("", "~", "null"):
        values[key] = value
    return None


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at character {error.pos + 1})"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, RecursionError):
        return "nested too deep"
    return str(error)[:200]


def _yaml_reason(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None)
    if mark is None or problem is None:
        return "not YAML"
    hint = ": a value with a colon in it needs quotes" if problem.startswith("mapping values") else ""
    # The fence is line 1 of the file, and marks count from 0.
    return f"line {mark.line + 2}: {problem}{hint}"
