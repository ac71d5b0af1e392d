"""The figures of an evaluation as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from geo.evaluation.articles import ArticleReport
from geo.evaluation.pairing import loser, taker
from geo.evaluation.suite import Outcome, SuiteReport
from geo.evaluation.tally import Found, Share

_TRIGGERS = 25
"""Rows of the table of triggers that are shown; --json has them all."""


def article_lines(report: ArticleReport, errors: int = 0) -> Iterator[str]:
    """The report of whole articles; then up to `errors` false changes and as many missed ones."""
    yield (
        f"changes    {report.changes}; duplicates {report.duplicates}, optional {report.optional}, "
        f"no reported change {report.no_change_kind}, article without gold {report.unknown_article}"
    )
    lost = report.false_per_1000_words
    if lost is not None:
        yield f"false      {lost:.3f} per 1,000 words ({report.words} words)"
    yield f"sides      {_row(report.sides)}"
    yield f"dates      {_row(report.dates)}"
    yield f"places km  {_row(report.places)}"
    yield f"articles without a change: {len(report.quiet)}, false changes in them {sum(report.quiet.values())}"
    yield from _founds("per kind (found: of the gold's; false: of the claim's)", report.per_kind)
    yield from _founds("per frame shape", report.per_shape, with_missed=False)
    most = sorted(report.per_trigger.items(), key=lambda row: (-row[1].found - row[1].false, row[0]))
    yield from _founds("per trigger", dict(most[:_TRIGGERS]), with_missed=False)
    yield from _statuses(report.per_status)
    yield from _founds("per prefix", report.per_prefix)
    yield from _founds("per article", report.per_article)
    for claim, on in report.false[:errors]:
        yield (
            f"  false  {claim.article}  {claim.kind}  {claim.place_text}  {loser(claim) or '?'} -> "
            f"{taker(claim) or '?'}  {claim.date or 'no date'}  “{claim.trigger}”  on: {on or 'nothing'}"
        )
    for article, gold in report.missed[:errors]:
        yield (
            f"  missed {article}  {gold.kind}  {gold.place}  {gold.losers[0] or '?'} -> {gold.takers[0] or '?'}  "
            f"{gold.date or 'no date'}  | {gold.quote[:90]}"
        )


def suite_lines(report: SuiteReport, errors: int = 0) -> Iterator[str]:
    """The report of a sentence suite; then up to `errors` items that are not right or not exact."""
    yield f"items      right {report.items}, exact {report.exact}; of those without a change {report.quiet}"
    if report.pairs.of:
        yield f"pairs      right {report.pairs}, exact {report.exact_pairs}"
    yield f"changes    {report.changes}; duplicates {report.duplicates}, optional {report.optional}"
    yield f"of met     {_row(report.of_met)}"
    yield from _statuses(report.per_status)
    weak = {name: share for name, share in report.per_phenomenon.items() if share.right < share.of}
    if weak:
        yield "constructions not wholly right"
        for name, share in sorted(weak.items(), key=lambda row: (row[1].share or 0.0, row[0])):
            yield f"  {name:<32} {share}"
    for outcome in [*report.failing, *report.inexact][:errors]:
        yield from _outcome(outcome)


def _outcome(outcome: Outcome) -> Iterator[str]:
    item = outcome.item
    yield ""
    yield f"{item.id} [{', '.join(item.phenomena)}] {item.published} {item.text}"
    for gold in outcome.missed:
        yield f"  missed {gold.kind}  {gold.place}  {gold.losers[0] or '?'} -> {gold.takers[0] or '?'}"
    for claim, on in outcome.false:
        there = f"{on.status} {on.kind}" if on is not None else "nothing"
        yield (
            f"  false  {claim.kind}  {claim.place_text}  {loser(claim) or '?'} -> {taker(claim) or '?'}  "
            f"“{claim.trigger}”  on: {there}"
        )
    for words in outcome.wrong:
        yield f"  wrong  {words}"


def _row(shares: Mapping[str, Share]) -> str:
    return "  ".join(f"{name.replace('_', ' ')} {share}" for name, share in shares.items())


def _founds(title: str, table: Mapping[str, Found], *, with_missed: bool = True) -> Iterator[str]:
    if table:
        yield title
        for name, found in table.items():
            missed = f"  missed {found.missed:>3}" if with_missed else ""
            yield f"  {name:<32} found {found.found:>3}  false {found.false:>3}{missed}  {_rates(found, with_missed)}"


def _rates(found: Found, with_missed: bool) -> str:
    """Precision and recall where there is anything to be precise about or to find."""
    precise = f"P {found.precision:.2f}" if found.found + found.false else "P -"
    if not with_missed:
        return precise
    return precise + (f"  R {found.recall:.2f}" if found.found + found.missed else "  R -")


def _statuses(table: Mapping[str, Counter[str]]) -> Iterator[str]:
    if table:
        yield "what is no reported change, and what was made of it"
        for row, cells in sorted(table.items()):
            made = "  ".join(f"{name} {count}" for name, count in sorted(cells.items()))
            yield f"  {row:<22} {sum(cells.values()):>4}: {made}"
