"""What the tests of quality read, read once: our own gold, and the development corpus where it is there."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim
from geo.evaluation import load_suite, suite_articles
from geo.gazetteer import Gazetteer
from geo.readers import read_corpus
from geo.reading import read

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
DEVELOPMENT = ROOT.parent / "shared" / "corpus-dev"
"""Real articles that may be measured and not copied; not part of the project, so it may be absent."""


@cache
def world() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")


@cache
def articles_of(folder: Path) -> tuple[Article, ...]:
    return tuple(read_corpus([folder], today=date.max)[0])


@cache
def claims_of(path: Path) -> tuple[Claim, ...]:
    """The claims of a folder of articles, or of a sentence suite (.jsonl)."""
    articles = suite_articles(load_suite(path)) if path.suffix == ".jsonl" else articles_of(path)
    return read(articles, *world()).claims


def scorer(name: str) -> ModuleType:
    """A script of the development corpus as a module."""
    spec = importlib.util.spec_from_file_location(f"development_{name}", DEVELOPMENT / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module
