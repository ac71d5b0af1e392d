"""The gazetteer: what is read from its tables, what is refused, and what a spelling may mean."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.errors import InputError, MissingFileError, NotFoundError
from geo.gazetteer import Gazetteer, Match, towns

DISTRICT = Path(__file__).parent / "data/district"
HEADER = "id,name,kind,lat,lon,radius_m,parent,country,population,pcode,geonames,wikidata,source,note\n"
ROW = "nubl,Nubl,settlement,36.3759,36.9965,2500,,SY,,,,,,\n"


@pytest.fixture(scope="module")
def district() -> Gazetteer:
    return Gazetteer.load(DISTRICT, reference=False)


def folder(tmp_path: Path, places: str | bytes, **others: str) -> Path:
    (tmp_path / "places.csv").write_bytes(places if isinstance(places, bytes) else places.encode())
    for name, text in others.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_places_names_and_ancestors(district: Gazetteer) -> None:
    assert district.place("nubl").population == 21000
    assert district.place("lost-farm").lat is None
    assert not district.place("lost-farm").has_point
    assert [place.id for place in district.ancestors("sheikh-maqsoud")] == ["aleppo", "aleppo-governorate", "syria"]
    assert [place.id for place in district.children("aleppo")] == [
        "aleppo-international-airport",
        "sheikh-maqsoud",
        "zahraa-aleppo",
    ]
    assert [name.text for name in district.names_of("aleppo")] == ["Aleppo", "حلب", "Halab"]
    assert district.name_in("aleppo", "ar") == "حلب"
    assert district.name_in("aleppo", "ku") is None
    assert district.names_of("syria")[0].language == "en"


@pytest.mark.parametrize("what", ["place", "names_of", "ancestors"])
def test_an_unknown_id_is_not_found(district: Gazetteer, what: str) -> None:
    with pytest.raises(NotFoundError, match="atlantis"):
        getattr(district, what)("atlantis")


@pytest.mark.parametrize(
    ("text", "place", "match"),
    [
        ("Nubl", "nubl", Match.EXACT),
        ("نبل", "nubl", Match.EXACT),
        ("NUBL", "nubl", Match.FOLDED),
        ("al-Nubl", "nubl", Match.FOLDED),
        ("Bab", None, None),
        ("al Bab", "al-bab", Match.FOLDED),
        ("Nubbol", "nubl", Match.ROMANISED),
        ("Menbidj", "manbij", Match.ROMANISED),
        ("Qebtan al Jabal", "qubtan-al-jabal", Match.ROMANISED),
        ("Little Orm", "urm-al-sughra", Match.ROMANISED),
        ("Tadmur", "palmyra", Match.EXACT),
        ("Palmira", "palmyra", Match.ROMANISED),
        ("Palmyrah", "palmyra", Match.ROMANISED),
        ("Sarraqibe", "saraqib", Match.FUZZY),
        ("Kyoto", None, None),
        ("", None, None),
        ("...", None, None),
    ],
)
def test_lookup(district: Gazetteer, text: str, place: str | None, match: Match | None) -> None:
    found = district.lookup(text)
    if place is None:
        assert found == []
    else:
        assert (found[0].place.id, found[0].match) == (place, match), found
        assert found[0].because


def test_namesakes_are_all_offered_and_towns_come_before_quarters(district: Gazetteer) -> None:
    assert [c.place.id for c in district.lookup("Zahraa")] == ["zahraa-nubl", "zahraa-aleppo"]
    assert {c.place.id for c in district.lookup("Ziyarah")} == {"ziyarah-palmyra", "ziyarah-nubl"}


def test_scan_names_hold_every_surface_of_the_workspace(district: Gazetteer) -> None:
    surfaces = district.scan_names()
    assert surfaces["al-bab"] == surfaces["al bab"] == ("al-bab",)
    assert "bab" not in surfaces, "the stoplist says that the word alone is no place"
    assert surfaces["zahraa"] == ("zahraa-nubl", "zahraa-aleppo")
    assert surfaces["حلب"] == ("aleppo",)


@pytest.mark.parametrize(
    ("folded", "needed"),
    [
        ("zahraa", True),
        ("tell", True),
        ("upper", True),
        ("urm", True),
        ("nubl", False),
        ("aleppo", False),
        ("نبل", False),
    ],
)
def test_needs_evidence(district: Gazetteer, folded: str, needed: bool) -> None:
    assert district.needs_evidence(folded) is needed


@pytest.mark.parametrize(
    "places",
    [
        HEADER + ROW,
        "\ufeff" + HEADER + ROW,
        (HEADER + ROW).replace("\n", "\r\n"),
        (HEADER + ROW).replace(",", ";"),
        (HEADER + ROW).replace(",", ";").replace("36.3759", "36,3759"),
        (HEADER + ROW).replace(",", "\t"),
        (HEADER + ROW + "\n,,,,,,,,,,,,,\n"),
        "name,id,kind,lat,lon,country,radius_m\nNubl,nubl,settlement,36.3759,36.9965,sy,2500\n",
    ],
    ids=["plain", "byte order mark", "CRLF", "semicolons", "decimal comma", "tabs", "blank rows", "few columns"],
)
def test_tables_as_spreadsheets_save_them(tmp_path: Path, places: str) -> None:
    found = Gazetteer.load(folder(tmp_path, places), reference=False).place("nubl")
    assert (found.lat, found.lon, found.radius_m, found.country) == (36.3759, 36.9965, 2500.0, "SY")


def row(**cells: str) -> str:
    known = dict(zip(HEADER.strip().split(","), ROW.strip().split(","), strict=True))
    return HEADER + ",".join((known | cells).values()) + "\n"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (row(lat="abc"), r"places\.csv:2: lat 'abc' is no number"),
        (row(lat="91"), r":2: lat 91 is outside -90 to 90"),
        (row(lat="nan"), r"outside"),
        (row(lat=""), r"only one of lat and lon"),
        (row(radius_m="-1"), r"radius_m -1"),
        (row(id="Nubl Town"), r"id 'Nubl Town': use small letters"),
        (row(id="a/b"), r"id 'a/b'"),
        (row(name=""), r"has no name"),
        (
            HEADER.replace("radius_m", "certainty") + ROW.replace(",2500,", ",sure,"),
            r"certainty 'sure' of nubl: one of",
        ),
        (row(kind="big town!"), r"kind"),
        (row(country="Syria"), r"two letters"),
        (row(parent="atlantis"), r"parent atlantis"),
        (row(parent="nubl"), r"lies within itself"),
        (HEADER + ROW + ROW, r":3: place nubl stands twice \(first in line 2\)"),
        (HEADER + ROW.strip() + ",more\n", r"15 cells for 14 columns"),
        (HEADER + 'nubl,"Nubl,settlement\n', r"cannot be read as CSV"),
        ("id,name\nnubl,Nubl\n", r"places\.csv:1: no column kind, lat, lon"),
        (HEADER.replace("note", "id") + ROW, r"stands twice in the header"),
        ("", r"is empty"),
        ((HEADER + ROW).encode("utf-16"), r"UTF-16"),
        (HEADER.encode() + b"nubl,N\xfcbl,settlement\n", r":2: is not UTF-8"),
        (HEADER.encode() + b"nubl,N\x00bl,settlement\n", r"NUL"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_file_line_and_what_to_do(
    tmp_path: Path, places: str | bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        Gazetteer.load(folder(tmp_path, places), reference=False)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"names": "place,text\natlantis,Atlantis\n"}, r"names\.csv:2: no place 'atlantis'"),
        ({"names": "place,text\nnubl,\n"}, r"empty name"),
        ({"names": "place,text,kind\nnubl,Nubbol,nickname\n"}, r"kind 'nickname'"),
        ({"names": "place,text,valid_from\nnubl,Nubbol,last year\n"}, r"is no date"),
        ({"stoplist": "text,rule\nBab,sometimes\n"}, r"stoplist\.csv:2: rule 'sometimes'"),
        ({"stoplist": "text,rule\n,never\n"}, r"empty text"),
    ],
)
def test_names_and_stoplist_are_checked_too(tmp_path: Path, others: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Gazetteer.load(folder(tmp_path, HEADER + ROW, **others), reference=False)


def test_a_ring_of_parents_is_refused(tmp_path: Path) -> None:
    ring = HEADER + ROW.replace(",,SY", ",b,SY") + "b,B,district,,,,nubl,SY,,,,,,\n"
    with pytest.raises(InputError, match="lies within itself by way of"):
        Gazetteer.load(folder(tmp_path, ring), reference=False)


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="controlmap init"):
        Gazetteer.load(tmp_path / "nowhere", reference=False)


def test_names_and_stoplist_may_be_missing(tmp_path: Path) -> None:
    assert Gazetteer.load(folder(tmp_path, HEADER + ROW), reference=False).stoplist == frozenset()


def test_the_index_of_the_same_names_is_made_once(tmp_path: Path, district: Gazetteer) -> None:
    again = Gazetteer.load(DISTRICT, reference=False)
    assert again._index is district._index
    other = Gazetteer.load(folder(tmp_path, HEADER + ROW), reference=False)
    assert other._index is not district._index
    assert [found.place.id for found in other.lookup("Nubl")] == ["nubl"]
    assert other.lookup("Aleppo") == []


def test_a_letter_more_fewer_or_other_is_offered(district: Gazetteer) -> None:
    for text in ("Palmbyra", "Palmra", "Palmyga"):
        (hit,) = district._index.misspelt(text)
        assert (hit.place, hit.because) == ("palmyra", "one letter from Palmyra")
    assert district._index.misspelt("Palbmygra") == []


def test_the_database_of_towns_is_made_by_one_of_those_who_want_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def fill(path: Path) -> None:
        made.append(path)
        time.sleep(0.2)
        path.write_bytes(b"whole")

    monkeypatch.setattr(towns, "_fill", fill)
    with ThreadPoolExecutor(4) as threads:
        paths = set(threads.map(lambda _: towns.database_path(tmp_path / "cache"), range(4)))
    assert len(made) == 1
    (path,) = paths
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_cache_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(towns, "_fill", lambda path: path.write_bytes(b"whole"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "other"))
    (tmp_path / "other").mkdir()
    path = towns.database_path(tmp_path / "file" / "cache")
    assert path.is_relative_to(tmp_path / "other")
    assert path.read_bytes() == b"whole"
