"""Articles written to break the program or its reader: they are read, shown as text, and run nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import ALERT, CLOSE, TEMPLATE, Built, Visit
from map_fixture import HOSTILE

from geo.maps.quotes import clean

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]


def test_every_hostile_file_is_in_the_report(built: Built) -> None:
    report = built.report()
    read = {row["article"] for row in report["by_article"]}
    faults = {one["path"].partition("/")[2]: one["reason"] for one in report["problems"]}
    for name in ("hostile", "plain", "broken", "undated", "murmur"):
        assert name in read
    assert "too large" in faults["noise.txt"] or "noise" in read
    assert faults["empty.txt"] == "no text"
    assert "not UTF-8" in faults["broken.txt"]
    assert "no publication date" in faults["undated.txt"]
    assert "javascript:alert(3)" in faults["hostile.md"]
    assert {"rows.jsonl:1", "rows.jsonl:2"} <= set(faults)
    assert "Traceback" not in built.said


def test_what_the_command_says_of_them_is_one_line_each(built: Built) -> None:
    assert "\x1b" not in built.said.replace("\x1b[", "")
    assert [line for line in built.said.splitlines() if "hostile.md" in line]
    assert "\u202e" not in built.said


def test_claims_of_a_hostile_article_reach_the_map_as_claims(built: Built) -> None:
    rows = [json.loads(line) for line in (built.output / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {(row["article"], row["place_id"], row["to_actor"]) for row in rows}
    assert ("plain", "nubl", "ypg") in found
    assert ("hostile", "azaz", "turkish-backed-sna") in found
    undated = [row for row in rows if row["article"] == "undated"]
    assert undated
    assert all(row["date"] is None for row in undated), "no date is made up"


def test_its_words_are_shown_letter_for_letter(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html", "#p=azaz")
    panel = page.locator("#place").text_content() or ""
    for words in (ALERT, CLOSE, TEMPLATE):
        assert words in panel
    assert "gpj.exe" in panel
    assert "\u202e" not in panel
    assert "49" not in (page.locator("#place blockquote").first.text_content() or "")
    assert page.locator("#place img, #place script").count() == 0
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
    assert not [url for url in links if not url.startswith(("file:", "https:", "http:"))]
    assert "javascript" not in "".join(links)


def test_every_text_of_the_index_can_be_opened_without_harm(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html")
    places = page.evaluate("controlmap.data.places.map(place => place.id)")
    for place in places:
        page.evaluate("id => { location.hash = 'p=' + encodeURIComponent(id); }", place)
        page.wait_for_function(
            "id => document.querySelector('#place h2').textContent.startsWith(controlmap.spot(id).name)", arg=place
        )
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    listed = page.locator("#unplaced").text_content() or ""
    assert clean(ALERT) in listed
    assert page.locator("img, iframe, object, embed, form").count() == 0
    assert page.locator("script:not([type]), script[src]").count() == len(
        page.evaluate("Array.from(document.scripts).filter(s => !s.type)")
    )
    assert page.locator("script").count() == 4, "the data, Leaflet, ours, and folium's"


def test_hostile_names_of_places_sides_and_papers(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30&p=azaz")
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    for box in ("#place", "#unplaced"):
        assert HOSTILE in (page.locator(box).text_content() or "")
    assert page.locator("#place a").count() == page.locator('#place a[href^="https://news.example/"]').count()
    assert page.evaluate("window.__pwned") is None


def test_the_report_shows_them_and_runs_nothing(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "report.html")
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    text = page.locator("body").inner_text()
    for words in (ALERT, CLOSE, TEMPLATE, "noise.txt", "empty.txt", "broken.txt", "hostile.md", "no date"):
        assert words in text, words
    assert page.locator("script, img, iframe").count() == 0
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    assert not [url for url in links if "javascript" in url]
    assert "\u202e" not in page.content()
