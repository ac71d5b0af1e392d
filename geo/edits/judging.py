"""Edits of judgements.csv: settle a mention of an article, take a judgement back. Steps of a `Session`."""

from __future__ import annotations

from datetime import UTC, datetime

from geo.edits.places import near
from geo.edits.session import JUDGEMENTS, Session, clean, editor
from geo.errors import InputError, NotFoundError
from geo.judgements import NO_PLACE, judgement_id


def judge(
    session: Session,
    article: str,
    text: str,
    place: str | None,
    *,
    sentence: int | None = None,
    why: str = "",
    who: str | None = None,
    when: str | None = None,
) -> str:
    """Settle what words of an article mean: a place of any layer, or None for no place at all. Returns the id.

    sentence: the character at which one sentence begins, None for every sentence of the article. A standing
    judgement of the same mention is withdrawn by the new one. Raises InputError where it says the same already.
    """
    text = clean(text, "the words")
    if not text or not article:
        raise InputError("name the article and the words that are judged")
    when = when or datetime.now(UTC).isoformat(timespec="microseconds")
    where = "" if sentence is None else str(sentence)
    written = NO_PLACE if place is None else place
    for row in session.table(JUDGEMENTS).find(article=article, text=text, sentence=where, withdrawn=""):
        if row["place"] == written:
            raise InputError(f"{text!r} in {article} is judged so already ({row['id']}, by {row['who']})")
        session.replace(JUDGEMENTS, row, {**row.cells, "withdrawn": when})
    made = judgement_id(article, text, sentence, place, when)
    session.add(JUDGEMENTS, {
        "id": made, "article": article, "text": text, "sentence": where, "place": written, "who": editor(who),
        "when": when, "why": clean(why, "the reason"), "withdrawn": "",
    })  # fmt: skip
    session.say(f"judge {text!r} in {article} to be {written if place else 'no place'}")
    return made


def withdraw(session: Session, judgement: str, when: str | None = None) -> None:
    """Mark a judgement as withdrawn; its row stays. Raises NotFoundError, InputError where it is so already."""
    rows = {row["id"]: row for row in session.table(JUDGEMENTS).rows}
    if judgement not in rows:
        raise NotFoundError(f"no judgement {judgement!r} in {JUDGEMENTS}{near(judgement, rows)}")
    row = rows[judgement]
    if row["withdrawn"]:
        raise InputError(f"judgement {judgement} was withdrawn on {row['withdrawn'][:10]} already")
    when = when or datetime.now(UTC).isoformat(timespec="microseconds")
    session.replace(JUDGEMENTS, row, {**row.cells, "withdrawn": when})
    session.say(f"withdraw judgement {judgement}")


def follow(session: Session, gone: str, kept: str) -> None:
    """Judgements that name a place that was joined to another are withdrawn and made anew for that one."""
    for row in session.table(JUDGEMENTS).find(place=gone, withdrawn=""):
        sentence = int(row["sentence"]) if row["sentence"] else None
        judge(session, row["article"], row["text"], kept, sentence=sentence, why=row["why"], who=row["who"])
