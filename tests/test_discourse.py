"""Discourse: which place or side a phrase without a name points back to, in whole invented texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.dates import Precision
from geo.gazetteer import Gazetteer
from geo.reading import read

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tables() -> tuple[Gazetteer, ActorRegistry]:
    return Gazetteer.load(ROOT / "gazetteer"), ActorRegistry.load(ROOT / "gazetteer")


def _changes(day: str, text: str, tables: tuple[Gazetteer, ActorRegistry]) -> list[tuple[str, str | None]]:
    article = Article("one", "", text, published=date.fromisoformat(day), published_precision=Precision.DAY)
    found = read([article], *tables)
    assert not found.problems
    return [(claim.place_text, claim.to_actor) for claim in found.claims if claim.is_change]


@pytest.mark.parametrize(
    ("day", "text", "change"),
    [
        # a town that only the world's towns know is one to point back to
        ("2025-02-03", "Shots were heard all over Goma. M23 fighters captured the town on Sunday.", ("Goma", "m23")),
        # "they" go on from the sentence before, whoever has left in it
        (
            "2012-07-09",
            "M23 held its posts. On Sunday they marched into Rutshuru when the soldiers had gone. "
            "Then they went into Kiwanja.",
            ("Kiwanja", "m23"),
        ),
        # "it" is the town told of, not the one it lies north of
        (
            "2013-01-22",
            "Oumar is mayor of Diabaly, a town north of Bamako. On Monday it was captured by Islamist fighters.",
            ("Diabaly", "islamist-militants"),
        ),
        # what goes on from a loss of which nobody is told to be the taker
        (
            "2021-08-08",
            "Taliban fighters came. The army lost Zaranj on Friday. On Saturday it was the turn of Sheberghan.",
            ("Sheberghan", "taliban"),
        ),
        # an armed body takes what lies where it fights, whatever town abroad has the name
        (
            "1998-07-29",
            "The KLA is retreating in Kosovo. Serb forces chased the rebels from Lapusnik last night.",
            ("Lapusnik", "serbia"),
        ),
        # whose the brigade of "the organisation" is, which fights for a state and is none
        (
            "2017-09-23",
            "Iraqi troops fought Daesh near Hawijah. Hashd al-Sha'abi fighters advanced. Tal Afar was captured by the "
            "organisation's 11th Brigade.",
            ("Tal Afar", "popular-mobilisation-forces"),
        ),
        # a machine is no town
        (
            "2017-12-07",
            "Coalition forces attacked the town of Khokha. Troops with Apache helicopters entered the town on Friday.",
            ("Khokha", "yemeni-government"),
        ),
        # the subject of the next clause is not on the list before it
        (
            "2012-07-09",
            "M23 fighters marched into Kiwanja, a market town, and Rubare was captured at noon.",
            ("Rubare", "m23"),
        ),
        # a capital where a ministry sits is not the town that is spoken of
        (
            "2021-08-08",
            "Insurgents fled from Mocimboa da Praia. The defence ministry in Maputo confirmed it: the town is now "
            "in Rwandan hands.",
            ("Mocimboa da Praia", "rwanda"),
        ),
        # a namesake in a land of which nobody is told is no sign of its war
        (
            "2025-08-01",
            "The RSF and the SAF fought west of El Obeid. The SAF lost forty men to the RSF, medics said. "
            "The army has seized Al-Hamra, near White Nile, after the battle.",
            ("Al-Hamra", "saf"),
        ),
        # who gives a place up, according to a mission, gives it to nobody
        ("2012-07-09", "M23 on Monday gave up Rutshuru, according to the UN mission.", ("Rutshuru", None)),
        # a province is no town
        (
            "2022-07-01",
            "The head of Luhansk Oblast spoke from Lysychansk. Russian troops have captured the town, he said.",
            ("Lysychansk", "russia"),
        ),
        # the town, and not the land whose seat it is
        (
            "2012-06-20",
            "The Yemeni army pushed on to Zinjibar, the seat of Abyan. It captured the town on Monday.",
            ("Zinjibar", "yemeni-government"),
        ),
        # the town of the sentence before, and not the land that this lies in
        (
            "2026-01-22",
            "Shells fell near the town of Kobani. Families fled a camp in Shaddadi, in southern Hasakah. "
            "On Monday government troops captured the town.",
            ("Shaddadi", "syrian-government-post-2024"),
        ),
        # the airport of "the town", which is the one told before
        (
            "2023-10-30",
            "Shells fell on Kutum. Rebels captured the town's airport on Sunday.",
            ("airport", "rsf"),
        ),
        # who speaks is no place, whatever town bears the name
        (
            "2016-09-21",
            "Soldiers were wounded near Kano, said Usman. Boko Haram fighters took the town after the army had left.",
            ("Kano", "boko-haram"),
        ),
        # the town of a facility whose name begins with it
        (
            "2016-03-28",
            "On Thursday Syrian soldiers marched into Palmyra's citadel, and on Sunday they took the city.",
            ("Palmyra", "syrian-government-assad"),
        ),
        (
            "2015-11-12",
            "The army reached Kuweires airport on Tuesday. A day later it took the town.",
            ("Kuweires", "syrian-government-assad"),
        ),
        # what is done by some means is done for a place, and that place has the means
        (
            "2015-12-28",
            "By storming the government compound on Sunday, soldiers hoped to speed the recapture of Ramadi.",
            ("government compound", "iraqi-government"),
        ),
        (
            "2012-07-20",
            "By seizing the police station at dawn, the rebels cut the army's way into Azaz.",
            ("police station", "syrian-rebels"),
        ),
        # a bulletin's nouns have no articles; its first line says where
        (
            "2023-08-08",
            "Gondar: 7 August. Fano takes airport, ENDF keeps Fasiledes quarter.",
            ("airport", "fano"),
        ),
        (
            "2024-05-15",
            "Kutum: 14 May. Rebels seize bridge, army holds barracks.",
            ("bridge", "rsf"),
        ),
        # the forces are those that were called so
        (
            "2006-07-19",
            "Afghan and foreign forces drove the Taliban from Lashkar Gah on Tuesday. Taliban militants had held it. "
            "The forces regained Sangin on Wednesday, the ministry said.",
            ("Sangin", "afghan-government"),
        ),
        # the fall of what somebody was told to have taken is that side's gain
        (
            "1995-09-14",
            "Bosnian government forces captured Donji Vakuf on Wednesday. Croat forces claimed Jajce. UN officers "
            "confirmed the fall of Donji Vakuf.",
            ("Donji Vakuf", "bosnian-government"),
        ),
        # a series goes on with what is told before it
        (
            "2021-08-08",
            "The Taliban captured Zaranj on Friday. Then it was the turn of Taloqan, officials said.",
            ("Taloqan", "taliban"),
        ),
        (
            "2021-08-08",
            "Zaranj fell to the Taliban on Friday; Sheberghan was next, on Saturday.",
            ("Sheberghan", "taliban"),
        ),
        # "it" is the place of its own sentence first
        (
            "1993-08-20",
            "Armenian forces advanced on the town of Fizuli. They said so of Agdam before they seized it on Sunday.",
            ("Agdam", "nagorno-karabakh-armenians"),
        ),
        # a town told of by the way is not what the text is about
        (
            "2014-11-14",
            "Boko Haram fighters have captured Gwoza, hours after the army said that it had pushed them out of a "
            "bigger town. They stormed the town at dawn.",
            ("Gwoza", "boko-haram"),
        ),
        # a second column is the side's that took what is told before
        (
            "1997-04-24",
            "The army fled. AFDL rebels took Ilebo on Monday. A second column seized Boende on Tuesday.",
            ("Boende", "afdl"),
        ),
        # the town whose people speak
        (
            "2023-01-26",
            "Residents of Kitshanga said that M23 fighters had captured the town on Tuesday.",
            ("Kitshanga", "m23"),
        ),
        # a facility told before the town it lies in, and a city told by its rank
        (
            "2013-01-27",
            "Malian troops took control of the airport and the bridge at Gao on Saturday.",
            ("airport", "malian-government"),
        ),
        (
            "2023-10-30",
            "The RSF seized a base in Nyala, giving it control of the second city of Darfur.",
            ("Nyala", "rsf"),
        ),
        # "so did" goes on with what is told before
        (
            "2024-03-29",
            "The town of Loije fell to the KIA on Thursday. So did the village of Bang Yau that day.",
            ("Bang Yau", "kia"),
        ),
        # whom gunmen are thought to belong to
        (
            "2014-06-22",
            "Gunmen thought to belong to ISIS seized Tal Afar on Sunday.",
            ("Tal Afar", "islamic-state"),
        ),
        # the road to a town only says where; the town is the one that was attacked
        (
            "2025-04-04",
            "Gangs attacked Mirebalais. The police fell back to the road to Lascahobas, leaving the town to the gangs.",
            ("Mirebalais", "viv-ansanm"),
        ),
        # "the groups" are those called so before, not the body named last
        (
            "2024-11-30",
            "Rebel groups captured Kafr Nabl on Thursday, and the army left Nubl to the YPG. The groups entered "
            "Saraqib on Friday.",
            ("Saraqib", "hts-led-opposition"),
        ),
        # a hamlet abroad does not take a name away from a place of the war
        (
            "1998-07-29",
            "Serb forces drove the rebels from Lapusnik on Tuesday and opened the road to Pristina.",
            ("Lapusnik", "serbia"),
        ),
        # a fall goes on with what is told before it: the same side takes
        (
            "2022-11-01",
            "Ethiopian soldiers seized Shire on Friday. Adwa fell on Saturday, aid workers said.",
            ("Adwa", "ethiopian-government"),
        ),
        # a facility lies in the town of its own sentence, whatever that is told for
        (
            "2012-04-02",
            "The army left Kidal on Friday. A shopkeeper in Gao said that Ansar Dine fighters took over the airport.",
            ("airport", "ansar-dine"),
        ),
        # the second of two names, of which the sources know but one
        (
            "2016-05-06",
            "Islamic State overran Sabratha and shelled Wardiya; the latter fell.",
            ("Wardiya", "islamic-state"),
        ),
        # what an army moves towards is a place, known or not
        ("2015-05-20", "Islamic State advanced towards Umm Zahra and seized the town.", ("Umm Zahra", "islamic-state")),
        # the name in apposition, not the country that owns it
        ("2021-08-14", "The Taliban have captured Afghanistan's third city, Herat.", ("Herat", "taliban")),
        # where a report was written is no side in it
        (
            "2014-06-12",
            "BAGHDAD (Wire) - Sunni insurgents entered Baiji, a day after they seized Tikrit.",
            ("Tikrit", "islamic-state"),
        ),
    ],
)
def test_what_is_pointed_at(
    day: str, text: str, change: tuple[str, str], tables: tuple[Gazetteer, ActorRegistry]
) -> None:
    assert change in _changes(day, text, tables)


def test_where_envoys_meet_is_no_city_told_before(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    text = "The army bombed Aleppo. Rebel leaders met envoys in Ankara. The rebels captured the eastern districts."
    assert all("Ankara" not in place for place, _ in _changes("2016-12-01", text, tables))


def test_no_side_leaves_a_town_in_peace(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    text = "Rebels shelled Homs. The opposition left Geneva on Friday, a diplomat said."
    assert _changes("2016-02-05", text, tables) == []


def test_ground_without_a_name_is_no_place_told_before(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    text = "Shells fell on Kupiansk. Some 300 square kilometres had been returned to Ukrainian control, he said."
    assert _changes("2022-09-12", text, tables) == []


def test_a_series_without_a_beginning_tells_no_change(tables: tuple[Gazetteer, ActorRegistry]) -> None:
    assert not _changes("2021-08-08", "Envoys met in Kabul. Then it was the turn of Taloqan, officials said.", tables)
