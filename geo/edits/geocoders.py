"""Geocoders of the net, asked only on request: a name goes out, proposals for rows of places.csv come back.

geopy's Nominatim, Photon and GeoNames, slowed to what their operators ask for, under our own name. What they answer is
somebody else's word: it is proposed with its source and never written by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from geo import __version__, names
from geo.edits.names import script_of
from geo.edits.places import slug
from geo.errors import ControlmapError, InputError
from geo.gazetteer import AREAS, Gazetteer, Place
from geo.interchange.entries import own_kind
from geo.points import degrees, distance_m

USER_AGENT = f"controlmap/{__version__} (gazetteer editor; one request a second)"
PAUSE_S = 1.0
"""Between two requests: the usage policy of Nominatim's operators; those of the others allow it too."""
TIMEOUT_S = 15.0
NEAR_M = 5_000.0
"""A place of our own within this distance is named beside a proposal: it may be the same."""
_RADIUS = (200.0, 100_000.0)
_BOUNDS = {"state": "governorate", "county": "district", "district": "district", "adminName1": "governorate"}


class Service(StrEnum):
    """Which geocoder is asked."""

    NOMINATIM = "nominatim"
    PHOTON = "photon"
    GEONAMES = "geonames"


class LookupFailedError(ControlmapError, OSError):
    """The service gave no answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal. cells: of places.csv. near: the nearest place of our own and how far it is, in metres."""

    cells: Mapping[str, str]
    aliases: tuple[str, ...]
    near: tuple[Place, float] | None
    because: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask and how. server: another host of the service, as an address. username: GeoNames wants one."""

    service: Service = Service.NOMINATIM
    server: str = ""
    username: str = ""
    country: str = ""
    limit: int = 5


def look_up(asked: Asked, wanted: Sequence[str], gazetteer: Gazetteer, kinds: frozenset[str]) -> Iterator[Found]:
    """Proposals for each name, the service's order. Raises InputError, LookupFailedError in one line."""
    from geopy.exc import GeopyError
    from geopy.extra.rate_limiter import RateLimiter

    ask, host = _geocoder(asked)
    slowly = RateLimiter(
        ask, min_delay_seconds=PAUSE_S, max_retries=1, error_wait_seconds=2 * PAUSE_S, swallow_exceptions=False
    )
    for text in wanted:
        try:
            answers = slowly(text) or []
        except (GeopyError, OSError, ValueError) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise LookupFailedError(f"{asked.service} at {host} gave no answer for {text!r}: {reason[:200]}") from error
        for answer in list(answers)[: asked.limit]:
            found = _found(asked.service, answer, gazetteer, kinds)
            if found is not None:
                yield found


def _geocoder(asked: Asked) -> tuple[Callable[[str], Any], str]:
    """A function of the name, and the host that it asks."""
    from geopy.geocoders import GeoNames, Nominatim, Photon

    how: dict[str, Any] = {"user_agent": USER_AGENT, "timeout": TIMEOUT_S}
    if asked.server:
        address = urlsplit(asked.server if "//" in asked.server else f"https://{asked.server}")
        if address.scheme not in ("http", "https") or not address.netloc:
            raise InputError(f"--server {asked.server!r} is no address; write it as https://nominatim.example.org")
        how |= {"scheme": address.scheme, "domain": address.netloc + address.path.rstrip("/")}
    country = asked.country.upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise InputError(f"--country {asked.country!r}: give the two letters of ISO 3166, as in SY")
    if asked.service is Service.GEONAMES:
        if not asked.username:
            raise InputError("GeoNames wants a user's name: --username, or CONTROLMAP_GEONAMES_USER in the environment")
        names_of = GeoNames(asked.username, **how)
        return (lambda text: names_of.geocode(text, exactly_one=False, country=country or None)), _host(names_of.api)
    if asked.service is Service.PHOTON:
        photon = Photon(**how)
        return (lambda text: photon.geocode(text, exactly_one=False, limit=asked.limit, language="en")), _host(
            photon.api
        )
    nominatim = Nominatim(**how)
    return (
        lambda text: nominatim.geocode(
            text, exactly_one=False, limit=asked.limit, language="en", addressdetails=True, namedetails=True,
            country_codes=country.lower() or None,
        )
    ), _host(nominatim.api)  # fmt: skip


def _host(api: str) -> str:
    return urlsplit(api).netloc


def _found(service: Service, answer: Any, gazetteer: Gazetteer, kinds: frozenset[str]) -> Found | None:
    raw = answer.raw if isinstance(answer.raw, dict) else {}
    read = {Service.NOMINATIM: _nominatim, Service.PHOTON: _photon, Service.GEONAMES: _geonames}[service]
    said = read(raw)
    name = " ".join(str(said["name"] or answer.address or "").split(",")[0].split())
    if not name or not (answer.latitude or answer.longitude):
        return None
    here = (float(answer.latitude), float(answer.longitude))
    cells = {
        "id": slug(name), "name": name, "kind": own_kind(said["kind"], kinds) if said["kind"] else "settlement",
        "lat": degrees(here[0]), "lon": degrees(here[1]), "radius_m": _radius(raw, here),
        "parent": _parent(said["within"], gazetteer), "country": said["country"].upper(),
        "population": said["population"], "geonames": said["geonames"], "source": said["source"],
    }  # fmt: skip
    aliases = tuple(text for text in dict.fromkeys(said["names"]) if text != name and script_of(text)[1])
    because = " ".join(str(answer.address or "").split())
    return Found({c: v for c, v in cells.items() if v}, aliases, _near(name, here, gazetteer), because)


def _nominatim(raw: Mapping[str, Any]) -> dict[str, Any]:
    address, details = raw.get("address") or {}, raw.get("namedetails") or {}
    spelt = [str(v) for k, v in details.items() if k.split(":")[0] in ("name", "alt_name", "int_name", "old_name")]
    source = f"OSM {raw.get('osm_type', '')} {raw.get('osm_id', '')}".strip()
    return {
        "name": details.get("name:en") or details.get("name") or raw.get("name"),
        "kind": str(raw.get("addresstype") or raw.get("type") or ""), "country": str(address.get("country_code", "")),
        "within": address, "population": "", "geonames": "", "source": source if raw.get("osm_id") else "Nominatim",
        "names": [part.strip() for text in spelt for part in text.split(";")],
    }  # fmt: skip


def _photon(raw: Mapping[str, Any]) -> dict[str, Any]:
    facts = raw.get("properties") or {}
    kinds = {"N": "node", "W": "way", "R": "relation"}
    source = f"OSM {kinds.get(str(facts.get('osm_type')), '')} {facts.get('osm_id', '')}".strip()
    return {
        "name": facts.get("name"), "kind": str(facts.get("osm_value") or ""), "within": facts, "population": "",
        "country": str(facts.get("countrycode", "")), "geonames": "", "names": [],
        "source": source if facts.get("osm_id") else "Photon",
    }  # fmt: skip


def _geonames(raw: Mapping[str, Any]) -> dict[str, Any]:
    number, people = str(raw.get("geonameId", "")), raw.get("population") or 0
    return {
        "name": raw.get("name") or raw.get("toponymName"), "kind": str(raw.get("fcode") or ""), "within": raw,
        "country": str(raw.get("countryCode", "")), "population": str(people) if people else "", "geonames": number,
        "names": [str(raw["toponymName"])] if raw.get("toponymName") else [],
        "source": f"GeoNames {number}".strip(),
    }  # fmt: skip


def _radius(raw: Mapping[str, Any], here: tuple[float, float]) -> str:
    """Half the diagonal of the box that a service gives, as far as it is one of a place; else unknown."""
    try:
        south, north, west, east = (float(edge) for edge in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return ""
    half = distance_m((south, west), (north, east)) / 2
    return f"{half:.0f}" if _RADIUS[0] <= half <= _RADIUS[1] else ""


def _parent(within: Mapping[str, Any], gazetteer: Gazetteer) -> str:
    """Our own district or governorate of the name that the service gives; "" where we have none, or two."""
    for member in ("county", "district", "state", "adminName1"):
        text = str(within.get(member) or "")
        forms = (text, f"{text} {_BOUNDS[member]}") if text else ()
        found = {
            candidate.place.id
            for form in forms
            for candidate in gazetteer.lookup(form)
            if candidate.place.layer == "workspace" and candidate.place.kind in AREAS and candidate.score > 0.8
        }
        if len(found) == 1:
            return found.pop()
    return ""


def _near(name: str, here: tuple[float, float], gazetteer: Gazetteer) -> tuple[Place, float] | None:
    """A place of our own of the like name within NEAR_M, or else any within a twentieth of that."""
    key = names.key(name)
    found = [
        (away, place.id, place)
        for place in gazetteer.places.values()
        if place.lat is not None and place.lon is not None
        and (away := distance_m(here, (place.lat, place.lon))) <= NEAR_M
        and (away <= NEAR_M / 20 or (key and names.key(place.name) == key))
    ]  # fmt: skip
    if not found:
        return None
    away, _, place = min(found)
    return place, away
