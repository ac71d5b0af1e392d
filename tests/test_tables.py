"""Tables as spreadsheets save them, and changes that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from geo import pending
from geo.actors import ActorRegistry
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.tables import DayOrder, day_order, iso_day, kept_by_text, read_table

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("written", "order", "iso"),
    [
        ("2024-12-08", DayOrder.UNKNOWN, "2024-12-08"),
        ("2024-12", DayOrder.UNKNOWN, "2024-12"),
        ("2024", DayOrder.UNKNOWN, "2024"),
        ("2024/12/8", DayOrder.UNKNOWN, "2024-12-08"),
        ("2024-12-08 00:00:00", DayOrder.UNKNOWN, "2024-12-08"),
        ("8.12.2024", DayOrder.UNKNOWN, "2024-12-08"),
        ("08.12.24", DayOrder.UNKNOWN, "2024-12-08"),
        ("01.05.74", DayOrder.UNKNOWN, "1974-05-01"),
        ("13/12/2024", DayOrder.UNKNOWN, "2024-12-13"),
        ("12/13/2024", DayOrder.UNKNOWN, "2024-12-13"),
        ("05/05/2024", DayOrder.UNKNOWN, "2024-05-05"),
        ("8/12/2024", DayOrder.DAY_FIRST, "2024-12-08"),
        ("12/8/2024", DayOrder.MONTH_FIRST, "2024-12-08"),
        ("12-08-2024", DayOrder.MONTH_FIRST, "2024-12-08"),
        ("8-Dec-24", DayOrder.UNKNOWN, "2024-12-08"),
        ("8 December 2024", DayOrder.UNKNOWN, "2024-12-08"),
        ("Dec 8, 2024", DayOrder.UNKNOWN, "2024-12-08"),
    ],
)
def test_a_day_that_a_spreadsheet_wrote(written: str, order: DayOrder, iso: str) -> None:
    assert iso_day(written, order) == iso


@pytest.mark.parametrize(
    ("written", "order", "message"),
    [
        ("8/12/2024", DayOrder.UNKNOWN, "which number is the month"),
        ("8/12/2024", DayOrder.MIXED, "which number is the month"),
        ("31.02.2024", DayOrder.UNKNOWN, "no day of the calendar"),
        ("2024-13", DayOrder.UNKNOWN, "no day of the calendar"),
        ("Dec-24", DayOrder.UNKNOWN, "no date"),
        ("45634", DayOrder.UNKNOWN, "no date"),
        ("8 Sol 2024", DayOrder.UNKNOWN, "no date"),
        ("soon", DayOrder.UNKNOWN, "no date"),
    ],
)
def test_a_day_that_is_not_guessed(written: str, order: DayOrder, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        iso_day(written, order)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["8/12/2024", "13/1/2025"], DayOrder.DAY_FIRST),
        (["8/12/2024", "1/13/2025"], DayOrder.MONTH_FIRST),
        (["8/12/2024", "13.1.2025"], DayOrder.UNKNOWN),
        (["13/1/2025", "1/13/2025"], DayOrder.MIXED),
        ([], DayOrder.UNKNOWN),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_column(column: list[str], order: DayOrder) -> None:
    assert day_order(column) is order


def as_saved(raw: bytes, *, bom: bool, delimiter: str, end: str, extra: int, quoting: int, comma: bool) -> bytes:
    """What a spreadsheet makes of a CSV file that it opens and saves."""
    rows = list(csv.reader(io.StringIO(raw.decode())))
    numbers = {at for at, name in enumerate(rows[0]) if name in ("lat", "lon", "radius_m")}
    if comma:
        rows[1:] = [[c.replace(".", ",") if at in numbers else c for at, c in enumerate(row)] for row in rows[1:]]
    width = len(rows[0]) + extra
    rows = [row + [""] * (width - len(row)) for row in rows] + [[""] * width] * extra
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


@pytest.mark.parametrize(
    "form",
    [
        {"bom": True, "delimiter": ",", "end": "\r\n", "extra": 0, "quoting": csv.QUOTE_MINIMAL, "comma": False},
        {"bom": True, "delimiter": ";", "end": "\r\n", "extra": 3, "quoting": csv.QUOTE_MINIMAL, "comma": True},
        {"bom": False, "delimiter": "\t", "end": "\n", "extra": 1, "quoting": csv.QUOTE_ALL, "comma": True},
        {"bom": False, "delimiter": ",", "end": "\r", "extra": 0, "quoting": csv.QUOTE_ALL, "comma": False},
    ],
    ids=["excel", "excel of Europe", "libreoffice", "old mac"],
)
def test_a_gazetteer_saved_by_a_spreadsheet_is_the_same(gazetteer_copy: Path, form: dict[str, object]) -> None:
    before, actors = Gazetteer.load(gazetteer_copy, reference=False), ActorRegistry.load(gazetteer_copy)
    for path in gazetteer_copy.glob("*.csv"):
        path.write_bytes(as_saved(path.read_bytes(), **form))  # type: ignore[arg-type]
    after = Gazetteer.load(gazetteer_copy, reference=False)
    assert dict(after.places) == dict(before.places)
    assert all(after.names_of(place) == before.names_of(place) for place in before.places)
    assert after.stoplist == before.stoplist
    again = ActorRegistry.load(gazetteer_copy)
    assert (dict(again.actors), again.names) == (dict(actors.actors), actors.names)


def test_reformatted_days_of_names_and_actors(gazetteer_copy: Path) -> None:
    actors = ActorRegistry.load(gazetteer_copy)
    for name in ("actors.csv", "actor_names.csv"):
        rows = list(csv.reader(io.StringIO((gazetteer_copy / name).read_text("utf-8"))))
        at = [rows[0].index(column) for column in ("valid_from", "valid_to")]
        for row in rows[1:]:
            for column in at:
                if row[column]:
                    year, month, day = row[column].split("-")
                    row[column] = f"{int(day)}/{int(month)}/{year}"
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows(rows)
        (gazetteer_copy / name).write_bytes(out.getvalue().encode("utf-8-sig"))
    assert ActorRegistry.load(gazetteer_copy).names == actors.names


def test_a_change_under_way_is_read_as_made(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old\n")
    (tmp_path / "gone.csv").write_text("old\n")
    (tmp_path / "log").write_text("one\n")
    note = {"texts": [["a.csv", "new\n"], ["b.csv", "made\n"], ["gone.csv", None]], "log": "log", "size": 4}
    (tmp_path / pending.NOTE).write_text(json.dumps(note | {"line": "two\n"}))
    (tmp_path / "log").write_text("one\ntw")  # killed in the middle of the line
    (tmp_path / ".a.csv.xyz.part").write_text("half")
    names = ("a.csv", "b.csv", "gone.csv", "log", "none.csv")
    seen = [pending.content(tmp_path / name) for name in names]
    assert seen == [b"new\n", b"made\n", None, b"one\ntwo\n", None]
    assert [pending.stands(tmp_path / name) for name in names] == [True, True, False, True, False]
    pending.finish(tmp_path)
    assert [pending.content(tmp_path / name) for name in names] == seen
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "log"]


@pytest.mark.parametrize("note", ["", "{}", '{"texts": [["../x", "y"]], "log": "log", "size": 0, "line": ""}'])
def test_a_note_of_another_form_is_refused(tmp_path: Path, note: str) -> None:
    (tmp_path / pending.NOTE).write_text(note)
    with pytest.raises(InputError, match="no note of a change"):
        pending.content(tmp_path / "a.csv")


def test_a_table_of_the_same_text_is_read_once(tmp_path: Path) -> None:
    read: list[str] = []

    @kept_by_text
    def cells(path: Path, text: str) -> tuple[str, ...]:
        read.append(text)
        return tuple(row["id"] for row in read_table(path, ("id",), text=text))

    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("id\na\n")
    other.write_bytes(b"\xef\xbb\xbfid\r\na\r\n")
    assert cells(one) == cells(other) == ("a",)
    assert len(read) == 1, "a copy says the same"
    one.write_text("id\nb\n")
    assert cells(one) == ("b",)
    one.write_text("id\n,,c\n")
    for _ in range(2):
        with pytest.raises(InputError, match=r"one\.csv:2: 3 cells for 1 columns"):
            cells(one)
    for name in "xyz":
        one.write_text(f"id\n{name}\n")
        assert cells(one) == (name,)
    read.clear()
    assert cells(other) == ("a",)
    assert read == ["id\na\n"], "the oldest is forgotten"
