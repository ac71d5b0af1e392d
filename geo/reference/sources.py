"""Sources of reference layers: which form a file has, and its places one after the other.

Forms: `geonames` (a country dump, with its table of alternate names), `table` (CSV, TSV, XLSX or ODS with a
header: OCHA / HDX P-code tables, LP-TSV, anything with a column mapping), `geojson` (OpenStreetMap extracts,
Linked Places Format, also one feature a line). Rows stream; only GeoJSON in one piece and sheets are held whole.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import InputError, MissingFileError
from geo.names.latin import rows as data_rows
from geo.reference.rows import ReferenceRow, Skipped, make, split_names

FORMS = ("geonames", "table", "geojson")
_GEONAMES = (
    "id", "name", "asciiname", "names", "lat", "lon", "fclass", "kind", "country", "cc2", "admin1", "admin2", "admin3",
    "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip
_SHEETS = (".xlsx", ".ods")
_NOT_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "piny", "abbr", "tcid"})
_FIELD_LIMIT = 4_000_000  # characters of one cell; a GeoNames capital has some 5,000


def read_rows(
    path: Path,
    skipped: Skipped,
    *,
    form: str | None = None,
    columns: Mapping[str, str] | None = None,
    alternates: Path | None = None,
    country: str = "",
) -> Iterator[ReferenceRow]:
    """The places of one file. columns: field -> column of the file, over what is found by itself.

    alternates: GeoNames' table of alternate names. country: two letters, for rows that give none.
    Raises MissingFileError, InputError.
    """
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file")
    form = form or detect(path)
    if form == "geonames":
        return _geonames(path, skipped, _alternates(alternates) if alternates else {}, country)
    if form == "geojson":
        return _geojson(path, skipped, country)
    return _table(path, skipped, dict(columns or {}), country)


def detect(path: Path) -> str:
    """The form of a file, by its ending and its first line. Raises InputError."""
    ending = path.suffix.lower()
    if ending in (".geojson", ".json", ".geojsonl", ".jsonl", ".ndjson"):
        return "geojson"
    if ending in _SHEETS:
        return "table"
    first = _first_line(path)
    if first.lstrip().startswith("{"):
        return "geojson"
    if first.count("\t") == len(_GEONAMES) - 1 and first.split("\t")[0].isdigit():
        return "geonames"
    if any(sign in first for sign in ",;\t"):
        return "table"
    raise InputError(f"is in no form known here; say which with --form ({', '.join(FORMS)})", path)


def _first_line(path: Path) -> str:
    with path.open("rb") as file:
        return file.readline(1_000_000).decode("utf-8-sig", "replace").rstrip("\r\n")


def _geonames(
    path: Path, skipped: Skipped, alternates: Mapping[str, list[str]], country: str
) -> Iterator[ReferenceRow]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            values = line.rstrip("\r\n").split("\t")
            where = f"{path}:{number}"
            if len(values) != len(_GEONAMES):
                skipped.add(f"not {len(_GEONAMES)} columns", where)
                continue
            cells = dict(zip(_GEONAMES, values, strict=True))
            cells["geonames"] = cells["id"]
            names = [cells["asciiname"], *cells["names"].split(","), *alternates.get(cells["id"], ())]
            made = make(cells, names, country, _why(skipped, where))
            if made is not None:
                yield made


def _alternates(path: Path) -> dict[str, list[str]]:
    """GeoNames' alternateNames: id of the place -> spellings, without links, codes and the like."""
    if not path.is_file():
        raise MissingFileError(f"{path}: no such file")
    out: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, 1):
            values = line.rstrip("\r\n").split("\t")
            if len(values) < 4:
                raise InputError("has too few columns for a table of alternate names", path, number)
            if values[2] not in _NOT_NAMES:
                out[values[1]].append(values[3])
    return out


@lru_cache(maxsize=1)
def _known_columns() -> dict[str, tuple[str, ...]]:
    return {row["field"]: tuple(row["columns"].split()) for row in data_rows("reference_columns.csv")}


def _table(path: Path, skipped: Skipped, given: Mapping[str, str], country: str) -> Iterator[ReferenceRow]:
    header, lines = _sheet(path) if path.suffix.lower() in _SHEETS else _delimited(path)
    fields = _fields(path, header, given)
    spelt = [(field, at) for field, at in fields.items() if field.split("_")[0] == "names"]
    single = [(field, at) for field, at in fields.items() if field.split("_")[0] != "names"]
    extra = [at for at, column in enumerate(header) if _is_alternate(column) and at not in fields.values()]
    for number, values in lines:
        where = f"{path}:{number}"
        if not any(values):
            continue
        values += [""] * (len(header) - len(values))
        cells = {field: values[at] for field, at in single}
        names = [name for _, at in spelt for name in split_names(values[at])] + [values[at] for at in extra]
        made = make(cells, names, country, _why(skipped, where))
        if made is not None:
            yield made


def _is_alternate(column: str) -> bool:
    """Columns that hold one further spelling each: "ADM4_ALT1EN", "admin3AltName1_ar", "name:fr"."""
    plain = column.casefold()
    return "alt" in plain and "altitude" not in plain or plain.startswith("name:")


def _fields(path: Path, header: list[str], given: Mapping[str, str]) -> dict[str, int]:
    """Field -> number of its column. Raises InputError where a field that must be there has none."""
    at = {column.strip().casefold(): number for number, column in reversed(list(enumerate(header)))}
    fields: dict[str, int] = {}
    for field, spellings in _known_columns().items():
        found = next((at[column] for column in spellings if column in at), None)
        if found is not None:
            fields[field] = found
    for field, column in given.items():
        if field not in _known_columns():
            raise InputError(f"there is no field {field!r}; the fields are {', '.join(_known_columns())}", path)
        if column.strip().casefold() not in at:
            raise InputError(f"has no column {column!r}; its columns are {', '.join(header)}", path, 1)
        fields[field] = at[column.strip().casefold()]
    for needed in ("name", "lat", "lon"):
        if needed not in fields:
            raise InputError(
                f"no column for {needed} was found in {', '.join(header)}; give --map {needed}=COLUMN", path, 1
            )
    if "id" not in fields:
        raise InputError(f"no column for an id was found in {', '.join(header)}; give --map id=COLUMN", path, 1)
    return fields


def _delimited(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    first = _first_line(path)
    sign = max("\t,;", key=first.count)
    csv.field_size_limit(_FIELD_LIMIT)
    header = next(csv.reader([first], delimiter=sign))
    return header, _lines(path, sign)


def _lines(path: Path, sign: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=sign, quoting=csv.QUOTE_MINIMAL)
        try:
            for values in itertools.islice(reader, 1, None):
                yield reader.line_num, values
        except csv.Error as error:
            raise InputError(f"cannot be read as a table: {error}", path, reader.line_num) from error


def _sheet(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The first sheet of a workbook whose header names a position, else the first."""
    import pyogrio

    try:
        sheets = [str(name) for name, _ in pyogrio.list_layers(path)]
        tables = [pyogrio.read_dataframe(path, layer=name, HEADERS="FORCE") for name in sheets]
    except Exception as error:  # a workbook is somebody else's format: whatever is wrong with it is the file's fault
        raise InputError(f"cannot be read as a workbook: {str(error).splitlines()[0]}", path) from error
    if not tables:
        raise InputError("has no sheet", path)
    latitudes = set(_known_columns()["lat"])
    table = next((t for t in tables if latitudes & {str(c).casefold() for c in t.columns}), tables[0])
    header = [str(column) for column in table.columns]
    return header, (
        (number, [_cell(value) for value in row]) for number, row in enumerate(table.to_numpy().tolist(), 2)
    )


def _cell(value: Any) -> str:
    if value is None or value != value:  # NaN
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _geojson(path: Path, skipped: Skipped, country: str) -> Iterator[ReferenceRow]:
    for number, feature in enumerate(_features(path), 1):
        where = f"{path}, feature {number}"
        properties = feature.get("properties") or {}
        spot = _spot(feature.get("geometry"))
        if spot is None:
            skipped.add("no position, or one that is not in degrees", where)
            continue
        cells, names = _tags(feature, properties)
        cells |= {"lon": str(spot[0]), "lat": str(spot[1])}
        made = make(cells, names, country, _why(skipped, where))
        if made is not None:
            yield made


def _features(path: Path) -> Iterator[dict[str, Any]]:
    first = _first_line(path).lstrip("\x1e")
    try:
        whole = json.loads(first)
        by_line = isinstance(whole, dict) and whole.get("type") == "Feature"
    except ValueError:
        by_line = False
    try:
        if by_line:
            with path.open(encoding="utf-8-sig") as file:
                for line in file:
                    if line.strip("\x1e \r\n"):
                        yield json.loads(line.strip("\x1e \r\n"))
            return
        data = json.loads(path.read_text("utf-8-sig"))
        features = data["features"]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise InputError(f"is no GeoJSON collection of features: {error}", path) from error
    yield from features


def _tags(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The cells and spellings of a feature: OpenStreetMap tags, or the names and types of Linked Places."""
    text = {
        str(key).casefold(): str(value) for key, value in properties.items() if isinstance(value, str | int | float)
    }
    cells = {
        field: next((text[column] for column in columns if text.get(column)), "")
        for field, columns in _known_columns().items()
    }
    cells["id"] = str(feature.get("@id") or feature.get("id") or cells["id"])
    if not cells["kind"]:
        cells["kind"] = next((key for key in ("military", "dam") if text.get(key)), text.get("aeroway", ""))
    names = [
        value for key, value in text.items() if key.startswith(("name:", "name_", "int_name", "old_name", "official"))
    ]
    for key in ("alt_name", "old_name", "names", "alt_names"):
        names += split_names(text.get(key, ""))
    names += [
        str(name["toponym"]) for name in feature.get("names") or () if isinstance(name, dict) and "toponym" in name
    ]
    english = text.get("name:en") or text.get("int_name")
    if english:
        names.append(cells["name"])
        cells["name"] = english
    types = feature.get("types") or ()
    if types and isinstance(types[0], dict):
        cells["kind"] = str(types[0].get("label") or types[0].get("sourceLabel") or cells["kind"])
    codes = properties.get("ccodes")
    if isinstance(codes, list) and codes:
        cells["country"] = str(codes[0])
    return cells, names


def _spot(geometry: Any) -> tuple[float, float] | None:
    """(lon, lat) of a point, or a point inside another geometry."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    if not isinstance(geometry, dict):
        return None
    try:
        found = shape(geometry)
        if found.is_empty:
            return None
        inside = found if found.geom_type == "Point" else found.representative_point()
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None
    return float(inside.x), float(inside.y)


def _why(skipped: Skipped, where: str) -> Any:
    return lambda reason: skipped.add(reason, where)
