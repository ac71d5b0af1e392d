"""`controlmap` itself: the list of its commands."""

from __future__ import annotations

import io
import sys

import click

from geo import __version__
from geo.cli.door import Door

ROOMS = {
    "init": "geo.cli.init:init",
    "build": "geo.cli.build:build",
    "open": "geo.cli.open:open_map",
    "claims": "geo.cli.claims:claims",
    "explain": "geo.cli.explain:explain",
    "export": "geo.cli.export:export",
    "evaluate": "geo.cli.evaluate:evaluate",
    "gazetteer": "geo.cli.gazetteer:gazetteer",
    "actors": "geo.cli.actors:actors",
    "completion": "geo.cli.completion:completion",
}


@click.group(cls=Door, rooms=ROOMS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="controlmap")
def cli() -> None:
    """Make dated maps of who is reported to control which place, from news articles.

    Every mark on a map leads to the sentence behind it. `controlmap build` reads the articles of a workspace
    (this folder, where it is one, else the workspace that comes with the program) and writes the maps.
    """


def main() -> None:
    """Entry point of the command `controlmap`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows its number, and nothing breaks
            stream.reconfigure(errors="backslashreplace")
    cli()
