"""LP-TSV, the tabular form of Linked Places (version 0.5), out and in.

https://github.com/LinkedPasts/linked-places-format/blob/main/tsv_0.5.md. Our own columns behind the standard ones: the
columns of places.csv that the format lacks, and `names`, which holds of every name what `variants` cannot. Outlines it
cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from geo.errors import InputError
from geo.gazetteer.files import NAME_COLUMNS, PLACE_COLUMNS
from geo.interchange.entries import Entry, fclass, own_kind
from geo.tables import Row, read_table

_STANDARD = (
    "id", "title", "title_source", "fclasses", "attestation_year", "ccodes", "matches", "variants", "types",
    "parent_name", "parent_id", "lon", "lat", "approximation", "description",
)  # fmt: skip
_OWN = tuple(
    column
    for column in PLACE_COLUMNS
    if column not in ("id", "name", "kind", "lat", "lon", "parent", "country", "geonames", "wikidata", "note", "source")
)
COLUMNS = (*_STANDARD, *_OWN, "names")
_MATCHES = {"gn": "geonames", "wd": "wikidata"}
_NAMED = NAME_COLUMNS[1:]
_TAKEN = frozenset(";@|")
"""Signs that a name in `variants` cannot hold."""


def write_lptsv(entries: Iterable[Entry], year: str = "") -> str:
    """The table, tabs between the cells. year: of attestation, which the World Historical Gazetteer wants."""
    entries = list(entries)
    titles = {entry.cells["id"]: entry.cells["name"] for entry in entries}
    lines = ["\t".join(COLUMNS)]
    for entry in entries:
        row = _row(entry, titles, year)
        lines.append("\t".join(_cell(row.get(column, "")) for column in COLUMNS))
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Without quotes, as the format wants it; only one that begins with a quote must be quoted to stay what it is."""
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _row(entry: Entry, titles: dict[str, str], year: str) -> dict[str, str]:
    cells = entry.cells
    row = {
        "id": cells["id"], "title": cells["name"], "title_source": cells.get("source", ""),
        "fclasses": fclass(cells["kind"]), "attestation_year": year, "ccodes": cells.get("country", ""),
        "types": cells["kind"], "lon": cells.get("lon", ""), "lat": cells.get("lat", ""),
        "description": cells.get("note", ""), **{column: cells[column] for column in _OWN if column in cells},
    }  # fmt: skip
    row["matches"] = ";".join(f"{prefix}:{cells[c]}" for prefix, c in _MATCHES.items() if c in cells)
    if "radius_m" in cells:
        row["approximation"] = f"{float(cells['radius_m'].replace(',', '.')) / 1000:g}"
    if "parent" in cells:
        row |= {"parent_id": "#" + cells["parent"], "parent_name": titles.get(cells["parent"], cells["parent"])}
    row["variants"] = ";".join(
        f"{name['text']}@{'-'.join(filter(None, (name.get('language'), name.get('script'))))}".rstrip("@")
        for name in entry.names
        if not _TAKEN & set(name["text"])
    )
    row["names"] = ";".join("|".join(quote(name.get(c, ""), safe=_SAFE) for c in _NAMED) for name in entry.names)
    return row


_SAFE = "".join(chr(code) for code in range(32, 127) if chr(code) not in ';|%"')


def read_lptsv(path: Path, kinds: frozenset[str]) -> Iterator[Entry]:
    """The places of an LP-TSV table, ours or another's, also as a spreadsheet saved it.

    Raises MissingFileError, InputError with the line.
    """
    for row in read_table(path, ("id", "title"), (*_STANDARD[2:], *_OWN, "names")):
        yield _entry(row, kinds)


def _entry(row: Row, kinds: frozenset[str]) -> Entry:
    if not row["title"]:
        raise row.error("a place without a title")
    label = row["types"].split(";")[0] or row["fclasses"].split(";")[0]
    cells = {column: row[column] for column in _OWN}
    cells |= {
        "id": row["id"], "name": row["title"], "kind": own_kind(label, kinds) if label else "settlement",
        "lat": row["lat"], "lon": row["lon"], "country": row["ccodes"].split(";")[0].strip(),
        "note": row["description"],
        "source": row["title_source"], "parent": row["parent_id"].removeprefix("#").rstrip("/").split("/")[-1],
    }  # fmt: skip
    for match in row["matches"].split(";"):
        prefix, _, code = match.strip().partition(":")
        if prefix in _MATCHES:
            cells[_MATCHES[prefix]] = code
    if not cells.get("radius_m") and row["approximation"]:
        try:
            cells["radius_m"] = f"{float(row['approximation'].replace(',', '.')) * 1000:.0f}"
        except ValueError:
            cells["radius_m"] = ""  # an address that names a sort of vagueness, and no distance
    names = _own_names(row)
    known = {name["text"] for name in names} | {row["title"]}
    names += [name for name in _variants(row) if name["text"] not in known]
    return Entry({c: v for c, v in cells.items() if v}, tuple(names), f"{row.path}:{row.line}")


def _own_names(row: Row) -> list[dict[str, str]]:
    out = []
    for written in filter(None, row["names"].split(";")):
        parts = [unquote(part) for part in written.split("|")]
        if len(parts) != len(_NAMED):
            raise InputError(f"names: {written!r} has not the {len(_NAMED)} parts of a name", row.path, row.line)
        out.append({column: part for column, part in zip(_NAMED, parts, strict=True) if part})
    return out


def _variants(row: Row) -> Iterator[dict[str, str]]:
    for written in row["variants"].split(";"):
        text, _, tag = written.strip().partition("@")
        language, _, rest = tag.partition("-")
        script = rest.split("-")[0] if len(rest.split("-")[0]) == 4 else ""
        if text.strip():
            name = {"text": text.strip(), "language": language, "script": script, "kind": "variant"}
            yield {column: value for column, value in name.items() if value}
