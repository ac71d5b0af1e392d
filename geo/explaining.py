"""Explaining: what was seen in an article, sentence by sentence, and why each candidate became a claim or not."""

from __future__ import annotations

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.gazetteer import Gazetteer
from geo.mentions import scanner_of
from geo.reading import scan, settled


def explain(article: Article, gazetteer: Gazetteer, actors: ActorRegistry) -> str:
    """What was seen, sentence by sentence, and why each candidate became a claim or not."""
    scanned = next(scan([article], scanner_of(gazetteer, actors)))
    claims, dropped = settled(scanned, gazetteer, actors)
    lines = [f"{article.id}: {article.title} ({article.publisher or 'no publisher'}, {article.published or 'no date'})"]
    for number, (start, end, mentions) in enumerate(scanned.spans):
        lines.append(f"\n[{number}] {article.text[start:end]}")
        for m in mentions:
            lines.append(f"    {m.sort}: {m.text}")
        if number not in scanned.parsed:
            lines.append("    not parsed: no word that reports control, or nothing beside it that it could report of")
            continue
        parsed = scanned.parsed[number]
        lines.append(f"    masked: {parsed.masked.text}")
        lines += [f"    date: {d.text} ({d.role}) {d.span.start}..{d.span.end}" for d in parsed.dates if d.span]
        for c in (c for c in claims if c.sentence_start == start):
            lines.append(
                f"    CLAIM {c.kind} [{c.status}] {c.place_text} -> {c.place_name or 'not placed'} "
                f"({c.resolution}: {c.resolution_basis}); "
                f"from {c.from_name or c.from_text or '?'} ({c.from_basis or 'not said'}) "
                f"to {c.to_name or c.to_text or '?'} ({c.to_basis or 'not said'}); "
                f"{c.date} ({c.date_basis}); trigger “{c.trigger}”; confidence {c.confidence}"
            )
        for d in (d for d in dropped if d.sentence_start == start):
            lines.append(
                f"    no claim: “{d.trigger}”{f' {d.place_text}' if d.place_text else ''}: {d.reason}, {d.detail}"
            )
    return "\n".join(lines) + "\n"
