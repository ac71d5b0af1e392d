"""A workspace built by the real command, hostile articles included, and a Chromium that opens its pages.

Both are made once for all tests. Every page is watched: what it asks of the network, what it says on the console,
what it throws, whether it opens a dialog. A `Visit` that was not silent fails when it ends.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import map_fixture
import pytest
from map_fixture import War, war
from once import made_once
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from geo import maps

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ALERT = "<img src=x onerror=alert(1)>"
CLOSE = "</script><script>alert(2)</script>"
TEMPLATE = "{{ 7*7 }} {% raw %}"
TURNED = "\u202egpj.exe\u202c"
_HOSTILE = f"""\
---
title: '{TEMPLATE} {ALERT} {CLOSE}'
publisher: '{ALERT}{CLOSE} {TURNED} Daily'
url: 'javascript:alert(3)'
published: 2024-12-01
---
Turkish-backed rebels captured Azaz {ALERT} {CLOSE} {TEMPLATE} {TURNED} from the Syrian government on Saturday.

The {ALERT} Brigade captured Qalat {CLOSE} from the Syrian government on Saturday. {TEMPLATE} fighters seized Marea.

Rebels seized {TEMPLATE} {ALERT} town from the regime.
"""
_PLAIN = """\
---
title: North of the city
publisher: The Orontes Daily
url: https://news.example/north?a=1&b=2
published: 2024-12-01
---
The YPG captured Nubl from the Syrian government on Saturday. HTS captured Maarat al-Numan from the Syrian
government on Friday.
"""


@dataclass(frozen=True, slots=True)
class Built:
    """An output folder, and what the command said."""

    output: Path
    said: str

    @property
    def pages(self) -> list[Path]:
        return [self.output / "index.html", *sorted((self.output / "maps").glob("*.html"))]

    def report(self) -> Any:
        return json.loads((self.output / "report.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own corpus and the hostile one, through `controlmap build`."""
    folder = made_once(tmp_path_factory, "hostile-build", build_hostile)
    return Built(folder / "output", (folder / "said.txt").read_text("utf-8"))


def build_hostile(folder: Path) -> None:
    folder.mkdir()
    write_hostile(folder / "hostile")
    command = [
        sys.executable, "-c", "from geo.cli import main; main()", "build",
        "--corpus", str(ROOT / "corpus"), "--corpus", str(folder / "hostile"), "--output", str(folder / "output"),
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    (folder / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")


def write_hostile(folder: Path) -> None:
    """The hostile articles, and one that is not."""
    folder.mkdir()
    (folder / "hostile.md").write_text(_HOSTILE, encoding="utf-8")
    (folder / "plain.md").write_text(_PLAIN, encoding="utf-8")
    for name in ("noise", "murmur", "broken", "undated", "empty"):
        known = {"id": name, "title": f"{name} {ALERT}", "publisher": "Noise Weekly", "published": "2024-12-01"}
        if name == "undated":
            del known["published"]
        (folder / f"{name}.json").write_text(json.dumps(known), encoding="utf-8")
    (folder / "noise.txt").write_text(_noise(5_000_000), encoding="utf-8")
    (folder / "murmur.txt").write_text(_noise(200_000), encoding="utf-8")
    (folder / "broken.txt").write_bytes(
        b"Rebels captured Saraqib from the regime on Friday, \xf0\x28\x8c said. "
        b"It was the \xc3\x28 second town to fall.\n"
    )
    (folder / "undated.txt").write_text("Rebels captured Saraqib from the Syrian government.\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "rows.jsonl").write_text('{"id": "rows", "text": 7}\n{{ 7*7 }}\n', encoding="utf-8")


def _noise(size: int) -> str:
    """Words of no language with a trigger word here and there, the same on every run."""
    dice = random.Random(7)  # noqa: S311 - noise, not a secret
    letters = "abcdefghijklmnopqrstuvwxyzäöüحلب{}<>&\"'%"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 12))) for _ in range(2000)]
    words += ["captured", "the", "seized", ".", "\n\n", "<script>", "{{", "}}", "took", "town"]
    page = " ".join(dice.choices(words, k=10_000))
    return page * (size // len(page.encode()) + 1)


@pytest.fixture(scope="session")
def small_war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the small war of the map tests."""
    return made_once(tmp_path_factory, "small-war", lambda folder: pages_of(war(), folder)) / "index.html"


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of a war of 5,000 villages."""
    made = made_once(tmp_path_factory, "crowd", lambda folder: pages_of(map_fixture.crowd(5000), folder))
    return made / "index.html"


def pages_of(told: War, folder: Path, as_known_on: date | None = None) -> Path:
    """The index of a war's pages, written to the folder."""
    return maps.write(
        folder, title="Our war", claims=told.claims, states=told.states, dropped=told.dropped, articles=told.articles,
        gazetteer=told.gazetteer, actors=told.actors, as_known_on=as_known_on,
    )[0]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as started:
        browser = launch(started.chromium)
        yield browser
        browser.close()


def launch(kind: BrowserType, *more: str) -> Browser:
    """A Chromium of this machine, with further arguments."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "these tests need Chromium: run tests/chromium.sh"
    return kind.launch(executable_path=found, args=[*ARGUMENTS, *more])


@dataclass(slots=True)
class Visit:
    """One page in a browser without a network, and everything it did that a reader did not ask for."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, path: Path, address: str = "") -> Page:
        """The page of a file. address is what stands behind it ("#d=2024-11-30")."""
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + address, wait_until="load")
        return self.page

    def watch(self) -> None:
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "about:", "data:")):
            self.requests.append(url)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens visits; at the end of the test all of them must have been silent."""
    opened: list[Visit] = []

    def begin(width: int = 1440, height: int = 900) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True)
        context.set_default_timeout(5000)
        opened.append(Visit(context.new_page()))
        opened[-1].watch()
        return opened[-1]

    yield begin
    for one in opened:
        one.page.context.close()
    assert [one.requests for one in opened] == [[] for _ in opened]
    assert [one.said for one in opened] == [[] for _ in opened]
