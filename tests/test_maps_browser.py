"""The pages as a reader has them: opened from disk in a real Chromium that has no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Built, Visit, launch, pages_of
from map_fixture import War, war
from playwright.sync_api import Browser, Page
from shapely import box as rectangle

from geo.gazetteer import Gazetteer
from geo.gazetteer.outlines import Outline

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]
MARKS = ".map path[data-place]"


def _marks(page: Page) -> set[str]:
    found: list[str] = page.eval_on_selector_all(MARKS, "all => all.map(one => one.getAttribute('data-place'))")
    return set(found)


def _looks(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(MARKS, "all => all.map(one => one.getAttribute('aria-label')).sort()")
    return found


def _days(page: Page) -> list[str]:
    days: list[str] = page.evaluate("controlmap.data.dates.map(pair => pair[0])")
    return days


def test_every_page_opens_with_its_marks_and_in_silence(built: Built, visit: Begin) -> None:
    seen = visit()
    assert len(built.pages) > 5
    for path in built.pages:
        page = seen.open(path)
        day = path.stem if path.parent.name == "maps" else _days(page)[-1]
        changed = page.evaluate("d => controlmap.data.changes.filter(c => c.date === d).map(c => c.spot.id)", day)
        assert changed
        assert set(changed) <= _marks(page)
        assert str(int(day[8:])) in (page.text_content("#date") or "")
        assert day[:4] in page.title()
        assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
        assert page.locator(".map path").count() > len(_marks(page)), "land under the marks"
        assert page.locator(".name").count() > 0


def test_nothing_that_the_page_did_not_bring_can_run(built: Built, visit: Begin) -> None:
    """The policy holds: code put in afterwards is refused. Shown in a visit of its own, since the browser complains."""
    one = visit()
    page = one.open(built.output / "index.html")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
        " document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 2\">'); }"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert [line for line in one.said if "Content Security Policy" in line or "content security policy" in line.lower()]
    one.said.clear()
    one.requests.clear()


def test_the_slider_moves_through_the_days(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html")
    days = _days(page)
    seen = []
    page.locator("#bars .step").first.click()
    for day in days:
        assert page.locator("#bars .step.now").count() == 1
        assert f"d={day}" in page.evaluate("location.hash")
        changes = page.evaluate("d => controlmap.data.dates.find(pair => pair[0] === d)[1]", day)
        assert (page.text_content("#changed") or "").startswith(f"{changes} place")
        seen.append(_looks(page))
        if day != days[-1]:
            page.click("#later")
    assert page.locator("#later").is_disabled()
    assert len({tuple(looks) for looks in seen}) > len(days) / 2, "the marks change with the day"
    page.click("#earlier")
    assert _looks(page) == seen[-2]


def test_dragging_over_the_bars_chooses_the_day_under_the_pointer(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html")
    days, steps = _days(page), page.locator("#bars .step")
    first, last = steps.nth(0).bounding_box(), steps.nth(len(days) - 2).bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 2, first["y"] + 5)
    page.mouse.down()
    assert f"d={days[0]}" in page.evaluate("location.hash")
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 30, steps=4)
    page.mouse.up()
    assert f"d={days[-2]}" in page.evaluate("location.hash")


def test_keys_move_the_day_and_the_map(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war)
    days = _days(page)
    for key, day in (("ArrowLeft", days[-2]), ("ArrowLeft", days[-3]), ("ArrowRight", days[-2])):
        page.keyboard.press(key)
        assert f"d={day}" in page.evaluate("location.hash")
    page.focus("#bars")
    page.keyboard.press("Home")
    assert page.get_attribute("#bars", "aria-valuenow") == "0"
    assert "2015" in (page.get_attribute("#bars", "aria-valuetext") or "")
    page.keyboard.press("End")
    before = page.evaluate("location.hash")
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_function("before => location.hash !== before", arg=before)
    assert f"d={days[-1]}" in page.evaluate("location.hash")


def test_a_mark_is_reached_and_opened_by_keyboard(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    mark = page.locator(f'{MARKS}[data-place="nubl"]')
    assert mark.get_attribute("role") == "button"
    assert mark.get_attribute("aria-label") == "Nubl: YPG, before: Syrian government (Assad)"
    mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("#place h2").text_content() == "Nubl نبل"
    assert page.evaluate("document.activeElement === document.querySelector('#place h2')")
    page.keyboard.press("Escape")
    assert page.locator("#place").is_hidden()
    assert page.locator("#day").is_visible()


def test_play_runs_to_the_last_day_and_stops(small_war: Path, visit: Begin) -> None:
    seen = visit()
    seen.page.clock.install()
    page = seen.open(small_war)
    days = _days(page)
    page.keyboard.press("Space")
    assert page.get_attribute("#play", "aria-label") == "Stop"
    assert f"d={days[0]}" in page.evaluate("location.hash")
    page.clock.run_for(1500)
    assert f"d={days[1]}" in page.evaluate("location.hash")
    page.clock.run_for(1500 * len(days))
    assert f"d={days[-1]}" in page.evaluate("location.hash")
    assert page.get_attribute("#play", "aria-label") == "Play the dates"


def test_a_click_opens_the_claims_behind_a_place(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30&p=&v=36.37,37.0,12")
    page.locator(f'{MARKS}[data-place="nubl"]').click()
    place = page.locator("#place")
    assert place.locator("h2").text_content() == "Nubl نبل"
    assert "Aleppo Governorate, Syria" in (place.locator(".within").text_content() or "")
    claim = place.locator(".claim").first
    assert claim.locator("mark").all_text_contents() == ["moved into Nubl"]
    assert (
        claim.locator("blockquote").text_content() == "“The YPG moved into Nubl and Al-Zahraa as the army pulled away.”"
    )
    assert "Syrian government (Assad) → YPG (“PKK/YPG”)" in (claim.locator(".passage").text_content() or "")
    link = claim.locator("a")
    assert link.text_content() == "Border Post"
    assert (link.get_attribute("href") or "").startswith("https://news.example/")
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert "1 Dec 2024" in (claim.locator(".source").text_content() or "")
    claim.locator("summary").click()
    how = claim.locator("dl").text_content() or ""
    for words in ("weekday counted from publication", "the only place of this name", "high (80 of 100)", "Confidence"):
        assert words in how
    assert page.locator(".group h3").all_text_contents()[0] == "Reported on this day"
    page.click("#place .close")
    assert place.is_hidden()


def test_a_quarter_with_an_outline_of_its_own_says_whose_the_edge_is(tmp_path: Path, visit: Begin) -> None:
    told = war()
    places = {**told.gazetteer.places}
    places["ashrafieh"] = replace(places["ashrafieh"], certainty="less-certain")
    outline = Outline("ashrafieh", {}, rectangle(37.13, 36.22, 37.15, 36.24), "own drawing", 2)
    gazetteer = Gazetteer(places, outlines={"ashrafieh": outline})
    page = visit().open(pages_of(replace(told, gazetteer=gazetteer), tmp_path), "#d=2026-01-13&p=&v=36.23,37.14,13")
    mark = page.locator(f'{MARKS}[data-place="ashrafieh"][aria-label*="(area): "]')
    assert mark.count() == 1
    size = mark.bounding_box() or {}
    assert size["width"] > 100
    assert size["height"] > 100
    mark.click(position={"x": 20, "y": 20})
    said = page.locator("#place .within").text_content() or ""
    assert said.endswith(". The edge drawn is that of the gazetteer. The position is approximate.")


def test_claims_that_did_not_move_the_map_stand_apart(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-29&p=maarat-al-numan")
    others = page.locator("#place .others")
    assert "Denied" in (others.text_content() or "")
    assert "According to a ministry spokesman" in (others.text_content() or "")
    assert "Denied" not in (page.locator("#place > .group").first.text_content() or "")


@pytest.mark.parametrize(
    ("day", "box", "gone"),
    [
        ("2015-06-03", "#layer-besieged", "nubl"),
        ("2024-11-27", "#layer-contested", "saraqib"),
        ("2026-01-13", "#layer-disputed", "kuweires"),
        ("2024-11-30", "#layer-areas", "aleppo-governorate/western-countryside"),
        ("2026-01-13", "#side-hts", "saraqib"),
        ("2026-01-13", "#side-nobody", "manbij"),
    ],
)
def test_layers_and_sides_can_be_switched_off_and_on(
    small_war: Path, visit: Begin, day: str, box: str, gone: str
) -> None:
    page = visit().open(small_war, f"#d={day}")
    everything = _marks(page)
    assert gone in everything
    page.uncheck(box)
    left = _marks(page)
    assert gone not in left
    assert left
    page.check(box)
    assert _marks(page) == everything


def test_changes_and_names_can_be_switched_off_and_on(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    page.uncheck("#layer-changes")
    assert not [words for words in _looks(page) if ", before: " in words]
    page.check("#layer-changes")
    page.uncheck("#layer-names")
    assert page.locator(".name").count() == 0


def test_the_legend_counts_what_is_on_the_map(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    states: list[dict[str, Any]] = page.evaluate(
        "controlmap.data.states.filter(s => s.start <= '2024-11-30' && (!s.end || s.end >= '2024-11-30'))"
        ".map(s => ({side: s.controller || 'nobody', condition: s.condition}))"
    )
    for side in ("hts", "ypg", "nobody", "?Tribal horsemen"):
        box = page.locator(f'li:has([id="side-{side}"]) .count')
        odd = ("contested", "disputed", "besieged")
        assert box.text_content() == str(sum(s["side"] == side and s["condition"] not in odd for s in states))
    for name in ("contested", "disputed", "besieged"):
        assert page.locator(f"li:has(#layer-{name}) .count").text_content() == str(
            sum(s["condition"] == name for s in states)
        )


def test_an_unknown_side_has_its_words_and_a_mark_of_its_own(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    assert "“Tribal horsemen”" in (page.text_content("#legend") or "")
    assert "“Tribal horsemen” from Syrian government (Assad)" in (page.text_content("#day") or "")
    fills = {
        place: page.locator(f'{MARKS}[data-place="{place}"]').first.get_attribute("fill")
        for place in ("deir-hafir", "manbij", "nubl")
    }
    assert fills["deir-hafir"] == "#f0e442"
    assert len(set(fills.values())) == 3


def test_conditions_have_shapes_of_their_own(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    disputed = page.locator(f'{MARKS}[data-place="kuweires"]').first
    assert (disputed.get_attribute("fill") or "").startswith("url(#split")
    assert disputed.get_attribute("stroke-dasharray")
    area = page.locator(f'{MARKS}[data-place="aleppo-governorate/western-countryside"]')
    assert (area.get_attribute("fill") or "").startswith("url(#hatch")
    assert "edge estimated" in (area.get_attribute("aria-label") or "")
    page = visit().open(small_war, "#d=2015-06-03")
    besieged = page.locator(".map path[stroke-dasharray='2 3.5']")
    assert besieged.count() == 1


def test_the_search_finds_a_place_by_any_of_its_names(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html")
    for typed in ("Nubl", "Nubbul", "نبل"):
        page.fill("#search", typed)
        assert "Nubl" in (page.locator("#found li").first.text_content() or ""), typed
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert (page.text_content("#place h2") or "").startswith("Nubl")
    assert "YPG" in (page.text_content("#place") or "")
    page.fill("#search", "Zzyzx")
    assert page.text_content("#found") == "No place of this name has a report here"
    page.fill("#search", "saint")
    page.keyboard.press("Escape")
    assert page.locator("#found").is_hidden()


def test_the_address_brings_back_day_place_and_view(built: Built, visit: Begin) -> None:
    page = visit().open(built.output / "index.html", "#d=2024-11-30&p=nubl&v=36.3,37.1,11")
    for _ in range(2):
        assert (page.text_content("#date") or "").endswith("30 November 2024")
        assert (page.text_content("#place h2") or "").startswith("Nubl")
        address = page.evaluate("location.hash")
        assert address == "#d=2024-11-30&p=nubl&v=36.3000,37.1000,11"
        page = visit().open(built.output / "index.html", address)


@pytest.mark.parametrize(
    "address",
    ["#d=1066-10-14&p=atlantis&v=1,2", "#v=99,999,99", "#p=__proto__&d=constructor", "#%E0%A4%A", "#p=%3Cimg src=x%3E"],
)
def test_an_address_that_means_nothing_shows_the_usual_page(small_war: Path, visit: Begin, address: str) -> None:
    page = visit().open(small_war, address)
    assert page.locator("#place").is_hidden()
    assert (page.text_content("#date") or "").endswith("13 January 2026")
    assert _marks(page)


def test_pages_lead_to_each_other(built: Built, visit: Begin) -> None:
    seen = visit()
    page = seen.open(built.output / "maps" / "2024-11-30.html")
    page.click("#earlier")
    page.wait_for_url("**/2024-11-29.html*")
    page.wait_for_selector(MARKS, state="attached")
    page.click("text=All dates on one map")
    page.wait_for_url("**/index.html*")
    assert (page.text_content("#date") or "").endswith("29 November 2024")
    page.click("#about summary")
    page.click("#about a")
    page.wait_for_url("**/report.html")
    assert page.text_content("h1") == "Build report"


def test_the_online_base_is_off_and_only_a_reader_switches_it_on(small_war: Path, visit: Begin) -> None:
    seen = visit()
    asked: list[str] = []
    seen.page.context.set_offline(False)
    seen.page.route(re.compile("^https:"), lambda route: (asked.append(route.request.url), route.abort()))
    page = seen.open(small_war)
    assert not page.is_checked("#layer-online")
    page.wait_for_timeout(200)
    assert asked == []
    with page.expect_request(re.compile("^https:")):
        page.check("#layer-online")
    page.wait_for_timeout(200)
    assert all(re.fullmatch(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png", url) for url in asked)
    assert page.text_content(".leaflet-control-attribution") == "© OpenStreetMap contributors"
    page.uncheck("#layer-online")
    before = len(asked)
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_timeout(400)
    assert len(asked) == before
    seen.said.clear()
    seen.requests.clear()


def test_the_first_view_is_where_the_news_is(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30")
    zoom = float(page.evaluate("location.hash").split(",")[-1])
    assert zoom >= 8, "Aleppo and Idlib, not a continent"
    assert page.locator("#away").is_hidden()
    page = visit().open(small_war, "#d=2024-11-30&v=48,37,8")
    assert "outside this view" in (page.text_content("#away") or "")
    page.click("#away")
    assert page.locator("#away").is_hidden()


def _boxes(page: Page, selector: str) -> list[dict[str, float]]:
    boxes: list[dict[str, float]] = page.eval_on_selector_all(
        selector, "all => all.map(one => one.getBoundingClientRect().toJSON()).filter(box => box.width)"
    )
    return boxes


def _meet(a: dict[str, float], b: dict[str, float]) -> bool:
    across = min(a["right"], b["right"]) - max(a["left"], b["left"])
    down = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
    return across > 1.5 and down > 3


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 700), (390, 844), (320, 568)])
def test_nothing_covers_anything(built: Built, visit: Begin, width: int, height: int) -> None:
    seen = visit(width, height)
    for name in ("index.html", "maps/2024-11-29.html"):
        page = seen.open(built.output / name)
        names, fixed = _boxes(page, ".name"), _boxes(page, ".key, .zoom, .leaflet-control")
        assert names
        for at, box in enumerate(names):
            assert not [other for other in names[at + 1 :] if _meet(box, other)]
            assert not [other for other in fixed if _meet(box, other)]
        blocks = _boxes(page, ".head, .sheet, .time, .panel")
        assert len(blocks) == 4
        for at, box in enumerate(blocks):
            assert not [other for other in blocks[at + 1 :] if _meet(box, other)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_of_twice_the_size_still_fits(built: Built, chromium: Browser) -> None:
    large = launch(chromium.browser_type, "--blink-settings=defaultFontSize=32")
    page = large.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
    page.goto((built.output / "maps" / "2024-11-29.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.name')).fontSize") in ("22px", "24px", "26px")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    names = _boxes(page, ".name")
    assert names
    assert not [(a, b) for at, a in enumerate(names) for b in names[at + 1 :] if _meet(a, b)]
    large.close()


def test_all_text_stands_out_from_what_is_behind_it(small_war: Path, visit: Begin) -> None:
    """Contrast of at least 4.5 to 1 (WCAG AA) for the texts of header, panel and key."""
    page = visit().open(small_war, "#d=2024-11-30&p=nubl")
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    poor = page.evaluate(_CONTRAST)
    assert poor == []


_CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = parse(getComputedStyle(node).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.85) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const left = 'script, style, svg, .names, .unseen, .skip, [hidden], button:disabled';
    if (!walker.currentNode.textContent.trim() || node.closest(left)) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(behind(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const where = node.className || node.tagName;
    if (ratio < 4.5) poor.push([where, walker.currentNode.textContent.slice(0, 40), ratio.toFixed(2)]);
  }
  return poor;
}"""


def test_on_paper_there_is_the_map_the_key_and_the_reports(small_war: Path, visit: Begin) -> None:
    page = visit(900, 700).open(small_war, "#d=2024-11-30")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for shown in (".map", "#key", "#day", "#title", "#date"):
        assert page.locator(shown).is_visible(), shown
    for left_out in ("#search", ".time", ".zoom", "#layer-online", "#away"):
        assert page.locator(left_out).is_hidden(), left_out
    assert not _meet(_boxes(page, ".map")[0], _boxes(page, "#key")[0])
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".time").is_visible()


def test_names_from_right_to_left_stay_whole(small_war: Path, visit: Begin) -> None:
    page = visit().open(small_war, "#d=2024-11-30&p=aleppo")
    local = page.locator("#place h2 .local")
    assert local.text_content() == "حلب"
    assert local.evaluate("one => one.tagName + getComputedStyle(one).direction") == "BDIrtl"
    assert page.locator("#place h2 bdi").first.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_a_map_of_what_was_known_says_on_which_day(small_war: Path, tmp_path: Path, visit: Begin) -> None:
    assert visit().open(small_war).text_content("#kicker") == "Reported control"
    page = visit().open(pages_of(war(), tmp_path, date(2024, 12, 2)))
    assert page.text_content("#kicker") == "Reported control, as known on 2 Dec 2024"


def test_an_empty_map_is_a_page_too(tmp_path: Path, visit: Begin) -> None:
    told = war()
    page = visit().open(pages_of(War([], [], [], [], told.gazetteer, told.actors), tmp_path))
    assert page.text_content("#date") == "No dated change"
    assert page.locator(".name.country").count() > 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    assert page.locator("#key").is_hidden()


def test_five_thousand_marks_are_still_usable(crowd: Path, visit: Begin) -> None:
    """Generous limits, since a test machine may be busy: an idle one needs a fifth of them."""
    seen = visit()
    seen.page.context.set_default_timeout(30_000)
    page = seen.open(crowd)
    assert page.locator(MARKS).count() == 5000
    times: list[float] = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "+"):
        start = page.evaluate("performance.now()")
        page.keyboard.press(key)
        times.append(page.evaluate("performance.now()") - start)
    assert max(times) < 5000, times
    page.fill("#search", "Kafr 4995")
    page.keyboard.press("Enter")
    assert page.text_content("#place h2") == "Kafr 4995"


def test_the_data_block_is_json_and_nothing_else(built: Built) -> None:
    for path in built.pages:
        text = path.read_text(encoding="utf-8")
        block = text.partition('<script id="data" type="application/json">')[2].partition("</script>")[0]
        assert json.loads(block)["title"]
