"""Map pages: what is in them, what may not be, and that the same input gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from claim_maker import claim
from map_fixture import HOSTILE, War, war

from geo import maps
from geo.articles import Article
from geo.maps.page import _rendered, as_json
from geo.maps.payload import link
from geo.maps.quotes import LONGEST, clean, quote
from geo.maps.sides import CUTS, Sides, unknown
from geo.timeline import change_dates


@pytest.fixture(scope="module")
def told() -> War:
    return war()


@pytest.fixture(scope="module")
def output(told: War, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("maps")
    _write(folder, told)
    return folder


def _write(folder: Path, told: War, title: str = "Our war") -> list[Path]:
    return maps.write(
        folder, title=title, claims=told.claims, states=told.states, dropped=told.dropped, articles=told.articles,
        gazetteer=told.gazetteer, actors=told.actors,
    )  # fmt: skip


class _Tags(HTMLParser):
    """Tags with their attributes, and the text of each script and style element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, str]] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag in ("script", "style") else ""
        if self._open:
            self.code.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self._open:
            self.code[-1] = (self._open, self.code[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def _data(path: Path) -> dict[str, Any]:
    """The data block, its tables unpacked as the page's script does it."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    for name in ("places", "states", "changes", "claims", "unplaced"):
        data[name] = [_row(data, name, values) for values in data[name]["rows"]]
    return data


def _row(data: dict[str, Any], name: str, values: list[Any]) -> dict[str, Any]:
    def text(value: Any) -> Any:
        return [text(one) for one in value] if isinstance(value, list) else data["texts"][value]

    columns, pooled = data[name]["columns"], data[name]["pooled"]
    filled = values + [None] * (len(columns) - len(values))
    return {
        column: text(value) if column in pooled and value is not None else value
        for column, value in zip(columns, filled, strict=True)
    }


def test_there_is_a_page_for_every_day_with_a_change_and_one_for_all(told: War, output: Path) -> None:
    days = [day.isoformat() for day in change_dates(told.claims)]
    assert sorted(path.stem for path in (output / "maps").iterdir()) == days
    assert [day for day, _ in _data(output / "index.html")["dates"]] == days
    assert _data(output / "index.html")["day"] is None


def test_a_page_of_a_day_has_its_changes_and_what_is_behind_them(told: War, output: Path) -> None:
    data = _data(output / "maps" / "2024-11-30.html")
    places = [place["id"] for place in data["places"]]
    changes = {(places[row["place"]], row["before"], row["after"]) for row in data["changes"]}
    assert ("nubl", "assad-government", "ypg") in changes
    assert ("deir-hafir", "assad-government", "?Tribal horsemen") in changes
    assert {row["date"] for row in data["changes"]} == {"2024-11-30"}
    states = {places[row["place"]]: row for row in data["states"]}
    behind = [data["claims"][at] for at in states["nubl"]["claims"]]
    assert "".join(behind[0]["quote"]) == "The YPG moved into Nubl and Al-Zahraa as the army pulled away."
    assert behind[0]["quote"][1] == "moved into Nubl"
    assert behind[0]["toText"] == "PKK/YPG"


def test_the_bars_count_the_places_changed_on_each_day(told: War, output: Path) -> None:
    data = _data(output / "index.html")
    counts = dict(data["dates"])
    for day, count in counts.items():
        assert count == len({row["place"] for row in data["changes"] if row["date"] == day})
    assert counts["2024-11-28"] == 1, "two papers, one place"


def test_what_could_not_be_placed_is_on_the_page_with_its_reason(output: Path) -> None:
    found = {(row["as"], row["reason"]) for row in _data(output / "index.html")["unplaced"]}
    assert ("Qalat al-Ghubar", "The place is not in the gazetteer") in found
    assert ("Khan Tuman", "Neither the report nor the article gives a day") in found


def test_a_position_that_was_not_checked_says_so(output: Path) -> None:
    said = {row["id"]: row.get("unsure") for row in _data(output / "index.html")["places"]}
    assert "nobody has checked" in (said.pop("ashrafieh") or "")
    assert set(said.values()) == {None}


def test_foreign_text_is_in_the_data_and_nowhere_else(output: Path) -> None:
    for path in (output / "index.html", output / "maps" / "2024-11-30.html"):
        text = path.read_text(encoding="utf-8")
        frame = re.sub(r'(<script id="data"[^>]*>).*?(</script>)', r"\1\2", text, flags=re.DOTALL)
        for foreign in ("__pwned", "7*7", "{% raw %}", "onerror=window"):
            assert foreign not in frame
        assert "7*7" in text, "shown as it was written, not worked out"
        assert "{{" not in frame
        for tag, attributes in _Tags(text).tags:
            assert tag not in ("img", "iframe", "link", "object", "base", "form")
            assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
            assert "src" not in attributes


def test_no_user_text_passes_a_template(told: War, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts that folium and Jinja are given, seen from inside: none of them knows the title or an article."""
    import jinja2

    seen: list[str] = []
    real = jinja2.Environment.from_string

    def spy(self: jinja2.Environment, source: Any, *args: Any, **kwargs: Any) -> jinja2.Template:
        seen.append(str(source))
        return real(self, source, *args, **kwargs)

    monkeypatch.setattr(jinja2.Environment, "from_string", spy)
    init = jinja2.Template.__new__

    def born(cls: type[jinja2.Template], source: Any, *args: Any, **kwargs: Any) -> jinja2.Template:
        seen.append(str(source))
        made: jinja2.Template = init(cls, source, *args, **kwargs)
        return made

    monkeypatch.setattr(jinja2.Template, "__new__", born)
    _rendered.cache_clear()
    _write(tmp_path, told, title="{{ 7*7 }} & {% raw %}")
    _rendered.cache_clear()
    assert seen
    assert not [text for text in seen if "7*7" in text or "pwned" in text or "Saraqib" in text]
    shown = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<title>{{ 7*7 }} &amp; {% raw %}</title>" in shown
    assert _data(tmp_path / "index.html")["title"] == "{{ 7*7 }} & {% raw %}"


def test_the_policy_allows_exactly_the_code_of_the_page(output: Path) -> None:
    for path in (output / "index.html", output / "maps" / "2015-06-03.html"):
        tags = _Tags(path.read_text(encoding="utf-8"))
        (policy,) = [
            a["content"] or "" for t, a in tags.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        ]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
        assert "unsafe" not in policy
        for kind, rule in (("script", "script-src"), ("style", "style-src")):
            wanted = {_hash(code) for tag, code in tags.code if tag == kind and not code.startswith("{")}
            assert set(rules[rule].split()) == wanted
        assert rules["img-src"] == "data: https://tile.openstreetmap.org"


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_data_is_inert_whatever_it_holds() -> None:
    text = as_json({"a": f"{HOSTILE}<!-- \u2028\u2029 &amp;"})
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == {"a": f"{HOSTILE}<!-- \u2028\u2029 &amp;"}


def test_the_title_cannot_close_its_element(told: War, tmp_path: Path) -> None:
    _write(tmp_path, told, title="</title><script>alert(1)</script>")
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert html.escape("</title><script>alert(1)</script>") in text


def test_two_builds_in_two_folders_are_the_same_to_the_byte(told: War, output: Path, tmp_path: Path) -> None:
    _rendered.cache_clear()
    again = _write(tmp_path / "elsewhere", told)
    for path in again:
        assert path.read_bytes() == (output / path.relative_to(tmp_path / "elsewhere")).read_bytes()


def test_the_order_of_the_input_does_not_reach_the_bytes(told: War, output: Path, tmp_path: Path) -> None:
    turned = War(
        told.claims[::-1], told.states[::-1], told.dropped[::-1], told.articles[::-1], told.gazetteer, told.actors
    )
    for path in _write(tmp_path, turned):
        assert path.read_bytes() == (output / path.relative_to(tmp_path)).read_bytes()


def test_days_that_are_gone_lose_their_page(told: War, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    old, note = tmp_path / "maps" / "1999-01-01.html", tmp_path / "maps" / "note.txt"
    old.write_text("old")
    note.write_text("mine")
    _write(tmp_path, told)
    assert not old.exists()
    assert note.exists()


def test_an_empty_map_is_small_and_whole(told: War, tmp_path: Path) -> None:
    nothing = War([], [], [], [], told.gazetteer, told.actors)
    (path,) = _write(tmp_path, nothing)
    assert 170_000 < path.stat().st_size < 302_000
    data = _data(path)
    assert data["dates"] == data["states"] == data["claims"] == []


def test_five_thousand_marks_stay_under_two_megabytes(crowd: Path) -> None:
    assert len(_data(crowd)["states"]) == 5000
    assert crowd.stat().st_size < 2_000_000


# Sides ------------------------------------------------------------------------------------------------------------


def test_sides_of_one_bloc_differ_in_what_is_cut_out(told: War) -> None:
    looks = Sides(told.claims, told.states, told.actors).looks(["hts", "jaysh-al-fatah", "ypg", "sdf"])
    shapes = {side: (look["colour"], look["shape"], look["cut"]) for side, look in looks.items()}
    assert len(set(shapes.values())) == len(shapes)
    assert looks["hts"]["shape"] == looks["jaysh-al-fatah"]["shape"] == "diamond"
    assert looks["hts"]["cut"] == 0, "the side most often named has the plain mark"


def test_every_bloc_of_the_registry_has_a_look_of_its_own(root: Path) -> None:
    from geo.actors import ActorRegistry

    registry = ActorRegistry.load(root / "gazetteer")
    named = [claim(by=actor) for actor in registry.actors]
    looks = Sides(named, [], registry).looks(registry.actors)
    by_bloc: dict[str, set[tuple[str, str]]] = {}
    for actor in registry.actors.values():
        by_bloc.setdefault(actor.bloc, set()).add((looks[actor.id]["colour"], looks[actor.id]["shape"]))
    assert all(len(pairs) == 1 for pairs in by_bloc.values())
    assert all(0 <= look["cut"] < CUTS for look in looks.values())
    colours = [next(iter(pairs)) for pairs in by_bloc.values()]
    assert len(set(colours)) == len(colours), "two blocs look alike"


def test_an_unknown_side_goes_by_its_words() -> None:
    from geo.actors import ActorRegistry

    told = [claim(by=None, to_text="tribal\u202e gunmen"), claim(by="nobody-known")]
    looks = Sides(told, [], ActorRegistry.from_rows([], [])).looks(["?tribal gunmen", "nobody-known"])
    assert looks["?tribal gunmen"]["name"] == "“tribal gunmen”"
    assert looks["?tribal gunmen"]["shape"] == "shield"
    assert looks["nobody-known"]["name"] == "nobody-known"
    assert len(unknown("x" * 500)) < 70


# Quotes and links -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c#d", True),
        ("http://news.example", True),
        ("HTTPS://NEWS.EXAMPLE/", True),
        ("javascript:alert(1)", False),
        ("java\u0000script:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//news.example/a", False),
        ("https://", False),
        ("https://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_links(url: str | None, kept: bool) -> None:
    assert link(url) == (url if kept else None)


def test_control_characters_and_direction_overrides_are_taken_out() -> None:
    assert clean("a\u202eb\u202c\u0000c\u2066d\u2069\ufeff\x9b") == "abcd"
    assert clean("a\n\t  b") == "a b"
    assert clean("حلب, Ḥalab, 阿勒颇") == "حلب, Ḥalab, 阿勒颇"


def test_a_quote_marks_the_words_that_decided() -> None:
    article = Article("a", "", "Before. Rebels took Nubl on Friday. After.")
    found = quote(claim(sentence_start=8, sentence_end=35, evidence_start=15, evidence_end=24), article)
    assert found == [("Rebels ", False), ("took Nubl", True), (" on Friday.", False)]


def test_where_all_of_a_sentence_is_evidence_its_words_are_marked() -> None:
    article = Article("a", "", "Rebels took Nubl.")
    told = claim(sentence_start=0, sentence_end=17, evidence_start=0, evidence_end=17, trigger="took", to_text="Rebels")
    assert [text for text, marked in quote(told, article) if marked] == ["Rebels", "took", "Nubl"]


def test_a_very_long_sentence_loses_what_is_far_from_the_evidence() -> None:
    text = "x" * 5000 + " took Nubl " + "y" * 5000
    found = quote(
        claim(sentence_start=0, sentence_end=len(text), evidence_start=5001, evidence_end=5010), Article("a", "", text)
    )
    assert sum(len(part) for part, _ in found) < LONGEST + 10
    assert ("took Nubl", True) in found


def test_the_day_of_the_page_is_in_its_title(output: Path) -> None:
    assert "<title>Our war, 2015-06-03</title>" in (output / "maps" / "2015-06-03.html").read_text(encoding="utf-8")
    assert date(2015, 6, 3) in change_dates(war().claims)
