"""The command line: `controlmap`. One command per file; the work is done by the rooms before this one."""

from geo.cli.root import cli, main

__all__ = ["cli", "main"]
