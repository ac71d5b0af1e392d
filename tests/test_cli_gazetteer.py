"""`controlmap gazetteer`: every verb through the command line, what it says, changes, refuses, and its replay."""

from __future__ import annotations

import json
import shlex
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from command import call, process, refused

from geo import edits
from geo.edits import geocoders, replay
from geo.edits.queue import core, queue
from geo.gazetteer import Gazetteer
from geo.readers import read_corpus

ROOT = Path(__file__).resolve().parents[1]


def tables(folder: Path) -> dict[str, bytes]:
    found = (folder / "gazetteer").glob("*.*")
    return {path.name: path.read_bytes() for path in found if path.suffix in (".csv", ".geojson")}


def ok(*args: str | Path, stdin: str | None = None) -> str:
    """The output of a command that goes well."""
    result = call("gazetteer", *args, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*args: str | Path, stdin: str | None = None) -> dict[str, Any]:
    """The one JSON line of an edit."""
    found: dict[str, Any] = json.loads(ok(*args, "--json", stdin=stdin))
    return found


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


EDITS = [
    ["add", "Tal Example", "--at", "36.2 37.1", "--parent", "aleppo", "--alias", "Tell Example", "--why", "new"],
    ["set", "nubl", "radius_m", "1500"],
    ["set", "nubl", "point", "36.3747 36.9957"],
    ["alias", "nubl", "Nebbool", "Nubbool", "--language", "en", "--from", "2012-07-01"],
    ["unalias", "nubl", "Nubbol"],
    ["move", "nubl", "36.3747 36.9957", "--into", "aleppo-governorate"],
    ["merge", "anjarah", "awijil"],
    ["split", "nubl", "Nubl Station", "--at", "36.38 36.99", "--take", "Nubbol", "--note", "the railway station"],
    ["remove", "awijil"],
    ["judge", "field-note", "Nubl", "zahraa-nubl", "--why", "a test"],
    ["set", "nubl", "--outline", "nubl.geojson", "--why", "drawn on imagery"],
]
NUBL = {
    "type": "Polygon",
    "coordinates": [[[36.97, 36.36], [37.01, 36.36], [37.01, 36.39], [36.97, 36.39], [36.97, 36.36]]],
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: " ".join(edit[:2]))
def test_an_edit_dry_run_done_logged_and_undone(own: Path, edit: list[str]) -> None:
    (own / "nubl.geojson").write_text(json.dumps(NUBL))
    before = tables(own)
    tried = told(*edit, "--dry-run", "--no-replay")
    assert tables(own) == before
    assert not (own / "gazetteer" / "changes.log").exists()
    done = told(*edit, "--no-replay", "--who", "Ann")
    assert tables(own) != before
    assert (tried["dry_run"], done["dry_run"], done["replay"]) == (True, False, None)
    if edit[0] != "judge":  # its row holds the time
        assert tried["rows"] == done["rows"]
    (logged,) = rows(ok("log"))
    assert (logged["who"], logged["why"], logged["what"]) == ("Ann", done["why"], done["what"])
    assert logged["state"] == "stands"
    assert logged["rows"] == done["rows"]
    ok("undo", "--no-replay", "--who", "Bob")
    assert tables(own) == before | {"judgements.csv": b""} if (own / "gazetteer/judgements.csv").exists() else before
    assert [(row["who"], row["state"]) for row in rows(ok("log"))] == [("Bob", "undo"), ("Ann", "undone")]


def test_undo_all(own: Path) -> None:
    before = tables(own)
    for edit in EDITS[:4]:
        ok(*edit, "--no-replay")
    assert "   + places.csv: tal-example,Tal Example,settlement,36.2,37.1" in ok("log", "1", "--table")
    assert len(told("undo", "--all", "--no-replay")["undone"]) == 4
    assert tables(own) == before
    assert "no change that could be undone" in refused(call("gazetteer", "undo"))


def test_a_replay_tells_what_goes_appears_and_moves(own: Path) -> None:
    gone = told("remove", "awijil")["replay"]
    assert (gone["articles"], gone["goes"], gone["appears"], gone["moves"]) == (2, 1, 0, 0)
    (one,) = gone["changed"]
    assert (one["article"], one["place_text"], one["after"]) == ("field-note", "Awijil", None)
    assert one["sentence"].startswith("Government troops recaptured Nubl")
    back = ok("undo")
    assert "claims: 0 move, 1 appear, 0 go." in back
    moved = ok("move", "anjarah", "36.5 37.5", "--dry-run")
    assert "1 move, 0 appear, 0 go." in moved
    assert "moves    field-note  “Anjarah” Anjarah (anjarah) at" in moved
    named = told("add", "Kafr Nowhere", "--at", "36.4 37.0", "--parent", "aleppo-governorate")["replay"]
    assert [one["place_text"] for one in named["changed"]] == ["Kafr Nowhere"]
    assert named["appears"] == 1
    other = ok("add", "Xyzzyville")
    assert "none of the 2 articles holds a name of this edit" in other


@pytest.mark.parametrize(
    "step",
    [
        lambda s: edits.remove_place(s, "awijil"),
        lambda s: edits.add_name(s, "anjarah", "Kafr Nowhere"),
        lambda s: edits.set_field(s, "aleppo", "name", "Halab"),
        lambda s: edits.move_place(s, "aleppo-governorate", point=edits.Point(35.0, 36.0)),
        lambda s: edits.remove_place(s, "aleppo-international-airport"),
    ],
)
def test_articles_without_a_word_like_the_names_need_not_be_read_again(
    own: Path, step: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, _ = read_corpus([own / "corpus", ROOT / "corpus"])
    with edits.editing(own / "gazetteer", dry_run=True) as session:
        step(session)
    some = replay(own / "gazetteer", session.before, session.after, articles)
    monkeypatch.setattr("geo.edits.replaying._Words.meet", lambda self, article: True)
    every = replay(own / "gazetteer", session.before, session.after, articles)
    assert every.read == len(articles)
    assert some.changed == every.changed


def test_a_judgement_goes_before_what_is_worked_out(own: Path) -> None:
    made = told("judge", "field-note", "Nubl", "zahraa-nubl", "--who", "Ann", "--why", "named beside it")
    assert made["replay"]["moves"] == 1
    assert call("build").exit_code == 0
    (claim,) = [row for row in rows(call("claims", "--article", "field-note").stdout) if row["place_text"] == "Nubl"]
    assert claim["place_id"] == "zahraa-nubl"
    assert claim["resolution_basis"].startswith("judged by Ann on 20")
    assert claim["resolution_basis"].endswith(": named beside it")
    (listed,) = rows(ok("judge", "--list", "--json"))
    assert (listed["id"], listed["place"], listed["withdrawn"]) == (made["ids"][0], "zahraa-nubl", None)
    assert told("judge", "--withdraw", made["ids"][0])["replay"]["moves"] == 1
    nowhere = told("judge", "field-note", "Nubl", "--no-place")["replay"]
    assert (nowhere["goes"], nowhere["changed"][0]["place_text"]) == (1, "Nubl")
    (found,) = [row for row in rows(ok("judge", "--list", "--json")) if row["withdrawn"] is None]
    assert found["place"] is None


def test_a_judgement_of_one_sentence(own: Path) -> None:
    text = read_corpus([own / "corpus" / "field-note.md"])[0][0].text
    at = text.index("Awijil")
    made = told("judge", "field-note", "Awijil", "manbij", "--at", str(at))
    assert made["replay"]["moves"] == 1
    assert told("judge", "field-note", "Anjarah", "manbij", "--at", str(len(text) - 5))["replay"]["moves"] == 0
    assert "no sentence of field-note holds character 99999" in refused(
        call("gazetteer", "judge", "field-note", "Nubl", "nubl", "--at", "99999")
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("alias nubbl X", "did you mean nubl"),
        ("set nubl radius 3", "did you mean radius_m"),
        ("set nubl lat 95", "lat 95 is outside -90 to 90"),
        ("set nubl", "Give a COLUMN and its VALUE, --outline FILE or --no-outline"),
        ("set nubl lat", "Give a COLUMN and its VALUE"),
        ("set nubl lat --no-outline", "one of them"),
        ("set nubl --outline list.csv --no-outline", "one of them"),
        ("set - --no-outline", "An outline is of one place"),
        ("set nubl --outline none.geojson", "none.geojson: no such file"),
        ("set nubl --outline list.csv", "list.csv:1: is not JSON"),
        ("set nubl --no-outline", "nubl has no outline in areas.geojson"),
        ("set nubbl --outline - --no-outline", "one of them"),
        ("move nubl", "Say where to"),
        ("move nubl 0,0", "0 0 is open sea"),
        ("move nubl --into nowhere-at-all", "no parent 'nowhere-at-all'"),
        ("merge nubl nubl", "cannot be joined to itself"),
        ("split nubl Nubl-East --take Nowhere", "has no spelling 'Nowhere'"),
        ("remove aleppo", "is the parent of"),
        ("judge field-note Nubl", "Give ARTICLE, TEXT and PLACE-ID"),
        ("judge field-not Nubl nubl", "Did you mean field-note?"),
        ("judge field-note Nubl nubll", "Did you mean"),
        ("judge --withdraw 123", "no judgement '123'"),
        ("log 7", "no change 7"),
        ("undo", "no change that could be undone"),
        ("undo --dry-run --all --times 2", "no change that could be undone"),
        ("add X --lat 3", "Give the position as"),
        ("add X --kind vilage", "is no kind of place"),
        ("import none.csv", "no such file"),
        ("import list.csv --map nme=Village", "there is no field 'nme'"),
        ("import list.csv --map Village", "write it as FIELD=COLUMN"),
        ("export places.doc", "Say with --form"),
        ("export x.tsv --year soon", "is no year"),
        ("lookup X --server ftp://host", "is no address"),
        ("lookup X --country Syria", "two letters of ISO 3166"),
        ("lookup X --service geonames", "--username"),
    ],
)
def test_what_is_wrong_is_one_line(own: Path, words: str, message: str) -> None:
    (own / "list.csv").write_text("Village\nX\n")
    before = tables(own)
    assert message in refused(call("gazetteer", *shlex.split(words)))
    assert tables(own) == before


def test_lists_come_from_standard_input(own: Path) -> None:
    assert told("alias", "nubl", "-", "--no-replay", stdin="Nebbool\n\nNubbool\n")["texts"] == ["Nebbool", "Nubbool"]
    told("unalias", "nubl", "-", "--no-replay", stdin="Nebbool\nNubbool\n")
    ids = ok("list", "--kind", "airport", "--within", "aleppo-governorate", "--json")
    made = told("set", "-", "note", "an airport", "--no-replay", stdin=ids)
    assert made["ids"] == [row["id"] for row in rows(ids)]
    assert len(made["ids"]) > 2
    told(
        "add",
        "-",
        "--no-replay",
        stdin='{"name": "A One", "lat": 36, "lon": 37}\n{"name": "A Two", "parent": "aleppo"}\n',
    )
    told("remove", "-", "--no-replay", stdin="a-one\na-two\n")
    line = refused(call("gazetteer", "add", "-", stdin='{"name": "A One"}\n{"nam": "X"}\n'))
    assert "-:2: 'nam' is no column of places.csv" in line
    assert "-:1: is no place as a JSON object" in refused(call("gazetteer", "add", "-", stdin="x\n"))
    assert "has no line" in refused(call("gazetteer", "remove", "-", stdin=""))
    assert "a-one" not in Gazetteer.load(own / "gazetteer", reference=False).places


def test_an_outline_from_a_pipe_to_the_claims(own: Path) -> None:
    (own / "corpus" / "east.md").write_text(
        "---\nid: east\npublished: 2024-12-03\npublisher: X\n---\n\nRebels captured eastern Nubl on Monday.\n", "utf-8"
    )
    feature = {"type": "Feature", "properties": {"source": "imagery"}, "geometry": NUBL}
    made = call("gazetteer", "set", "nubl", "--outline", "-", stdin=json.dumps(feature))
    assert made.exit_code == 0
    assert made.stderr == ""
    assert made.stdout.startswith("nubl: outline set\n")
    assert "claims: 1 move, 0 appear, 0 go." in made.stdout
    assert "“eastern Nubl” Nubl: eastern (nubl/eastern) at" in made.stdout
    shown = json.loads(ok("show", "nubl", "--json"))
    assert shown["outline"] == "areas.geojson:2 (imagery)"
    assert "outline" not in json.loads(ok("show", "aleppo", "--json"))
    far = call("gazetteer", "set", "manbij", "--outline", "-", "--no-replay", stdin=json.dumps(NUBL))
    assert far.exit_code == 0
    assert "areas.geojson:2: manbij: its point lies" in far.stderr
    found = rows(ok("check", "--json"))
    assert [(one["file"], one["level"]) for one in found] == [("areas.geojson", "doubt")]
    assert "position [36.97, 136.36] is off the globe" in refused(
        call("gazetteer", "set", "nubl", "--outline", "-", stdin=json.dumps(NUBL).replace("36.36", "136.36"))
    )
    table = call("gazetteer", "export", "-", "--form", "lp-tsv", "--within", "nubl")
    assert table.stderr == "1 outline is not in it: lp-tsv holds points alone; --form lpf holds outlines too\n"
    assert call("gazetteer", "export", "-", "--form", "csv", "--within", "awijil").stderr == ""
    whole = call("gazetteer", "export", "-", "--form", "lpf", "--within", "nubl")
    assert whole.stderr == ""
    assert json.loads(whole.stdout)["features"][0]["geometry"]["geometries"][1]["coordinates"] == NUBL["coordinates"]
    tried = ok("set", "manbij", "--no-outline", "--dry-run", "--no-replay")
    assert '- areas.geojson: {"type": "Feature", "id": "manbij"' in tried
    assert told("remove", "awijil", "--no-replay")["what"] == "remove awijil"
    assert told("set", "manbij", "--no-outline", "--no-replay")["what"] == "no outline of manbij"
    assert ok("check", "--json") == ""


@pytest.mark.parametrize("name", ["places.geojson", "places.tsv"])
def test_what_export_wrote_comes_back(own: Path, name: str) -> None:
    before = tables(own)
    assert "places" in ok("export", own / name)
    header = {table: before[table].splitlines(keepends=True)[0] for table in ("places.csv", "names.csv")}
    for table, line in header.items():
        (own / "gazetteer" / table).write_bytes(line)
    made = told("import", own / name, "--no-replay")
    assert len(made["added"]) == before["places.csv"].count(b"\n") - 1
    assert tables(own) == before
    text = ok("export", "-", "--form", "lp-tsv", "--within", "nubl")
    assert [line.split("\t")[0] for line in text.splitlines()[:2]] == ["id", "nubl"]
    again = told("import", "-", "--on-clash", "skip", "--no-replay", stdin=text)
    assert "nubl" in again["skipped"]


def test_completion(own: Path) -> None:
    for shell in ("bash", "zsh", "fish"):
        result = call("completion", shell)
        assert result.exit_code == 0
        assert "_CONTROLMAP_COMPLETE" in result.stdout
    words = {"COMP_WORDS": "controlmap gazetteer show nub", "COMP_CWORD": "3", "_CONTROLMAP_COMPLETE": "bash_complete"}
    found = process(cwd=own, **words).stdout.decode().splitlines()
    assert "plain,nubl" in found
    words |= {"COMP_WORDS": "controlmap gazetteer mo", "COMP_CWORD": "2"}
    assert process(cwd=own, **words).stdout.decode().split() == ["plain,move"]


def test_unresolved_is_a_work_queue(own: Path) -> None:
    (one,) = rows(ok("unresolved"))
    assert (one["text"], one["count"], one["articles"]) == ("Kafr Nowhere", 1, ["field-note"])
    assert one["sentence"] == "Rebels seized Kafr Nowhere, a hamlet that no map shows, on Tuesday."
    assert one["command"].startswith("controlmap gazetteer lookup 'Kafr Nowhere'")
    shown = ok("unresolved", "--table")
    assert shown.startswith("Kafr Nowhere  (1 time in 1 article; ")
    assert rows(ok("unresolved", "--article", "other")) == []


MENTION = {"article": "a-1", "start": 0, "sentence": "They took it.", "reason": "place_unknown", "detail": "unknown"}


def test_the_queue_says_how_to_settle_each(own: Path) -> None:
    known = Gazetteer.load(own / "gazetteer")
    texts = ["Nubboll", "the western Nubboll countryside", "Zahraa", "Qwrtz", "Salqin's; rm -rf /"]
    found = {one.text: one for one in queue([MENTION | {"place_text": text} for text in texts], known)}
    assert found["Nubboll"].count == 2
    best = found["Nubboll"].proposals[0]
    assert (best.place.id, best.command) == ("nubl", "controlmap gazetteer alias nubl Nubboll")
    assert 0 < best.score < 1
    assert best.because
    exact = [p for p in found["Zahraa"].proposals if p.place.layer == "workspace" and p.place.has_point]
    assert all(p.command == f"controlmap gazetteer judge a-1 Zahraa {p.place.id}" for p in exact), exact
    assert len(exact) > 1
    assert found["Qwrtz"].proposals == ()
    assert shlex.split(found["Salqin's; rm -rf /"].command)[3] == "Salqin's; rm -rf /"
    ok(*shlex.split(best.command)[2:], "--no-replay")
    after = Gazetteer.load(own / "gazetteer").lookup("Nubboll")[0]
    assert (after.place.id, after.score) == ("nubl", 1.0)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nubl", "Nubl"), ("the town of Nubl", "Nubl"), ("Nubl village", "Nubl"), ("eastern Nubl", "Nubl"),
        ("the northern countryside of Nubl", "Nubl"), ("Kuweires air base", "Kuweires air base"),
    ],
)  # fmt: skip
def test_the_name_in_a_phrase(text: str, name: str) -> None:
    assert core(text) == name


NOMINATIM = [
    {
        "place_id": 1, "osm_type": "node", "osm_id": 4711, "lat": "36.4012345", "lon": "37.0", "class": "place",
        "type": "hamlet", "addresstype": "hamlet", "name": "كفر", "display_name": "Kafr Nowhere, Aleppo, Syria",
        "address": {"state": "Aleppo Governorate", "country_code": "sy"},
        "namedetails": {"name": "كفر", "name:en": "Kafr Nowhere", "alt_name": "Kfar Nowhere;Kafr Nowher"},
        "boundingbox": ["36.39", "36.41", "36.99", "37.01"],
    }
]  # fmt: skip
PHOTON = {"features": [{"geometry": {"coordinates": [37.0, 36.4]},
                        "properties": {"name": "Kafr Nowhere", "osm_type": "N", "osm_id": 4711, "osm_value": "hamlet",
                                       "countrycode": "SY", "state": "Aleppo Governorate"}}]}  # fmt: skip
GEONAMES = {"geonames": [{"geonameId": 99, "name": "Kafr Nowhere", "toponymName": "Kafr Nowhere", "lat": "36.4",
                          "lng": "37.0", "countryCode": "SY", "adminName1": "Aleppo", "fcode": "PPL",
                          "population": 70}]}  # fmt: skip


class Stand(BaseHTTPRequestHandler):
    """A geocoder's stand-in: answers as Nominatim, Photon and GeoNames do, and keeps what it was asked."""

    asked: ClassVar[list[tuple[float, str, dict[str, list[str]], str]]] = []

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        query = parse_qs(path.query)
        self.asked.append((time.monotonic(), path.path, query, self.headers["User-Agent"]))
        if query.get("q") == ["Broken"]:
            self.send_error(503)
            return
        answer: object = {"/search": NOMINATIM, "/api": PHOTON, "/searchJSON": GEONAMES}[path.path]
        if query.get("q", query.get("name")) == ["None"]:
            answer = [] if path.path == "/search" else {"features": [], "geonames": []}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch, socket_enabled: None) -> Iterator[str]:
    """The address of a geocoder on this machine."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Stand.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stand)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_from_the_queue_by_a_geocoder_to_the_map(own: Path, stand: str) -> None:
    """The command that the queue gives for an unknown name, run as it stands but for the server."""
    (one,) = rows(ok("unresolved"))
    first, _, last = one["command"].split(" | ")
    proposals = ok(*shlex.split(first)[2:], "--server", stand, "--country", "sy")
    (row,) = rows(proposals)
    assert (row["id"], row["kind"], row["lat"], row["lon"]) == ("kafr-nowhere", "settlement", 36.40123, 37)
    assert (row["parent"], row["country"], row["source"]) == ("aleppo-governorate", "SY", "OSM node 4711")
    assert row["aliases"] == ["كفر", "Kfar Nowhere", "Kafr Nowher"]
    assert 1000 < row["radius_m"] < 2000
    (asked,) = Stand.asked
    assert (asked[1], asked[2]["q"], asked[2]["countrycodes"]) == ("/search", ["Kafr Nowhere"], ["sy"])
    assert asked[3] == geocoders.USER_AGENT
    assert asked[3].startswith("controlmap/")
    made = told(*shlex.split(last)[2:], stdin=proposals.splitlines()[0])
    assert made["replay"]["appears"] == 1
    assert call("build").exit_code == 0
    assert rows(ok("unresolved")) == []
    (again,) = rows(ok("lookup", "Kafr Nowhere", "--server", stand))
    assert again["near"].startswith("kafr-nowhere, ")


@pytest.mark.parametrize(
    ("service", "source", "more"),
    [("photon", "OSM node 4711", {}), ("geonames", "GeoNames 99", {"geonames": "99", "population": 70})],
)
def test_the_other_geocoders(own: Path, stand: str, service: str, source: str, more: dict[str, object]) -> None:
    out = ok("lookup", "Kafr Nowhere", "None", "--service", service, "--server", stand, "--username", "somebody")
    (row,) = rows(out)
    assert (row["name"], row["lat"], row["lon"], row["country"], row["source"]) == (
        "Kafr Nowhere", 36.4, 37.0, "SY", source,
    )  # fmt: skip
    assert more.items() <= row.items()
    assert Stand.asked[1][0] - Stand.asked[0][0] >= geocoders.PAUSE_S - 0.05
    assert told("add", "-", "--no-replay", stdin=out)["ids"] == ["kafr-nowhere"]


def test_a_geocoder_that_gives_no_answer_is_one_line(own: Path, stand: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geocoders, "PAUSE_S", 0.05)
    line = refused(call("gazetteer", "lookup", "Broken", "--server", stand))
    assert f"nominatim at {urlsplit(stand).netloc} gave no answer for 'Broken'" in line
    line = refused(call("gazetteer", "lookup", "X", "--server", "http://127.0.0.1:9"))
    assert "nominatim at 127.0.0.1:9 gave no answer" in line
    result = call("gazetteer", "lookup", "None", "--server", stand, "--table")
    assert (result.exit_code, result.stderr) == (0, "nominatim knows no such place.\n")


CHECKED = (
    "id,name,kind,lat,lon,radius_m,parent,country,population,pcode,geonames,wikidata,source,note\n"
    "land,Testland,country,35,38,300000,,SY,,,,,x,\n"
    "north,Northgov,governorate,36,37,50000,land,SY,,,,,x,\n"
    "one,Wunn,settlement,36.1,37.1,,north,SY,,,,,x,\n"
    "one-2,Wun,settlement,36.1009,37.1,,north,SY,,,,,x,\n"
    "twin-a,Zahra,settlement,36.2,37.2,,north,SY,,,,,x,\n"
    "twin-b,Az-Zahra,settlement,36.4,37.3,,north,SY,,,,,x,\n"
    "far,Far Away,settlement,33,44,,north,SY,,,,,x,\n"
    "abroad,Abroad,settlement,52,13,,,SY,,,,,x,\n"
    "swap,Swap Place,settlement,37.1,36.1,,north,SY,,,,,x,\n"
    "hit,Hit,settlement,36.3,37,,north,SY,,,,,,\n"
)
WRONG = (
    "orphan,Orphan,settlement,36,37,,nobody,SY,,,,,x,\n"
    "loop-a,Loop A,district,,,,loop-b,SY,,,,,x,\n"
    "loop-b,Loop B,district,,,,loop-a,SY,,,,,x,\n"
    "off,Off,settlement,96,37,,north,SY,,,,,x,\n"
    "half,Half,settlement,36,,,north,SY,,,,,x,\n"
    "one,One again,settlement,36,37,,north,SY,,,,,x,\n"
)
NAMES = "place,text,language,script,kind,valid_from,valid_to,source\n"


@pytest.fixture
def checked(own: Path) -> Path:
    """A gazetteer with one of each fault that a check looks for."""
    (own / "gazetteer" / "places.csv").write_text(CHECKED, encoding="utf-8")
    (own / "gazetteer" / "names.csv").write_text(
        NAMES + "one,Eins,,,,,,\none,Uno,it,Latn,variant,,,\n", encoding="utf-8"
    )
    return own


def test_check_names_each_doubt_with_its_line(checked: Path) -> None:
    result = call("gazetteer", "check")
    assert result.exit_code == 0, result.output
    found = {
        (row["file"], row["line"], row["text"]) for row in rows(result.stdout) if "stands after" not in row["text"]
    }
    texts = {(file, line): text for file, line, text in found}
    expected = {
        ("names.csv", 2): "one: Eins has no language",
        ("places.csv", 5): "one-2: 100 m from one (line 4)",
        ("places.csv", 7): "twin-b: Az-Zahra is also a name of twin-a (places.csv:6), of the same kind",
        ("places.csv", 8): "far: 723 km from its parent north",
        ("places.csv", 9): "abroad: ",
        ("places.csv", 10): "swap: ",
        ("places.csv", 11): "hit: ",
    }
    for where, text in expected.items():
        assert where in texts, where
        assert any(one.startswith(text) for file, line, one in found if (file, line) == where), (where, texts[where])
    everything = "\n".join(text for _, _, text in found)
    for text in ("and so not in it", "lies in no other place", "hit: Hit is an ordinary word", "hit: no source"):
        assert text in everything
    assert not any(line in (2, 3, 4, 6) and file == "places.csv" for file, line in texts)


def test_what_a_source_files_under_a_parent_is_not_doubted_for_being_far(checked: Path) -> None:
    path = checked / "gazetteer" / "places.csv"
    text = CHECKED.replace("land,SY,,,,,x", "land,SY,,XX02,,,x").replace("north,SY,,,,,x,", "north,SY,,,,,OCHA XX0201,")
    path.write_text(text, encoding="utf-8")
    assert "from its parent" not in call("gazetteer", "check").stdout
    path.write_text(text.replace("OCHA XX0201", "OCHA XX0301"), encoding="utf-8")
    assert "far: 723 km from its parent north" in call("gazetteer", "check").stdout


def test_check_reads_who_fights_whom(gazetteer_copy: Path) -> None:
    path = gazetteer_copy / "actor_conflicts.csv"
    lines = path.read_text("utf-8").split("\n")
    country, first, last, _, *rest = lines[4].split(",")
    lines[2] = lines[2].replace(lines[2].split(",")[0], "Atlantis", 1)
    lines[4] = ",".join([country, first, last, "nobody-at-all", *rest])
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [(one.file, one.line, one.error, one.text) for one in edits.check(gazetteer_copy)]
    assert [one[:3] for one in found] == [("actor_conflicts.csv", 3, True), ("actor_conflicts.csv", 5, True)]
    assert "is not a country" in found[0][3]
    assert "actor 'nobody-at-all' is not in actors.csv" in found[1][3]


def test_the_gazetteer_that_comes_with_the_project_leaves_nothing_to_mend() -> None:
    assert edits.check(ROOT / "gazetteer") == []


def test_check_names_each_error_with_its_line(checked: Path) -> None:
    folder = checked / "gazetteer"
    (folder / "places.csv").write_text(CHECKED + WRONG, encoding="utf-8")
    (folder / "names.csv").write_text(
        NAMES + "one,Eins,de,Latn,variant,,,\nghost,X,en,Latn,variant,,,\n", encoding="utf-8"
    )
    (folder / "judgements.csv").write_text(
        "id,article,text,sentence,place,who,when,why,withdrawn\n0a,a-1,X,,ghost,Ann,2024-01-01,,\n", encoding="utf-8"
    )
    result = call("gazetteer", "check", "--errors-only")
    assert result.exit_code == 1
    found = {(row["file"], row["line"]): row["text"] for row in rows(result.stdout)}
    expected = {
        ("places.csv", 12): "parent nobody of orphan",
        ("places.csv", 13): "lies within itself",
        ("places.csv", 15): "lat 96 is outside -90 to 90",
        ("places.csv", 16): "only one of lat and lon",
        ("places.csv", 17): "place one stands twice (first in line 4)",
        ("names.csv", 3): "no place 'ghost'",
        ("judgements.csv", 2): "no place 'ghost'",
    }
    for where, text in expected.items():
        assert text in found.get(where, ""), (where, found)
