"""A workspace: a folder of articles and a gazetteer, where its maps go, and what its owner set.

A folder comes in (or none: then this one, or the default that travels with the program), a `Workspace`
goes out. The settings of controlmap.toml are listed in docs/workspace.md.
"""

from __future__ import annotations

import difflib
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geo import files
from geo.errors import InputError, MissingFileError

SETTINGS = "controlmap.toml"
_EXAMPLE = "seed-004.md"
"""The article that a new workspace gets: the default digest that names the most places."""
_KEYS = {
    "title": "a text",
    "corpus": "a list of files and folders",
    "gazetteer": "a folder",
    "output": "a folder",
    "colours": "a table of actor ids and colours",
}
_NEW_SETTINGS = """\
# Settings of this workspace. Every key may be left out; a path counts from this folder.
title = "{title}"
# corpus = ["corpus"]
# gazetteer = "gazetteer"
# output = "output"

# [colours]
# sdf = "#e6a700"
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a build reads and writes. own: made by its user, so that its gazetteer may be edited."""

    root: Path
    gazetteer: Path
    corpus: tuple[Path, ...]
    output: Path
    title: str = "Who is reported to control what"
    colours: Mapping[str, str] = field(default_factory=dict)
    own: bool = True

    @classmethod
    def find(cls, folder: Path | None = None) -> Workspace:
        """The workspace in `folder`; without one, this folder if it is a workspace, else the packaged default.

        The default reads the files that came with the program and writes to ./output of this folder.
        Raises MissingFileError where `folder` is no workspace, InputError where controlmap.toml is wrong.
        """
        if folder is not None:
            if not is_workspace(folder):
                raise MissingFileError(
                    f"{folder}: no workspace (it has neither {SETTINGS} nor gazetteer/places.csv); "
                    f"`controlmap init {folder}` makes one"
                )
            return cls._read(folder)
        here = Path.cwd()
        if is_workspace(here):
            return cls._read(Path())
        packaged = cls._read(packaged_root())
        return replace(packaged, output=Path("output"), own=False)

    @classmethod
    def _read(cls, root: Path) -> Workspace:
        path = root / SETTINGS
        values = _settings(path) if path.exists() else {}
        defaults = cls(root, root / "gazetteer", (root / "corpus",), root / "output")
        return cls(
            root=root,
            gazetteer=root / _text(values, "gazetteer", path, "gazetteer"),
            corpus=tuple(root / entry for entry in _texts(values, "corpus", path, ("corpus",))),
            output=root / _text(values, "output", path, "output"),
            title=_text(values, "title", path, defaults.title),
            colours=_colours(values.get("colours", {}), path),
        )

    @classmethod
    def init(cls, folder: Path, title: str | None = None) -> Workspace:
        """Make a workspace: a copy of the default gazetteer and one example article. Overwrites nothing.

        Raises InputError where the folder holds anything already.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError("is not empty; name a new folder", folder)
        source = packaged_root()
        name = (title or folder.resolve().name).replace("\\", "").replace('"', "'")
        try:
            left = shutil.ignore_patterns("changes.log", ".*")
            shutil.copytree(source / "gazetteer", folder / "gazetteer", ignore=left)
            (folder / "corpus").mkdir()
            shutil.copyfile(source / "corpus" / _EXAMPLE, folder / "corpus" / "example.md")
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", folder) from error
        files.write(folder / SETTINGS, _NEW_SETTINGS.format(title=name))
        return cls._read(folder)

    def check_editable(self) -> None:
        """Raise InputError unless the gazetteer is the user's own to change."""
        if not self.own:
            raise InputError(
                "this is the gazetteer that comes with the program, and it is not changed from elsewhere; "
                "`controlmap init DIR` makes a copy of your own",
                self.gazetteer,
            )


def is_workspace(folder: Path) -> bool:
    """Whether the folder has settings or a gazetteer."""
    return (folder / SETTINGS).is_file() or (folder / "gazetteer" / "places.csv").is_file()


def packaged_root() -> Path:
    """The folder of the default gazetteer and corpus: inside the installed package, or the repository around it."""
    package = Path(__file__).resolve().parent
    inside = package / "default"
    return inside if inside.is_dir() else package.parent


def _settings(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"is not TOML: {error}", path) from error
    for key in values:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(_KEYS)}"
            raise InputError(f"there is no setting {key!r}; {hint}", path)
    return values


def _text(values: Mapping[str, Any], key: str, path: Path, default: str) -> str:
    value = values.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{key} must be {_KEYS[key]}", path)
    return value


def _texts(values: Mapping[str, Any], key: str, path: Path, default: tuple[str, ...]) -> tuple[str, ...]:
    value = values.get(key, default)
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, list | tuple) or not value or not all(isinstance(entry, str) and entry for entry in value):
        raise InputError(f"{key} must be {_KEYS[key]}", path)
    return tuple(value)


def _colours(value: Any, path: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise InputError(f"colours must be {_KEYS['colours']}", path)
    for actor, colour in value.items():
        if not isinstance(colour, str) or not re.fullmatch(r"#[0-9a-f]{6}", colour.lower()):
            raise InputError(f"colours: {actor} = {colour!r}: write it as #0072b2", path)
    return {actor: colour.lower() for actor, colour in value.items()}
