"""Linked Places Format (GeoJSON with names, types, relations and links; version 1.3), out and in.

https://github.com/LinkedPasts/linked-places-format. Our own members beside the standard ones: of a name `script` and
`kind`, of the properties the columns of places.csv that the format has no place for. A place with an outline of its own
has both, point and outline, in a GeometryCollection.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geo.errors import InputError, MissingFileError
from geo.gazetteer.files import CERTAINTIES, NAME_KINDS, PLACE_COLUMNS
from geo.gazetteer.outlines import TYPES, shape_of
from geo.interchange.entries import Entry, fclass, own_kind
from geo.points import degrees, metres

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places-format/main/linkedplaces-context-v1.1.jsonld"
URN = "urn:controlmap:place:"
_PLACED = frozenset("id name kind lat lon radius_m certainty parent country geonames wikidata note source".split())
"""Columns that have a member of their own in the format."""
_LINKS = {"gn": "geonames", "wd": "wikidata"}
_ADDRESSES = (
    (re.compile(r"https?://(?:www\.)?(?:sws\.)?geonames\.org/(\d+)"), "geonames"),
    (re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)"), "wikidata"),
)


def write_lpf(entries: Iterable[Entry]) -> str:
    """A FeatureCollection, one feature a line. A place without position has the geometry null."""
    entries = list(entries)
    titles = {entry.cells["id"]: entry.cells["name"] for entry in entries}
    features = ",\n".join(json.dumps(_feature(entry, titles), ensure_ascii=False) for entry in entries)
    return f'{{"type": "FeatureCollection", "@context": "{CONTEXT}", "features": [\n{features}\n]}}\n'


def _feature(entry: Entry, titles: Mapping[str, str]) -> dict[str, Any]:
    cells = entry.cells
    properties: dict[str, Any] = {"title": cells["name"]}
    if "country" in cells:
        properties["ccodes"] = [cells["country"]]
    properties["fclasses"] = [fclass(cells["kind"])]
    properties |= {column: cells[column] for column in PLACE_COLUMNS if column in cells and column not in _PLACED}
    title: dict[str, Any] = {"toponym": cells["name"], "kind": "title"}
    if "source" in cells:
        title["citations"] = [{"label": cells["source"]}]
    feature: dict[str, Any] = {
        "@id": URN + cells["id"], "type": "Feature", "properties": properties,
        "names": [title, *(_name(name) for name in entry.names)],
        "types": [{"label": cells["kind"], "sourceLabels": [{"label": cells["kind"], "lang": "en"}]}],
        "geometry": _geometry(cells, entry.outline),
    }  # fmt: skip
    if feature["geometry"] is None:
        properties |= {column: cells[column] for column in ("radius_m", "certainty") if column in cells}
    links = [f"{prefix}:{cells[column]}" for prefix, column in _LINKS.items() if column in cells]
    if links:
        feature["links"] = [{"type": "closeMatch", "identifier": link} for link in links]
    if "parent" in cells:
        label = f"part of {titles.get(cells['parent'], cells['parent'])}"
        feature["relations"] = [
            {"relationType": "gvp:broaderPartitive", "relationTo": URN + cells["parent"], "label": label}
        ]
    if "note" in cells:
        feature["descriptions"] = [{"value": cells["note"], "lang": "en"}]
    return feature


def _name(name: Mapping[str, str]) -> dict[str, Any]:
    out: dict[str, Any] = {"toponym": name["text"]}
    if "language" in name:
        out["lang"] = name["language"]
    if "script" in name:
        out["script"] = name["script"]
    out["kind"] = name.get("kind", "variant")
    if "source" in name:
        out["citations"] = [{"label": name["source"]}]
    span = {edge: {"in": name[c]} for edge, c in (("start", "valid_from"), ("end", "valid_to")) if c in name}
    if span:
        out["when"] = {"timespans": [span]}
    return out


def _geometry(cells: Mapping[str, str], outline: tuple[Mapping[str, Any], str] | None) -> dict[str, Any] | None:
    if "lat" not in cells:
        return None
    lon, lat = (float(cells[column].replace(",", ".")) for column in ("lon", "lat"))
    out: dict[str, Any] = {"type": "Point", "coordinates": [lon, lat]}
    if "radius_m" in cells:
        tolerance = float(cells["radius_m"].replace(",", ".")) / 1000
        out["approximation"] = {"type": "gvp:approximateLocation", "tolerance": tolerance, "unit": "km"}
    if "certainty" in cells:
        out["certainty"] = cells["certainty"]
    if outline is None:
        return out
    drawn = {member: outline[0][member] for member in ("type", "coordinates")}
    if outline[1]:
        drawn["citations"] = [{"label": outline[1]}]
    return {"type": "GeometryCollection", "geometries": [out, drawn]}


def read_lpf(path: Path, kinds: frozenset[str]) -> Iterator[Entry]:
    """The places of a FeatureCollection, ours or another's. kinds: those that a place may have here.

    Raises MissingFileError, InputError.
    """
    try:
        data = json.loads(path.read_text("utf-8-sig"))
        features = data["features"]
        if not isinstance(features, list):
            raise TypeError("features is no list")
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file") from None
    except (OSError, ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise InputError(f"is no GeoJSON collection of features: {error}", path) from error
    for number, feature in enumerate(features, 1):
        where = f"{path}, feature {number}"
        try:
            yield _entry(feature, where, kinds)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"is no feature of Linked Places: {error!r}", where) from error


def _entry(feature: Mapping[str, Any], where: str, kinds: frozenset[str]) -> Entry:
    properties = feature.get("properties") or {}
    title = str(properties.get("title") or feature["names"][0]["toponym"])
    cells = {column: str(properties[column]) for column in PLACE_COLUMNS if properties.get(column) not in (None, "")}
    cells |= {"name": title, "kind": _kind(feature, properties, kinds)}
    own = str(feature.get("@id") or properties.get("id") or "")
    if own:
        cells["id"] = _local(own)
    codes = properties.get("ccodes") or []
    if codes:
        cells["country"] = str(codes[0])
    cells |= _position(feature.get("geometry")) | _links(feature.get("links") or ())
    for relation in feature.get("relations") or ():
        if re.sub(r"[^a-z]", "", str(relation.get("relationType")).casefold()).endswith("broaderpartitive"):
            cells["parent"] = _local(str(relation["relationTo"]))
            break
    notes = [str(one["value"]) for one in feature.get("descriptions") or () if one.get("value")]
    if notes:
        cells["note"] = " ".join(" ".join(notes).split())
    names = []
    for name in feature.get("names") or ():
        source = str(name["citations"][0].get("label", "")) if name.get("citations") else ""
        if name.get("kind") == "title" or (str(name["toponym"]) == title and "kind" not in name):
            if source:
                cells["source"] = source
            if name.get("kind") == "title" or not name.get("lang"):
                continue
        names.append(_read_name(name, source))
    return Entry(cells, tuple(names), where, _outline(feature.get("geometry"), where))


def _kind(feature: Mapping[str, Any], properties: Mapping[str, Any], kinds: frozenset[str]) -> str:
    labels: list[str] = []
    for one in feature.get("types") or ():
        labels += [str(label["label"]) for label in one.get("sourceLabels") or () if label.get("label")]
        labels += [str(one[key]) for key in ("label", "sourceLabel") if one.get(key)]
    labels += [str(letter) for letter in properties.get("fclasses") or ()]
    return own_kind(labels[0], kinds) if labels else "settlement"


def _position(geometry: Any) -> dict[str, str]:
    """lat, lon and radius_m of a point, or of a point inside another geometry; of a collection, the first point's."""
    if not geometry or geometry.get("geometries") == ["null"]:
        return {}
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    if geometry["type"] == "GeometryCollection":
        members = geometry["geometries"]
        geometry = next((one for one in members if one.get("type") == "Point"), members[0])
    try:
        found = shape(geometry)
    except ShapelyError as error:
        raise ValueError(str(error)) from error
    if found.is_empty:
        return {}
    inside = found if found.geom_type == "Point" else found.representative_point()
    cells = {"lat": degrees(inside.y), "lon": degrees(inside.x)}
    tolerance = (geometry.get("approximation") or {}).get("tolerance")
    if tolerance:
        cells["radius_m"] = metres(float(tolerance) * 1000)
    if geometry.get("certainty") in CERTAINTIES:
        cells["certainty"] = str(geometry["certainty"])
    return cells


def _outline(geometry: Any, where: str) -> tuple[dict[str, Any], str] | None:
    """The only polygon of a geometry, and its source; of several (at different times, say) none is the outline."""
    found = geometry.get("geometries") if geometry and geometry.get("type") == "GeometryCollection" else [geometry]
    drawn = [one for one in found or () if isinstance(one, dict) and one.get("type") in TYPES]
    if len(drawn) != 1 or not drawn[0].get("coordinates"):
        return None
    try:
        shape_of(drawn[0])
    except InputError as error:
        raise InputError(str(error), where) from None
    cited = (drawn[0].get("citations") or [{}])[0]
    return {"type": drawn[0]["type"], "coordinates": drawn[0]["coordinates"]}, str(cited.get("label") or "")


def _links(links: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for link in links:
        identifier = str(link.get("identifier", ""))
        prefix, _, code = identifier.partition(":")
        if prefix in _LINKS:
            out.setdefault(_LINKS[prefix], code)
        for pattern, column in _ADDRESSES:
            if found := pattern.match(identifier):
                out.setdefault(column, found[1])
    return out


def _read_name(name: Mapping[str, Any], source: str) -> dict[str, str]:
    language, _, script = str(name.get("lang") or "").partition("-")
    out = {"text": str(name["toponym"]), "language": language, "source": source}
    out["script"] = str(name.get("script") or (script if len(script) == 4 else ""))
    out["kind"] = str(name["kind"]) if name.get("kind") in NAME_KINDS else "variant"
    spans = (name.get("when") or {}).get("timespans") or [{}]
    for edge, column in (("start", "valid_from"), ("end", "valid_to")):
        at = spans[0].get(edge) or {}
        out[column] = (
            str(at.get("in") or at.get("earliest") or at.get("latest") or "") if isinstance(at, dict) else str(at)
        )
    return {column: value for column, value in out.items() if value}


def _local(identifier: str) -> str:
    """Our own id in an identifier of ours; of another's the last part of the address."""
    if identifier.startswith(URN):
        return identifier.removeprefix(URN)
    return re.split(r"[/#:]", identifier.rstrip("/"))[-1]
