"""docs/cli.md: every command's --help in one page. `python -m geo.cli.reference FILE` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from geo import files
from geo.cli.root import cli

WIDTH = 100
"""Columns of the help texts, whatever terminal the page is made on."""
_HEAD = """\
# The command line

This page is made from `--help` by `make docs`; a test compares the two.

Where standard output is a terminal, lists are tables; in a pipe, or with `--json`, they are JSON lines. Errors are one
line on standard error with exit status 2. `gazetteer check` and `actors check` end with status 1 where they find
errors, an interrupted command with 130.
"""


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that lead to it, groups before what they hold."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name  # noqa: S101 - a name in the list has a command
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def help_of(path: tuple[str, ...], command: click.Command) -> str:
    """What `controlmap PATH --help` prints in a window of WIDTH columns."""
    context = click.Context(command, info_name=" ".join(("controlmap", *path)), terminal_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    return command.get_help(context).rstrip() + "\n"


def reference() -> str:
    """The page."""
    parts = [_HEAD, f"## controlmap\n\n```\n{help_of((), cli)}```\n"]
    for path, command in commands():
        title = " ".join(("controlmap", *path))
        parts.append(f"{'#' * (len(path) + 1)} {title}\n\n```\n{help_of(path, command)}```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    files.write(Path(sys.argv[1]), reference())
