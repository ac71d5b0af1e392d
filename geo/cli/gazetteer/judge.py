"""`controlmap gazetteer judge`"""

from __future__ import annotations

import click

from geo import edits
from geo.articles import Article
from geo.cli import output
from geo.cli.door import did_you_mean
from geo.cli.gazetteer.editing import Edit, edit_options
from geo.cli.gazetteer.shared import complete_place, listed, place_of
from geo.errors import NotFoundError
from geo.gazetteer import Gazetteer
from geo.judgements import Judgement
from geo.names import plain
from geo.readers import read_corpus
from geo.sentences import sentences

COLUMNS = ("id", "article", "text", "sentence", "place", "who", "when", "why", "withdrawn")


@click.command("judge")
@click.argument("article", required=False, metavar="[ARTICLE|-]")
@click.argument("text", required=False)
@click.argument("place_id", required=False, metavar="[PLACE-ID]", shell_complete=complete_place)
@click.option("--no-place", "nowhere", is_flag=True, help="The words name no place; instead of PLACE-ID.")
@click.option("--at", type=click.IntRange(0), metavar="CHARACTER",
              help="Only in the sentence that holds this character. Default: in the whole article.")  # fmt: skip
@click.option("--withdraw", metavar="ID", help="Take a judgement back; its row stays, marked.")
@click.option("--list", "lists", is_flag=True, help="List the judgements; with ARTICLE, those of one.")
@edit_options
def judge_command(
    article: str | None, text: str | None, place_id: str | None, nowhere: bool, at: int | None, withdraw: str | None,
    lists: bool, edit: Edit,
) -> None:  # fmt: skip
    """Settle one mention: "this Zahraa is that one". The gazetteer's places and names are not touched.

    TEXT is the words as the article has them (place_text of a claim), PLACE-ID a place of any layer. The judgement is
    a row of gazetteer/judgements.csv with who, when and why. It goes before whatever is worked out, and the claim says
    so: "judged by ...". With - the ids of articles are read from standard input.

    \b
    Examples:
      controlmap gazetteer judge seed-004 Zahraa zahraa-nubl --why "named beside Nubl"
      controlmap gazetteer judge seed-004 Zahraa zahraa-aleppo --at 1204
      controlmap gazetteer judge seed-004 Salam --no-place --why "a greeting"
      controlmap gazetteer judge --list
      controlmap gazetteer judge --withdraw 3f2a9c0d1e4b
    """
    if lists:
        known = Gazetteer.load(edit.folder, reference=False).judgements.rows
        found = [_record(row) for row in known if article in (None, row.article)]
        output.rows(found, COLUMNS, edit.as_json or None, "Nothing was judged yet.")
        return
    if withdraw is not None:
        with edit.session() as session:
            edits.withdraw(session, withdraw)
        edit.tell(session, [f"judgement {withdraw} withdrawn"], withdrawn=withdraw)
        return
    if article is None or text is None or (place_id is None) == (not nowhere):
        raise click.UsageError("Give ARTICLE, TEXT and PLACE-ID (or --no-place), or --list, or --withdraw ID.")
    if place_id is not None:
        place_of(Gazetteer.load(edit.folder), place_id)
    articles, _ = read_corpus([path for path in edit.workspace.corpus if path.exists()])
    chosen = [_article(one, articles) for one in listed([article], "article")]
    with edit.session() as session:
        made = [
            edits.judge(session, one.id, text, place_id, sentence=_sentence(one, at), why=edit.why, who=edit.who)
            for one in chosen
        ]
    lines = [f"{one}: “{text}” in {of.id} is {place_id or 'no place'}" for one, of in zip(made, chosen, strict=True)]
    edit.tell(session, lines, ids=made, articles=[one.id for one in chosen], text=text, place=place_id)
    for one in chosen:
        if plain(text) not in plain(one.text):
            click.echo(
                f"{one.id} does not hold the words “{text}” as they stand; the judgement may never apply", err=True
            )


def _article(wanted: str, articles: list[Article]) -> Article:
    found = next((article for article in articles if article.id == wanted), None)
    if found is None:
        hint = did_you_mean(wanted, [article.id for article in articles])
        raise NotFoundError(f"no article '{wanted}' in the workspace.{hint}")
    return found


def _sentence(article: Article, at: int | None) -> int | None:
    if at is None:
        return None
    start = next((start for start, end in sentences(article.text) if start <= at < end), None)
    if start is None:
        raise NotFoundError(f"no sentence of {article.id} holds character {at}; it has {len(article.text)}")
    return start


def _record(row: Judgement) -> dict[str, object]:
    return {
        "id": row.id, "article": row.article, "text": row.text, "sentence": row.sentence, "place": row.place,
        "who": row.who, "when": row.when, "why": row.why, "withdrawn": row.withdrawn or None,
    }  # fmt: skip
