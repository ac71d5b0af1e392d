"""What the product is for: the reports of the five articles that it began from, on the map, with their words.

The default corpus, digests of the five, is built always; where the development corpus lies beside the repository, the
articles themselves are built as well, and the rest of it is read in. Places and sides are named by their ids, so that
nothing here leans on an article's wording.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, process
from geopy.distance import geodesic
from once import made_once

from geo.actors import ActorRegistry
from geo.claims import Claim, Kind, Status, from_json
from geo.gazetteer import Gazetteer
from geo.readers import read_corpus

DEVELOPMENT = ROOT.parent / "shared" / "corpus-dev" / "articles"
SEEDS = tuple(sorted(DEVELOPMENT.glob("seed-*.txt")))
CORPORA = {"default": (ROOT / "corpus",)} | ({"development": SEEDS} if SEEDS else {})


@dataclass(frozen=True)
class Built:
    """A build: its folder, and its claims of the five articles."""

    output: Path
    claims: tuple[Claim, ...]

    @property
    def seeds(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.article.startswith("seed-")]

    def page(self, name: str) -> dict[str, Any]:
        """The data that the script of a page draws."""
        html = (self.output / name).read_text("utf-8")
        found = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
        assert found is not None
        data: dict[str, Any] = json.loads(found[1])
        return data

    def rows(self, name: str, table: str) -> list[dict[str, Any]]:
        """One table of a page's data, its texts filled in and each place by its id."""
        data = self.page(name)
        columns, pooled = data[table]["columns"], data[table]["pooled"]
        ids = [row[0] for row in data["places"]["rows"]]
        out = []
        for row in data[table]["rows"]:
            cells = dict(zip(columns, row, strict=False))
            for column in pooled:
                if isinstance(cells.get(column), int):
                    cells[column] = data["texts"][cells[column]]
            if isinstance(cells.get("place"), int):
                cells["place"] = ids[cells["place"]]
            out.append(cells)
        return out

    def control(self, day: str) -> dict[str, dict[str, Any]]:
        """Place id -> what geojson/control say of the state on a day."""
        features = json.loads((self.output / "control.geojson").read_text("utf-8"))["features"]
        states = [feature["properties"] for feature in features]
        return {s["place_id"]: s for s in states if s["start"] <= day and (s["end"] is None or day <= s["end"])}


@pytest.fixture(scope="module", params=CORPORA)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The corpus, read by the command in a folder that holds nothing."""
    corpus = [word for path in CORPORA[request.param] for word in ("--corpus", path)]

    def make(folder: Path) -> None:
        folder.mkdir()
        done = process("build", *corpus, "--output", "out", cwd=folder)
        assert done.returncode == 0, done.stderr.decode()

    folder = made_once(tmp_path_factory, f"build-{request.param}", make)
    lines = (folder / "out" / "claims.jsonl").read_text("utf-8").splitlines()
    return Built(folder / "out", tuple(from_json(json.loads(line)) for line in lines))


@pytest.fixture(scope="module")
def actors() -> ActorRegistry:
    return ActorRegistry.load(ROOT / "gazetteer")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(ROOT / "gazetteer", reference=False)


ASSAD, AFTER_ASSAD, YPG, SDF, REBELS = (
    "syrian-government-assad", "syrian-government-post-2024", "ypg", "sdf", "syrian-rebels",
)  # fmt: skip
OPPOSITION = "bloc of hts-led-opposition"
CHANGES_TOLD = [
    # place, from, to, first and last day that the article allows
    ("aleppo-international-airport", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("nubl", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("zahraa-nubl", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("sheikh-najjar-industrial-city", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("tal-hasil", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("tal-aran", ASSAD, YPG, "2024-11-30", "2024-11-30"),
    ("qubtan-al-jabal", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("anjarah", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("urm-al-sughra", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("awijil", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("sheikh-aqil", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("kafr-basin", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("base-46", ASSAD, OPPOSITION, "2024-11-27", "2024-11-28"),
    ("sheikh-maqsoud", SDF, AFTER_ASSAD, "2026-01-01", "2026-01-13"),
    ("ashrafiyah", SDF, AFTER_ASSAD, "2026-01-01", "2026-01-13"),
]
TOLD = [pytest.param(*row, id=row[0]) for row in CHANGES_TOLD]


def is_side(actor: str | None, wanted: str, actors: ActorRegistry) -> bool:
    """Whether an actor is the wanted one, or of the wanted bloc."""
    if not wanted.startswith("bloc of "):
        return actor == wanted
    return actor is not None and actors.actor(actor).bloc == actors.actor(wanted.removeprefix("bloc of ")).bloc


@pytest.mark.parametrize(("place", "loser", "taker", "first", "last"), TOLD)
def test_the_change_is_claimed_and_shown_with_its_words(
    place: str, loser: str, taker: str, first: str, last: str, built: Built, actors: ActorRegistry
) -> None:
    told = [claim for claim in built.seeds if claim.place_id == place and claim.is_change]
    assert told, f"no seed article is read to report a change of {place}"
    claim = told[0]
    assert claim.from_actor == loser
    assert is_side(claim.to_actor, taker, actors), claim.to_actor
    assert claim.date is not None
    assert date.fromisoformat(first) <= claim.date <= date.fromisoformat(last), claim.date_basis

    page = f"maps/{claim.date}.html"
    marks = [row for row in built.rows(page, "changes") if row["place"] == place]
    assert ["yes" for row in marks if row["before"] == loser and is_side(row["after"], taker, actors)]
    behind = [
        row for row in built.rows(page, "claims") if row["place"] == place and row["publisher"] == claim.publisher
    ]
    quotes = ["".join(piece if isinstance(piece, str) else piece[0] for piece in row["quote"]) for row in behind]
    assert [quote for quote in quotes if claim.place_text in quote]
    day = json.loads((built.output / "geojson" / f"{claim.date}.geojson").read_text("utf-8"))
    assert ("change", place) in {(f["properties"]["layer"], f["properties"]["place_id"]) for f in day["features"]}


@pytest.mark.parametrize("place", ["sheikh-maqsoud", "ashrafiyah"])
def test_the_government_of_2026_is_not_the_old_one(place: str, built: Built, gazetteer: Gazetteer) -> None:
    assert built.control("2026-01-13")[place]["controller"] == AFTER_ASSAD
    spot, city = gazetteer.place(place), gazetteer.place("aleppo")
    assert "aleppo" in [above.id for above in gazetteer.ancestors(place)]
    assert spot.lat is not None
    assert spot.lon is not None
    assert geodesic((spot.lat, spot.lon), (city.lat, city.lon)).m < 5_000


def test_a_part_of_eastern_aleppo_went_from_the_rebels_to_the_government(built: Built) -> None:
    told = [
        claim
        for claim in built.seeds
        if claim.status is Status.REPORTED and claim.kind is Kind.PARTIAL_CAPTURE and claim.to_actor == ASSAD
    ]
    assert [(claim.place_id, claim.from_actor) for claim in told] == [("aleppo/eastern", REBELS)]
    assert told[0].date is not None
    assert date(2016, 11, 24) <= told[0].date <= date(2016, 12, 1)
    assert "aleppo/eastern" in [row["place"] for row in built.rows(f"maps/{told[0].date}.html", "changes")]
    control = json.loads((built.output / "control.geojson").read_text("utf-8"))["features"]
    shapes = {one["properties"]["place_id"]: one["geometry"]["type"] for one in control}
    assert "Polygon" in shapes["aleppo/eastern"]


@pytest.mark.parametrize("place", ["nubl", "zahraa-nubl"])
def test_the_regime_is_said_to_hold_nabul_and_zahra_in_june_2015(place: str, built: Built) -> None:
    told = [claim for claim in built.seeds if claim.place_id == place and claim.kind is Kind.HOLD]
    assert [claim.to_actor for claim in told if claim.article == "seed-003"] == [ASSAD]
    state = built.control("2015-06-03")[place]
    assert (state["controller"], state["condition"]) == (ASSAD, "held")
    assert (place, ASSAD) in {(row["place"], row.get("controller")) for row in built.rows("index.html", "states")}


@pytest.mark.parametrize("place", ["mosul", "raqqa", "ankara"])
def test_a_comparison_or_a_meeting_place_changes_nothing(place: str, built: Built) -> None:
    told = [claim for claim in built.seeds if claim.place_id == place]
    assert [claim.kind for claim in told if claim.status in (Status.REPORTED, Status.BACKGROUND)] == []
    ids = {claim.id for claim in told}
    states = json.loads((built.output / "control.geojson").read_text("utf-8"))["features"]
    assert not [one["id"] for one in states if ids & {*one["properties"]["claims"], *one["properties"]["conflicting"]}]


def test_what_russia_expects_changes_nothing(built: Built) -> None:
    of_city = [claim for claim in built.seeds if claim.article == "seed-001" and claim.place_id == "aleppo"]
    assert [claim.trigger for claim in of_city if claim.is_change] == []
    expected = [claim for claim in of_city if claim.status is Status.PLANNED]
    assert expected
    reasons = json.loads((built.output / "report.json").read_text("utf-8"))["unmapped"]
    listed = {(one["article"], one["reason"]) for one in reasons}
    assert ("seed-001", "planned") in listed


def test_every_article_is_read_and_every_claim_is_somewhere(built: Built) -> None:
    report = json.loads((built.output / "report.json").read_text("utf-8"))
    assert report["articles"] == 5
    assert [one["reason"] for one in report["problems"]] == []
    assert report["candidates"] == report["on_map"] + report["not_on_map"]
    assert len({claim.id for claim in built.claims}) == len(built.claims) == report["claims"]


@pytest.mark.parametrize("corpus", [DEVELOPMENT] if SEEDS else [ROOT / "corpus"], ids=lambda path: path.parent.name)
def test_every_article_of_a_corpus_is_read(corpus: Path) -> None:
    articles, problems = read_corpus([corpus])
    files = {path.stem for path in corpus.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README"}
    assert {article.id for article in articles} == files
    assert [problem for problem in problems if problem.skipped] == []
    assert all(article.published for article in articles)


def test_every_day_with_a_change_has_its_page_and_the_index_has_them_all(built: Built) -> None:
    days = [day for day, _ in built.page("index.html")["dates"]]
    assert days == sorted(path.stem for path in (built.output / "maps").glob("*.html"))
    assert days == sorted(path.stem for path in (built.output / "geojson").glob("*.geojson"))
    assert {"2016-12-01", "2024-11-27", "2024-11-30"} <= set(days)
