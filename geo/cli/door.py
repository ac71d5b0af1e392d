"""How every command meets the world: suggestions, one line per error, exit status, a closed pipe, Ctrl-C.

`Door` is the group class of all commands. A command's function may raise ControlmapError, OSError or
click's own errors; what a person sees is one line on stderr and exit status 2.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from geo.errors import ControlmapError

USAGE, INTERRUPTED, BUG = 2, 130, 1
TRACEBACK = "CONTROLMAP_TRACEBACK"
"""Environment variable: set to anything, an unexpected error is shown with its traceback."""


class ClosedPipe(Exception):  # noqa: N818 - not an error of anybody's
    """The program that reads standard output has enough."""


class Door(click.Group):
    """A group whose commands are imported when they are asked for, and whose errors are one line.

    rooms: command name -> "module:attribute".
    """

    def __init__(self, *args: Any, rooms: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.rooms) or super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.rooms:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.rooms[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            ctx.fail(f"There is no command '{name}'.{did_you_mean(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. click would end the process with status 1 on a closed pipe, before `main` could know."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ClosedPipe from error

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, and leave with a status: 0 done, 2 an error that the user can mend, 130 interrupted."""
        try:
            status = super().main(args, prog_name or "controlmap", complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except (BrokenPipeError, ClosedPipe):
            # The reader (head, less) has enough. Python must not try to flush the rest at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except (click.Abort, KeyboardInterrupt):
            _say("interrupted")
            sys.exit(INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(USAGE)
        except click.ClickException as error:
            _say(_one_line(error))
            sys.exit(USAGE)
        except ControlmapError as error:
            _say(str(error))
            sys.exit(USAGE)
        except OSError as error:
            _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            sys.exit(USAGE)
        except Exception as error:  # the last door before the user: a defect is told in one line too
            if os.environ.get(TRACEBACK):
                raise
            _say(f"a defect in controlmap: {type(error).__name__}: {error} (set {TRACEBACK}=1 to see where)")
            sys.exit(BUG)
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else 0)
        return status


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """' Did you mean a or b?' with the nearest of the known words, or nothing."""
    near = difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _one_line(error: click.ClickException) -> str:
    text = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    return f"{text} (see {context.command_path} --help)" if context is not None else text


def _say(text: str) -> None:
    click.echo("controlmap: " + " ".join(text.split("\n")), err=True)
