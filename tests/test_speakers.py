"""Whose words a quotation is: "ours" and "our men" in it are the side of who speaks."""

from __future__ import annotations

from datetime import date

import measured
import pytest

from geo.articles import Article
from geo.dates import Precision
from geo.reading import read


def _changes(day: str, text: str) -> list[tuple[str, str | None]]:
    article = Article("one", "", text, published=date.fromisoformat(day), published_precision=Precision.DAY)
    return [(c.place_text, c.to_actor) for c in read([article], *measured.world()).claims if c.is_change]


@pytest.mark.parametrize(
    ("day", "text", "change"),
    [
        # a fighter of a side, behind the quotation
        (
            "2013-11-20",
            'The army shelled Homs. "Qara is ours," said Abu Ali, a rebel commander.',
            ("Qara", "syrian-rebels"),
        ),
        ("2023-06-20", 'The RSF fought the army. "Kutum is ours," an army officer said.', ("Kutum", "saf")),
        # before it
        (
            "2015-05-20",
            'The army shelled the plain. A rebel commander said: "Ariha is ours."',
            ("Ariha", "syrian-rebels"),
        ),
        # one side's quotation before the other's
        (
            "2012-07-08",
            'The M23 spokesman: "Our forces are in Kiwanja." The army spokesman: "They are not."',
            ("Kiwanja", "m23"),
        ),
        # whose commander
        (
            "2012-07-08",
            'M23 rebels fought the army. "Kibumba is ours now," their commander, Colonel Ngabo, told reporters.',
            ("Kibumba", "m23"),
        ),
        # the group is no state
        (
            "2012-07-08",
            "M23 fighters came at dawn. The FARDC put up no fight, said Paul Ngabo, who speaks for the group. "
            '"Kiwanja is in our fighters\' hands since an hour ago. They ran away."',
            ("Kiwanja", "m23"),
        ),
        # a speaker introduced before
        (
            "2012-07-08",
            "M23 commander Paul Ngabo met reporters in the hills. The army was nowhere to be seen. "
            '"Kiwanja is ours," Ngabo said.',
            ("Kiwanja", "m23"),
        ),
        # reported speech of one who was introduced before
        (
            "2012-07-08",
            "Paul Ngabo, spokesman of the M23, spoke first. The soldiers fled. Ngabo said they had taken Kiwanja.",
            ("Kiwanja", "m23"),
        ),
        (
            "2014-07-01",
            "The army shelled Idlib. Abu Omar, a Nusra commander, was there. Omar said his men had captured Saraqib.",
            ("Saraqib", "nusra-front"),
        ),
    ],
)
def test_ours_is_of_who_speaks(day: str, text: str, change: tuple[str, str]) -> None:
    assert change in _changes(day, text)
