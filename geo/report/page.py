"""The report as a page: an account in, HTML without scripts out.

Every text that comes from an article passes `text`, which takes out control and direction characters and
escapes the rest; the Content-Security-Policy lets nothing run or load.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import groupby

from geo.articles import Article, Problem
from geo.claims import Status
from geo.maps import quotes, words
from geo.report.account import LATER, Account, Row, Unmapped, Wanted

#: Entries of one list on the page. A browser stays quick with them; report.json has all.
LONGEST = 1000


def page(title: str, account: Account, problems: Sequence[Problem]) -> str:
    """The whole page."""
    style = _style()
    hashed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>Build report: {text(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f"<header><h1>Build report</h1><p>{text(title)}{_known(account)}</p></header>",
        *_body(account, problems),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _body(account: Account, problems: Sequence[Problem]) -> list[str]:
    """Contents and sections; a section with nothing to say is left out of both."""
    sections = (
        ("map", "Sides and days on the map", _sides(account)),
        ("unmapped", "Not on the map", _unmapped(account)),
        ("places", "Place names to look up", _wanted(_PLACES_HELP, account.places, "place")),
        ("sides", "Words for unknown sides", _wanted(_ACTORS_HELP, account.actors, "words")),
        ("problems", "Problems with files", _problems(problems)),
        ("articles", "Articles", _articles(account.rows)),
    )
    told = [(name, title, inner) for name, title, inner in sections if inner]
    links = [f'<a href="#{name}">{title}</a>' for name, title, _ in told]
    return [
        f'<nav aria-label="Contents"><a class="to-map" href="index.html">The map</a> {" ".join(links)}</nav>',
        "<main>",
        _summary(account, problems),
        *(f'<section id="{name}"><h2>{title}</h2>{inner}</section>' for name, title, inner in told),
        "</main>",
    ]


_PLACES_HELP = (
    "Names in the place of something taken or held that fit no place, or more than one. "
    "<code>controlmap gazetteer add</code> adds a place, <code>controlmap gazetteer alias</code> a spelling."
)
_ACTORS_HELP = (
    "A claim with such words is kept with them, but without a colour. Add the words to <code>actor_names.csv</code>."
)


def text(value: str | None) -> str:
    """Foreign text as HTML: no control or direction characters, no markup."""
    return html.escape(quotes.clean(value or ""))


@cache
def _style() -> str:
    return (resources.files("geo.report") / "report.css").read_text(encoding="utf-8")


def _known(account: Account) -> str:
    return "" if account.as_known_on is None else f", as known on {account.as_known_on.isoformat()}"


def _number(value: int) -> str:
    return f"{value:,}"


def _summary(account: Account, problems: Sequence[Problem]) -> str:
    figures = (
        ("articles read", len(account.rows)),
        ("sentences", account.sentences),
        ("of them parsed", account.parsed),
        ("reports of control found", account.candidates),
        ("on the map", account.mapped),
        ("not on the map", len(account.unmapped)),
        ("places with a state", account.held),
        ("problems with files", len(problems)),
    )
    rows = "\n".join(f"<div><dt>{name}</dt><dd>{_number(value)}</dd></div>" for name, value in figures)
    return (
        f'<dl class="sum">\n{rows}\n</dl>\n'
        "<p>A report of control is a sentence that says, or seems to say, who took or holds a place. "
        f"{_number(account.claims)} became claims; {_number(account.dropped)} were dropped before that. "
        "Every one that is not on the map is listed below with its reason.</p>"
    )


def _sides(account: Account) -> str:
    """Which sides have how much, and a link to the map of each day."""
    if not account.sides and not account.days:
        return ""
    rows = ((text(side.name), _number(side.places), _number(side.changes)) for side in account.sides)
    table = _table(("side", "places at the end", "changes reported for it"), rows, numbers=(1, 2))
    if not account.days:
        return table
    days = "\n".join(
        f'<li><a href="maps/{day.isoformat()}.html">{day.isoformat()}</a> <small>{_number(count)}</small></li>'
        for day, count in account.days
    )
    explained = "Days with a reported change, each with a map of its own, and how many places changed on it:"
    return f'{table}<p>{explained}</p><ul class="days">\n{days}\n</ul>'


def _unmapped(account: Account) -> str:
    if not account.unmapped:
        return "<p>Every report found is on the map.</p>"
    titles = {row.article.id: row.article for row in account.rows}
    by_reason = {
        reason: list(found)
        for reason, found in groupby(sorted(account.unmapped, key=lambda one: one.reason), key=lambda one: one.reason)
    }
    parts = []
    for reason, count in account.reasons.items():
        parts.append(f"<details><summary><span>{text(why(reason))}</span><span>{_number(count)}</span></summary><ol>")
        parts += [_entry(one, titles.get(one.article)) for one in by_reason[reason][:LONGEST]]
        parts.append(f"</ol>{_rest(count)}</details>")
    return "\n".join(parts)


def why(reason: str) -> str:
    """A reason in words."""
    return "Published after the day for which the map was asked" if reason == LATER else words.reason(reason)


def _entry(one: Unmapped, article: Article | None) -> str:
    if article is not None:
        pieces = quotes.sentence(article, one.start, one.end, one.place_text)
        said = "".join(f"<mark>{html.escape(part)}</mark>" if marked else html.escape(part) for part, marked in pieces)
    else:
        said = text(one.sentence)
    where = " · ".join(part for part in (_source(article, one.article), text(one.detail)) if part)
    return f'<li><span dir="auto">{said}</span><span class="where">{where}</span></li>'


def _source(article: Article | None, article_id: str) -> str:
    if article is None:
        return text(article_id)
    named = " ".join(part for part in (article.publisher or article_id, _day(article)) if part)
    return _link(article.url, text(named))


def _link(url: str | None, inner: str) -> str:
    """A link for web addresses only; anything else stays plain."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return inner
    return f'<a href="{html.escape(quotes.clean(url))}" rel="noopener noreferrer">{inner}</a>'


def _day(article: Article) -> str:
    return "" if article.published is None else article.published.isoformat()


def _rest(count: int) -> str:
    more = count - LONGEST
    return f'<p class="faint">{_number(more)} more are in report.json.</p>' if more > 0 else ""


def _wanted(explained: str, found: Sequence[Wanted], head: str) -> str:
    if not found:
        return ""
    rows = ((text(one.text), _number(one.count), _number(len(one.articles)), _remark(one)) for one in found[:LONGEST])
    table = _table((head, "reports", "articles", "remarks"), rows, numbers=(1, 2))
    return f"<p>{explained}</p>{table}{_rest(len(found))}"


def _remark(one: Wanted) -> str:
    remark = text("; ".join(map(_reason, one.reasons)))
    return f"{remark}<br><small>Like it: {text('; '.join(one.suggestions))}</small>" if one.suggestions else remark


def _reason(code: str) -> str:
    return code if code in ("gains", "loses") else words.reason(code)


def _problems(problems: Sequence[Problem]) -> str:
    if not problems:
        return ""
    rows = ((text(one.path), text(one.reason)) for one in problems[:LONGEST])
    table = _table(("file", "what is wrong"), rows)
    return f"{table}{_rest(len(problems))}"


def _articles(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    heads = ("article", "published", "sentences", *map(str, Status), "on the map", "dropped")
    lines = (
        (
            _link(row.article.url, text(row.article.title or row.article.id))
            + f"<br><small>{text(' · '.join(p for p in (row.article.id, row.article.publisher) if p))}</small>",
            f'<span class="day">{_day(row.article) or "no date"}</span>',
            *map(_number, (row.sentences, *row.statuses.values(), row.mapped, row.dropped)),
        )
        for row in rows[:LONGEST]
    )
    table = _table(heads, lines, numbers=range(2, len(heads)))
    return f"{table}{_rest(len(rows))}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table; cells and heads are HTML already. numbers are the columns set to the right."""

    def cell(tag: str, at: int, inner: str) -> str:
        kind = ' class="n"' if at in numbers else ' class="name"' if at == 0 and tag == "td" else ""
        return f"<{tag}{kind}>{inner}</{tag}>"

    def line(tag: str, cells: Sequence[str]) -> str:
        return "<tr>" + "".join(cell(tag, at, inner) for at, inner in enumerate(cells)) + "</tr>"

    body = "\n".join(line("td", row) for row in rows)
    return f'<div class="wide"><table><thead>{line("th", heads)}</thead>\n<tbody>\n{body}\n</tbody></table></div>'
