"""A reference layer of millions of rows: how long it takes to import, to open and to answer, and in how much memory.

    python bench/layer.py [ROWS]        default 1,000,000; the whole of GeoNames has 13,000,000

The rows are made up: syllables put together by a counter, spread over the globe, two spellings each.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from geo.gazetteer.stored import StoredLayer
from geo.reference import ReferenceRow, write_layer

SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo zu cha dor gal hem jin".split()
COUNTRIES = ("SY", "IQ", "UA", "SD", "ML", "MM", "CD", "US", "FR", "BR", "IN", "CN", "NG", "RU", "MX", "ID")
LOOKUPS = 2_000


def name(number: int) -> str:
    """A name of five to six syllables, the same for the same number."""
    out, left = [], number * 7919 + 104729
    while left:
        left, part = divmod(left, len(SYLLABLES))
        out.append(SYLLABLES[part])
    return "".join(out).capitalize()


def rows(count: int) -> Iterator[ReferenceRow]:
    for at in range(count):
        lat, lon = (at * 37 % 16000) / 100 - 80, (at * 101 % 36000) / 100 - 180
        country = COUNTRIES[at % len(COUNTRIES)]
        yield ReferenceRow(str(at), name(at), (f"Al {name(at)}",), "village", lat, lon, 2000.0, country, at % 9000)


def answer(path: Path) -> None:
    """Opens the layer, looks names up, and prints what it took. Run in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    layer = StoredLayer(path)
    opened = time.perf_counter() - start
    count = int(layer.meta()["places"])
    start = time.perf_counter()
    found = sum(bool(layer.lookup(name(at * 7919 % count))) for at in range(LOOKUPS))
    each = (time.perf_counter() - start) / LOOKUPS
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"opened in {opened * 1000:.1f} ms; {found} of {LOOKUPS} names found, {each * 1e6:.0f} µs each; "
        f"{grown:.0f} MB more memory"
    )


def main() -> None:
    if sys.argv[1:2] == ["--answer"]:
        answer(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        made = write_layer(Path(folder), "bench", rows(count), "made up")
        took = time.perf_counter() - start
        size = made.path.stat().st_size / 1e6
        print(f"{made.places} places, {made.names} names: imported in {took:.0f} s, {size:.0f} MB")
        subprocess.run([sys.executable, __file__, "--answer", str(made.path)], check=True)


if __name__ == "__main__":
    main()
