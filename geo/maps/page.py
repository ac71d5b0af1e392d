"""The page: a folium map, our script and style, and the data, put together as one file.

folium renders a map without any user text. What comes from articles is added afterwards as one JSON
block that no template and no HTML parser ever reads as anything else. A Content-Security-Policy lists
the hashes of the scripts and styles of the page, so nothing else runs.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from xstatic.pkg import leaflet

TILES = "https://tile.openstreetmap.org"
SCRIPTS = (
    "core.js", "marks.js", "base.js", "names.js", "view.js", "legend.js", "panel.js", "time.js", "search.js", "map.js"
)  # fmt: skip


class OfflineMap(folium.Map):
    """A folium map that loads nothing: Leaflet stands in the page, and there is no jQuery or Bootstrap."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as folium declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="map" id={{ this.get_name()|tojson }} role="region" aria-label="Map" tabindex="0"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        """
    )


class ControlMap(MacroElement):
    """Hands the finished Leaflet map to our script, which reads the data block and draws."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        controlmap.start({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "ControlMap"


def page(data: dict[str, Any], bounds: tuple[tuple[float, float], tuple[float, float]]) -> str:
    """The HTML of one page. bounds: south-west and north-east corner of its first view, as (lat, lon)."""
    body, script = _rendered(bounds)
    scripts = [_leaflet_script(), _own("js"), script]
    styles = [_leaflet_style(), _own("css")]
    parts = {
        "title": html.escape(str(data["title"]) + (f", {data['day']}" if data["day"] else "")),
        "policy": html.escape(policy(scripts, styles), quote=True),
        "styles": "\n".join(f"<style>{text}</style>" for text in styles),
        "map": body,
        "data": as_json(data),
        "scripts": "\n".join(f"<script>{text}</script>" for text in scripts),
    }
    # One pass over the frame, so that text put in is never searched for further slots.
    return re.sub(r"<!--slot:(\w+)-->", lambda slot: parts[slot.group(1)], _file("page.html"))


def policy(scripts: list[str], styles: list[str]) -> str:
    """The Content-Security-Policy: our own inline code by hash, map tiles once asked for, nothing else."""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)),
        "style-src": " ".join(map(_hash, styles)),
        "img-src": f"data: {TILES}",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def as_json(data: dict[str, Any]) -> str:
    """JSON that is inert inside a script element, whatever strings it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for unsafe in "<>&\u2028\u2029":
        text = text.replace(unsafe, f"\\u{ord(unsafe):04x}")
    return text


@cache
def _rendered(bounds: tuple[tuple[float, float], tuple[float, float]]) -> tuple[str, str]:
    """folium's part of the page: the map's element and the script that makes it."""
    (south, west), (north, east) = bounds
    made = OfflineMap(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        zoom_start=7,
        zoom_control=False,
        zoom_snap=0.25,
        min_zoom=3,
        max_zoom=16,
        attribution_control=False,
        world_copy_jump=True,
    )
    ControlMap().add_to(made)
    figure = cast(Figure, made.get_root())
    number(figure)
    figure.render()
    return figure.html.render().strip(), _trimmed(figure.script.render())


def number(figure: Figure) -> None:
    """Gives every element a running number for an id, where folium gives random ones."""
    numbers = count(1)
    waiting: list[Element] = [figure]
    while waiting:
        element = waiting.pop(0)
        element._id = str(next(numbers))
        waiting.extend(element._children.values())
        element._children = type(element._children)((child.get_name(), child) for child in element._children.values())
        if isinstance(element, Figure):
            waiting.extend((element.header, element.html, element.script))


# Comments that stand on lines of their own: they are for who reads the source, not the page.
_COMMENTS = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", re.MULTILINE | re.DOTALL)


def _trimmed(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _hash(text: str) -> str:
    """A source expression for inline code; browsers hash the text between the tags."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


@cache
def _file(name: str) -> str:
    return (files("geo.maps") / name).read_text(encoding="utf-8")


@cache
def _own(kind: str) -> str:
    text = "\n".join(map(_file, SCRIPTS)) if kind == "js" else _file("map.css")
    return _trimmed(_COMMENTS.sub("", text))


@cache
def _leaflet_script() -> str:
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", text)


@cache
def _leaflet_style() -> str:
    """Leaflet's style sheet without its images: they are those of pins and a layer switch that no page has."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"url\(images/[\w.-]+\)", "none", text)
