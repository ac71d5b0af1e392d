"""A corpus: files and folders to articles, sorted by id, each told once.

Paths come in; articles and problems go out. A bad file is a problem and never stops the others.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.articles import Article, Problem
from geo.errors import MissingFileError
from geo.readers.decode import tidy
from geo.readers.fields import MAX_TEXT, Draft, finish
from geo.readers.page import MAX_PAGE, read_page
from geo.readers.plain import MAX_HEADER, read_lines, read_markdown, read_sidecar, read_text

PAGES = frozenset({".html", ".htm"})
WITH_SIDECAR = PAGES | {".txt"}
FORMATS = WITH_SIDECAR | {".md", ".jsonl"}
# UTF-8 writes a character as one to four bytes, UTF-16 as two or four.
_MAX_BYTES = 4 * MAX_TEXT
_LINK = "link out of the folder: not followed"
_FORMAT = f"not a format that is read ({', '.join(sorted(FORMATS))})"

Read = tuple[Article | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path, the folder it must not leave, and the path that problems name."""

    path: Path
    root: Path
    label: str

    def beside(self, ending: str) -> Source:
        """The file of the same stem with another ending."""
        label = self.label[: len(self.label) - len(self.path.suffix)] + ending
        return Source(self.path.with_suffix(ending), self.root, label)


def read_corpus(paths: Sequence[Path], *, today: date | None = None) -> tuple[list[Article], list[Problem]]:
    """All articles of files and folders, sorted by id, and what could not be used, sorted by path.

    Folders are read with their subfolders; hidden files and READMEs are passed over, and so are the
    folders NAME_files that a browser saves beside NAME.html. An id that is used twice and a text that
    stands twice are problems, and the first one read is kept: paths in their order, files by name.
    Publication dates after `today` (default: the clock's) are kept and reported. Raises
    MissingFileError where one of `paths` does not exist.
    """
    day = today or date.today()
    problems: list[Problem] = []
    kept: dict[str, Article] = {}
    texts: dict[str, Article] = {}
    for source in _sources(paths, problems):
        for article, met in _read(source, day):
            problems += met
            if article is None:
                continue
            if repeat := _repeat(article, kept, texts):
                problems.append(repeat)
                continue
            kept[article.id] = article
            texts[article.text.strip()] = article
    return [kept[key] for key in sorted(kept)], sorted(problems, key=_in_order)


def _in_order(problem: Problem) -> tuple[str, int, str]:
    """By file, then by line as a number, then by reason."""
    path, _, line = problem.path.rpartition(":")
    return (path, int(line), problem.reason) if line.isdecimal() else (problem.path, 0, problem.reason)


def _repeat(article: Article, kept: dict[str, Article], texts: dict[str, Article]) -> Problem | None:
    same_text = texts.get(article.text.strip())
    if same_text is not None:
        reason = f"duplicate: same text as {same_text.path}, which is used"
        return Problem(article.path, reason, article.id, skipped=True)
    same_id = kept.get(article.id)
    if same_id is not None:
        reason = f"id {article.id} is that of {same_id.path} too, with another text: only that one is used"
        return Problem(article.path, reason, article.id, skipped=True)
    return None


def _sources(paths: Sequence[Path], problems: list[Problem]) -> Iterator[Source]:
    """The files to read, each once, in the order of the paths and sorted within a folder."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        if not path.exists():
            raise MissingFileError(f"{path}: no such file or folder")
        root = path.resolve() if path.is_dir() else path.resolve().parent
        found = _walk(path, root, problems) if path.is_dir() else [Source(path, root, _label(path.name))]
        for source in found:
            real = source.path.resolve()
            if real not in seen:
                seen.add(real)
                yield source


def _walk(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Source]:
    def unreadable(error: OSError) -> None:
        problems.append(Problem(label(Path(error.filename)), f"cannot be read: {error.strerror}", skipped=True))

    def label(path: Path) -> str:
        return _label((Path(root.name) / path.relative_to(folder)).as_posix())

    for here, folders, files in os.walk(folder, onerror=unreadable):
        for name in folders:
            if (Path(here) / name).is_symlink() and _leaves(Path(here) / name, root) and not _passed_over(name):
                problems.append(Problem(label(Path(here) / name), _LINK, skipped=True))
        stems = {Path(name).stem for name in files if Path(name).suffix.lower() in PAGES}
        folders[:] = sorted(name for name in folders if not _passed_over(name) and not _belongs_to_page(name, stems))
        owners = {Path(name).stem for name in files if Path(name).suffix.lower() in WITH_SIDECAR}
        for name in sorted(files):
            path = Path(here) / name
            if _passed_over(name):
                continue
            sidecar = path.suffix == ".json"
            if sidecar and path.stem in owners:
                continue
            if _leaves(path, root):
                problems.append(Problem(label(path), _LINK, skipped=True))
            elif sidecar:
                problems.append(Problem(label(path), "sidecar without an article beside it", skipped=True))
            elif path.suffix.lower() in FORMATS:
                yield Source(path, root, label(path))
            else:
                problems.append(Problem(label(path), _FORMAT, skipped=True))


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name.upper().startswith("README")


def _belongs_to_page(folder: str, stems: set[str]) -> bool:
    return folder.endswith("_files") and folder[: -len("_files")] in stems


def _leaves(path: Path, root: Path) -> bool:
    """Whether a link points out of the folder, or nowhere."""
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return True


def _label(path: str) -> str:
    """A path as a problem shows it: one line, and nothing that could not be written as UTF-8."""
    return " ".join(tidy(path)[0].split())


def _read(source: Source, today: date) -> Iterator[Read]:
    """The articles of one file with their problems; whatever the system says against it is a problem too."""
    try:
        yield from _read_format(source, today)
    except OSError as error:
        yield None, [Problem(source.label, f"cannot be read: {error.strerror or error}", skipped=True)]


def _read_format(source: Source, today: date) -> Iterator[Read]:
    path, ending, name = source.path, source.path.suffix.lower(), source.path.stem
    if ending == ".jsonl":
        yield from _read_lines(source, today)
        return
    if ending not in FORMATS:
        yield None, [Problem(source.label, _FORMAT, skipped=True)]
        return
    data, refusal = _bytes(path, MAX_PAGE if ending in PAGES else _MAX_BYTES)
    if data is None:
        yield None, [Problem(source.label, refusal, skipped=True)]
        return
    draft: Draft | None
    if ending == ".md":
        draft, problems = read_markdown(data, source.label, name)
    else:
        sidecar, problems = _sidecar(source.beside(".json"))
        read = read_page if ending in PAGES else read_text
        draft, met = read(data, source.label, name, sidecar)
        problems += met
    if draft is None:
        yield None, problems
        return
    article, met = finish(draft, today)
    yield article, problems + met if article else met


def _read_lines(source: Source, today: date) -> Iterator[Read]:
    if refusal := _irregular(source.path):
        yield None, [Problem(source.label, refusal, skipped=True)]
        return
    with source.path.open("rb") as stream:
        for draft, problems in read_lines(stream, source.label, source.path.stem):
            if draft is None:
                yield None, problems
                continue
            article, met = finish(draft, today)
            yield article, problems + met


def _sidecar(source: Source) -> tuple[dict[str, object] | None, list[Problem]]:
    if not os.path.lexists(source.path):
        return None, []
    if _leaves(source.path, source.root):
        return None, [Problem(source.label, _LINK)]
    try:
        data, refusal = _bytes(source.path, MAX_HEADER)
    except OSError as error:
        return None, [Problem(source.label, f"sidecar left out: {error.strerror or error}")]
    if data is None:
        return None, [Problem(source.label, f"sidecar left out: {refusal}")]
    return read_sidecar(data, source.label)


def _bytes(path: Path, limit: int) -> tuple[bytes | None, str]:
    """The file's bytes, or None and why not; no more than `limit` and one are ever read."""
    if refusal := _irregular(path):
        return None, refusal
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        return None, f"too large: more than {limit} bytes"
    return data, ""


def _irregular(path: Path) -> str:
    """Opening a pipe would wait for ever, so only regular files are opened."""
    return "" if stat.S_ISREG(path.stat().st_mode) else "not a regular file"
