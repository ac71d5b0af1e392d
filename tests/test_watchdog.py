"""The watchdog: what does not end, or fails, costs one article and is told."""

from __future__ import annotations

import re
import shutil
import signal
import threading
from datetime import date
from pathlib import Path

import pytest

from geo import reading
from geo.actors import ActorRegistry
from geo.articles import Article
from geo.gazetteer import Gazetteer, towns
from geo.model import documents
from geo.reading import read
from geo.watchdog import TooLongError, bound_for, bounded, watching

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "data" / "district"


def _endless() -> None:
    while True:
        pass


def test_an_endless_loop_is_interrupted() -> None:
    with pytest.raises(TooLongError), bounded(0.05):
        _endless()


def test_an_endless_regular_expression_is_interrupted() -> None:
    with pytest.raises(TooLongError), bounded(0.05):
        re.fullmatch(r"(a+)+b", "a" * 60)


def test_the_bell_hangs_for_all_bounds_inside_and_is_taken_down() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with watching():
        for _ in range(2):
            with pytest.raises(TooLongError), bounded(0.05):
                _endless()
        with bounded(5):
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is before


def test_work_that_ends_is_left_alone() -> None:
    with bounded(0.2):
        done = sum(range(1000))
    assert done == 499500


def test_a_loop_on_another_thread_is_interrupted() -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with bounded(0.05):
                _endless()
        except TooLongError:
            ended.append("interrupted")

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(20)
    assert ended == ["interrupted"]


def test_the_bound_grows_with_the_text() -> None:
    assert bound_for("x" * 1000) > bound_for("x" * 10) >= 60


@pytest.fixture(scope="module")
def tables() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(TABLES, reference=False), ActorRegistry.load(ROOT / "gazetteer")


def _articles() -> list[Article]:
    texts = ("Rebel fighters captured Market Hill on Friday.", "STOP HERE.", "The army captured Market Hill on Sunday.")
    return [Article(f"a{n}", "", text, published=date(2024, 5, 1), path=f"a{n}.txt") for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [(lambda: 1 // 0, "ZeroDivisionError"), (_endless, "did not end")],
)
def test_one_article_that_fails_leaves_the_others(
    tables: tuple[Gazetteer, ActorRegistry], monkeypatch: pytest.MonkeyPatch, fault: object, words: str
) -> None:
    honest = reading.sentences

    def sentences(text: str) -> list[tuple[int, int]]:
        if text.startswith("STOP"):
            fault()  # type: ignore[operator]
        return honest(text)

    whole = read(_articles(), *tables)
    monkeypatch.setattr(reading, "sentences", sentences)
    monkeypatch.setattr(reading, "bound_for", lambda text: 1.0)
    seen: list[tuple[int, int]] = []
    partly = read(_articles(), *tables, progress=lambda done, total: seen.append((done, total)))
    assert [p.article for p in partly.problems] == ["a1"]
    assert partly.problems[0].skipped
    assert partly.problems[0].path == "a1.txt"
    assert words in partly.problems[0].reason
    assert partly.claims == whole.claims
    assert not whole.problems
    assert seen[-1] == (3, 3)


def test_a_batch_that_cannot_be_parsed_loses_only_its_cause(
    tables: tuple[Gazetteer, ActorRegistry], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [*_articles(), Article("bad", "", "Rebels captured Poison Hill.", published=date(2024, 5, 1))]

    def strict(texts: object) -> object:
        texts = list(texts)  # type: ignore[call-overload]
        if any("captured" in t and len(t) < 30 for t in texts):
            raise ValueError("unreadable")
        return documents(texts)

    monkeypatch.setattr(reading, "documents", strict)
    got = read(articles, *tables)
    assert [p.article for p in got.problems] == ["bad"]
    assert "unreadable" in got.problems[0].reason
    assert {c.article for c in got.claims} == {"a0", "a2"}


def test_the_database_of_towns_is_made_before_the_first_article_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tables: tuple[Gazetteer, ActorRegistry]
) -> None:
    """On a new machine that takes longer than an article may, where other processes keep the cores busy."""
    known = towns.database_path()
    left: list[float] = []

    def fill(path: Path) -> None:
        left.append(signal.getitimer(signal.ITIMER_REAL)[0])
        shutil.copy(known, path)

    monkeypatch.setenv("CONTROLMAP_CACHE", str(tmp_path / "new"))
    monkeypatch.setattr(towns, "_fill", fill)
    assert not read(_articles(), Gazetteer.load(TABLES), tables[1]).problems
    assert left == [0.0]
