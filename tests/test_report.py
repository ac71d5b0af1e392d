"""The build report: its figures add up, its page runs nothing, its manifest is the same anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from claim_maker import claim, small_gazetteer, write_actors

from geo import files, report
from geo.actors import ActorRegistry
from geo.articles import Article, Problem
from geo.claims import Claim, Dropped, Method, Reason
from geo.gazetteer import Gazetteer
from geo.reading import Reading
from geo.report.account import account
from geo.timeline import timeline

_SENTENCES = (
    "Rebels took Nubl on Friday.",
    "The army denied that Anadan had fallen.",
    "They also seized Kafr <b>Nowhere</b>, the monitor said.",
    "Somebody \u202eseized the depot\u202c at dawn.",
)
_TEXT = " ".join(_SENTENCES)


def _spans() -> list[tuple[int, int]]:
    starts = [_TEXT.index(sentence) for sentence in _SENTENCES]
    return [(start, start + len(sentence)) for start, sentence in zip(starts, _SENTENCES, strict=True)]


def _told(number: int, **changed: Any) -> Claim:
    start, end = _spans()[number]
    spans = {"sentence_start": start, "sentence_end": end, "evidence_start": start, "evidence_end": end}
    return claim(article="one", **(spans | changed))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return small_gazetteer()


@pytest.fixture(scope="module")
def actors(tmp_path_factory: pytest.TempPathFactory) -> ActorRegistry:
    return ActorRegistry.load(write_actors(tmp_path_factory.mktemp("gazetteer")))


@pytest.fixture
def articles() -> list[Article]:
    one = Article("one", "Front <script>alert(1)</script> moves", _TEXT, "The Daily", "https://example.org/a?b=1&c=2")
    two = Article("two", "Nothing of note", "The weather was fine. It did not rain.", None, "javascript:alert(1)")
    return [replace(one, published=date(2024, 11, 29)), two]


@pytest.fixture
def reading() -> Reading:
    nowhere: dict[str, Any] = {"lat": None, "lon": None, "place_id": None, "resolution": Method.UNRESOLVED}
    claims = (
        _told(0),
        _told(1, status="denied", place_text="Anadan"),
        _told(2, place_text="Kafr <b>Nowhere</b>", place_name=None, resolution_basis="in no table", **nowhere),
        _told(2, place_text="kafr <b>nowhere</b>", id="b" * 16, by=None, to_text="tribal gunmen", **nowhere),
        _told(0, place_text="Nubl", id="c" * 16, resolution=Method.AMBIGUOUS, published="2024-12-03"),
        _told(0, id="d" * 16, on=None, published=None),
        _told(0, id="e" * 16, status="background", published="2024-11-29"),
    )
    start, end = _spans()[3]
    dropped = (Dropped("one", start, end, "seized", "the depot", Reason.NOT_A_PLACE, "a building"),)
    return Reading(claims, dropped, sentences=6, parsed=4)


@pytest.fixture
def made(
    tmp_path: Path, articles: list[Article], reading: Reading, gazetteer: Gazetteer, actors: ActorRegistry
) -> tuple[dict[str, Any], str]:
    problems = [Problem("corpus/broken.txt", "no text <in> it"), Problem("corpus/a.html", "larger than the limit")]
    paths = report.write(
        tmp_path,
        articles=articles,
        problems=problems,
        reading=reading,
        states=timeline(reading.claims, actors),
        gazetteer=gazetteer,
        actors=actors,
        title="Syria & <neighbours>",
    )
    assert [path.name for path in paths] == ["report.json", "report.html"]
    return json.loads(paths[0].read_text(encoding="utf-8")), paths[1].read_text(encoding="utf-8")


def test_every_candidate_is_counted_once(made: tuple[dict[str, Any], str], reading: Reading) -> None:
    found, _ = made
    assert found["candidates"] == len(reading.claims) + len(reading.dropped)
    assert found["candidates"] == found["on_map"] + found["not_on_map"] == found["claims"] + found["dropped"]
    assert found["not_on_map"] == len(found["unmapped"]) == sum(found["reasons"].values())
    rows = found["by_article"]
    assert sum(row["on_map"] for row in rows) == found["on_map"]
    assert sum(row["dropped"] for row in rows) == found["dropped"]
    assert sum(sum(row["claims"].values()) for row in rows) == found["claims"]
    assert sum(row["sentences"] for row in rows) == found["sentences"]


def test_each_reason_is_the_one_that_decided(made: tuple[dict[str, Any], str]) -> None:
    assert made[0]["reasons"] == {
        "place_unknown": 2,
        "background": 1,
        "denied": 1,
        "no_date": 1,
        "not_a_place": 1,
        "place_ambiguous": 1,
    }
    assert [row["article"] for row in made[0]["by_article"]] == ["one", "two"]
    assert all(one["sentence"] in _SENTENCES for one in made[0]["unmapped"])


def test_what_was_published_later_has_a_reason_of_its_own(
    articles: list[Article], reading: Reading, gazetteer: Gazetteer, actors: ActorRegistry
) -> None:
    found = account(articles, reading, [], gazetteer, actors, as_known_on=date(2024, 11, 1))
    assert found.mapped == 0
    assert found.reasons["published_later"] == 3


def test_unknown_names_are_counted_whatever_their_case(made: tuple[dict[str, Any], str]) -> None:
    places = made[0]["unresolved_places"]
    assert [(one["text"], one["count"]) for one in places] == [("Kafr <b>Nowhere</b>", 2), ("Nubl", 1)]
    assert places[1]["suggestions"][0].startswith("Nubl (nubl): ")
    assert [(one["text"], one["reasons"]) for one in made[0]["unknown_actors"]] == [("tribal gunmen", ["gains"])]


class _Page(HTMLParser):
    """The tags and addresses of a page, and its visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_runs_and_loads_nothing(made: tuple[dict[str, Any], str]) -> None:
    html = made[1]
    page = _Page(html)
    assert not page.tags & {"script", "b", "img", "iframe", "link", "object", "form"}
    assert {link for link in page.links if ":" in link} == {"https://example.org/a?b=1&c=2"}
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in html


def test_the_page_shows_foreign_text_as_text(made: tuple[dict[str, Any], str]) -> None:
    page = _Page(made[1])
    assert "Front <script>alert(1)</script> moves" in page.text
    assert "They also seized Kafr <b>Nowhere</b>, the monitor said." in page.text
    assert "Somebody seized the depot at dawn." in page.text
    assert "\u202e" not in made[1]
    assert "Syria & <neighbours>" in page.text
    assert "no text <in> it" in page.text


def test_an_empty_build_has_a_report(tmp_path: Path, gazetteer: Gazetteer, actors: ActorRegistry) -> None:
    nothing = Reading((), (), 0, 0)
    paths = report.write(
        tmp_path, articles=[], problems=[], reading=nothing, states=[], gazetteer=gazetteer, actors=actors
    )
    assert json.loads(paths[0].read_text())["candidates"] == 0
    assert "Every report found is on the map" in paths[1].read_text()


def test_the_manifest_names_inputs_and_outputs_and_nothing_of_this_machine(tmp_path: Path) -> None:
    seen = []
    for name in ("here", "there"):
        root = tmp_path / name
        article = files.write(root / "corpus" / "a.txt", "text")
        made = [files.write(root / "output" / "b" / "x.json", "{}"), files.write(root / "output" / "a.json", "[]")]
        path = report.write_manifest(root / "output", inputs={"corpus/a.txt": article}, made=made)
        seen.append(path.read_bytes())
    assert seen[0] == seen[1]
    found = json.loads(seen[0])
    assert found["inputs"] == {"corpus/a.txt": hashlib.sha256(b"text").hexdigest()}
    assert list(found["outputs"]) == ["a.json", "b/x.json"]
    assert found["packages"]["spacy"]
    assert found["model"]
    assert str(tmp_path).encode() not in seen[0]


def test_the_report_leads_to_the_maps_of_its_days(made: tuple[dict[str, Any], str]) -> None:
    links = _Page(made[1]).links
    assert links[0] == "index.html"
    assert "maps/2024-11-29.html" in links
    sections = re.findall(r'<section id="(\w+)">', made[1])
    assert [link for link in links if link.startswith("#")] == [f"#{name}" for name in sections]
    assert sections == ["map", "unmapped", "places", "sides", "problems", "articles"]


def test_every_reason_has_its_list_with_the_words_of_each_report(made: tuple[dict[str, Any], str]) -> None:
    lists = re.findall(r"<details><summary><span>(.*?)</span><span>(\d+)</span></summary><ol>(.*?)</ol>", made[1], re.S)
    assert len(lists) == len(made[0]["reasons"])
    for _, count, entries in lists:
        assert entries.count("<li>") == int(count)
    assert sum(int(count) for _, count, _ in lists) == made[0]["not_on_map"]
    assert any("denied that <mark>Anadan</mark> had fallen" in entries for _, _, entries in lists)


def test_a_report_of_what_was_known_says_on_which_day(
    tmp_path: Path, reading: Reading, articles: list[Article], gazetteer: Gazetteer, actors: ActorRegistry
) -> None:
    _, path = report.write(
        tmp_path, articles=articles, problems=[], reading=reading, states=[], gazetteer=gazetteer, actors=actors,
        title="War", as_known_on=date(2024, 11, 30),
    )  # fmt: skip
    assert "<p>War, as known on 2024-11-30</p>" in path.read_text(encoding="utf-8")
