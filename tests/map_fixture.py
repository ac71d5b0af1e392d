"""A small war for the map tests: seventeen places around Aleppo and Idlib, thirty claims, hostile text included.

Sentences are our own. Evidence spans are found in the text, so that offsets are those of the article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from claim_maker import claim

from geo.actors import Actor, ActorRegistry
from geo.articles import Article
from geo.claims import Claim, Dropped, Kind, Method, Reason, Status, claim_id
from geo.dates import Precision
from geo.gazetteer import Gazetteer, Name, Place
from geo.timeline import ControlState, timeline

HOSTILE = "</script><script>window.__pwned=1</script><img src=x onerror=window.__pwned=2>{{ 7*7 }}{% raw %}"

PLACES = (
    ("syria", "Syria", "country", 35.0, 38.5, 300000, None, 0, "سوريا"),
    ("aleppo-governorate", "Aleppo Governorate", "governorate", 36.2, 37.6, 60000, "syria", 0, "محافظة حلب"),
    ("idlib-governorate", "Idlib Governorate", "governorate", 35.8, 36.7, 40000, "syria", 0, "محافظة إدلب"),
    ("aleppo", "Aleppo", "city", 36.2021, 37.1343, 7000, "aleppo-governorate", 1850000, "حلب"),
    ("idlib", "Idlib", "city", 35.9306, 36.6339, 4000, "idlib-governorate", 165000, "إدلب"),
    ("saraqib", "Saraqib", "town", 35.8644, 36.8058, 2000, "idlib-governorate", 35000, "سراقب"),
    ("maarat-al-numan", "Maarat al-Numan", "town", 35.6486, 36.6756, 2000, "idlib-governorate", 58000, "معرة النعمان"),
    ("nubl", "Nubl", "town", 36.3722, 36.9944, 1500, "aleppo-governorate", 21000, "نبل"),
    ("zahraa", "Al-Zahraa", "town", 36.3606, 37.0117, 1500, "aleppo-governorate", 13000, "الزهراء"),
    ("tal-rifaat", "Tal Rifaat", "town", 36.4733, 37.0972, 1500, "aleppo-governorate", 20000, "تل رفعت"),
    ("azaz", "Azaz", "town", 36.5864, 37.0461, 1500, "aleppo-governorate", 31000, "أعزاز"),
    ("khan-tuman", "Khan Tuman", "village", 36.1186, 37.0517, 1200, "aleppo-governorate", 2000, "خان طومان"),
    ("kuweires", "Kuweires Air Base", "base", 36.1869, 37.5831, 2500, "aleppo-governorate", 0, "مطار كويرس"),
    ("sheikh-maqsoud", "Sheikh Maqsoud", "neighbourhood", 36.2361, 37.1528, 900, "aleppo", 30000, "الشيخ مقصود"),
    ("ashrafieh", "Ashrafieh", "neighbourhood", 36.2306, 37.1392, 900, "aleppo", 0, "الأشرفية"),
    ("deir-hafir", "Deir Hafir", "town", 36.1547, 37.7078, 1500, "aleppo-governorate", 0, "دير حافر"),
    ("manbij", "Manbij", "city", 36.5281, 37.9553, 3000, "aleppo-governorate", 99000, "منبج"),
)
ACTORS = (
    ("assad-government", "Syrian government (Assad)", "government", "#b2182b"),
    ("syria-2024", "Syrian government (post-2024)", "transitional", "#1b7837"),
    ("hts", "HTS-led opposition", "opposition", "#4d9221"),
    ("jaysh-al-fatah", "Jaysh al-Fatah", "opposition", "#7fbc41"),
    ("ypg", "YPG", "kurdish", "#c98500"),
    ("sdf", "SDF", "kurdish", "#e0a100"),
    ("sna", "Turkish-backed SNA", "turkish-backed", "#5e4fa2"),
)


@dataclass(frozen=True, slots=True)
class War:
    """Everything that `maps.write` takes."""

    claims: list[Claim]
    states: list[ControlState]
    dropped: list[Dropped]
    articles: list[Article]
    gazetteer: Gazetteer
    actors: ActorRegistry


class _Desk:
    """Collects articles and claims while the fixture is told."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.claims: list[Claim] = []
        self.articles: list[Article] = []

    def article(self, ident: str, published: str | None, publisher: str, *sentences: str, **changed: Any) -> Article:
        values: dict[str, Any] = {"url": f"https://news.example/{ident}", "title": f"Report {ident}"}
        made = Article(
            ident, text=" ".join(sentences), publisher=publisher, **(values | changed),
            published=date.fromisoformat(published) if published else None, published_precision=Precision.DAY,
        )  # fmt: skip
        self.articles.append(made)
        return made

    def claim(
        self, article: Article, sentence: str, evidence: str, place: str | None, kind: str, **changed: Any
    ) -> None:
        start = article.text.index(sentence)
        first = article.text.index(evidence, start)
        known = self.gazetteer.places.get(place or "")
        before, after = changed.pop("before", None), changed.pop("after", None)
        day = changed.pop("on", article.published)
        names = {actor: name for actor, name, _, _ in ACTORS}
        values: dict[str, Any] = {
            "publisher": article.publisher, "url": article.url, "published": article.published,
            "status": Status.REPORTED, "place_text": known.name if known else place or "?", "place_id": place,
            "place_name": known.name if known else None, "place_kind": known.kind if known else None,
            "lat": known.lat if known else None, "lon": known.lon if known else None,
            "radius_m": known.radius_m if known else None, "resolution": Method.EXACT if known else Method.UNRESOLVED,
            "resolution_score": 1.0, "resolution_basis": "the only place of this name", "count": None,
            "from_actor": before, "from_name": names.get(before or ""), "from_text": names.get(before or ""),
            "from_basis": "named in the sentence" if before else "", "to_actor": after,
            "to_name": names.get(after or ""), "to_text": names.get(after or ""),
            "to_basis": "subject of the verb" if after else "",
            "date": day, "date_start": day, "date_end": day, "date_precision": Precision.DAY,
            "date_basis": "weekday counted from publication", "attribution": None, "trigger": "",
            "sentence_start": start, "sentence_end": start + len(sentence), "evidence_start": first,
            "evidence_end": first + len(evidence), "further_spans": (), "confidence": 0.8,
            "confidence_basis": "verb stated, actor named", "engine": "test",
        }  # fmt: skip
        values |= changed
        ident = claim_id(article.id, first, first + len(evidence), place or evidence, Kind(kind))
        self.claims.append(Claim(id=ident, article=article.id, kind=Kind(kind), **values))

    def told(
        self, day: str, publisher: str, sentence: str, evidence: str, place: str | None, kind: str, **changed: Any
    ) -> None:
        """An article of one sentence, published the day after."""
        published = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        made = self.article(f"a{len(self.articles):02d}", published, publisher, sentence)
        self.claim(made, sentence, evidence, place, kind, on=date.fromisoformat(day), **changed)


def gazetteer() -> Gazetteer:
    """The places, each with its Arabic name."""
    places = {
        ident: Place(ident, name, kind, lat, lon, radius, parent, "SY", people, "test")
        for ident, name, kind, lat, lon, radius, parent, people, _ in PLACES
    }
    places["ashrafieh"] = replace(places["ashrafieh"], certainty="uncertain")
    names = [Name(row[0], row[8], "ar", "variant", script="Arab") for row in PLACES]
    return Gazetteer(places, [*names, Name("nubl", "Nubbol", "en"), Name("tal-rifaat", "Tell Rifaat", "en")])


def registry() -> ActorRegistry:
    """The sides; the Assad government ends with 7 December 2024."""
    ends = {"assad-government": date(2024, 12, 7)}
    return ActorRegistry.from_rows(
        [Actor(i, n, b, c, countries=("SY",), valid_to=ends.get(i)) for i, n, b, c in ACTORS], []
    )


def war() -> War:
    """The whole fixture, the same on every call."""
    desk = _Desk(gazetteer())
    old, new, hts, ypg = "assad-government", "syria-2024", "hts", "ypg"
    fatah = "jaysh-al-fatah"

    desk.told(
        "2015-06-03",
        "Northern Courier",
        "The Army of Conquest overran Idlib, the courier's stringer wrote.",
        "overran Idlib",
        "idlib",
        "capture",
        before=old,
        after=fatah,
    )
    desk.told(
        "2015-06-03",
        "Northern Courier",
        "Loyalists gave up Saraqib to Jaysh al-Fatah before noon.",
        "gave up Saraqib to Jaysh al-Fatah",
        "saraqib",
        "capture",
        before=old,
        after=fatah,
    )
    desk.told(
        "2015-06-03",
        "Border Post",
        "Kurdish units have kept hold of Sheikh Maqsoud all along.",
        "kept hold of Sheikh Maqsoud",
        "sheikh-maqsoud",
        "hold",
        after=ypg,
    )
    desk.told(
        "2015-06-03",
        "Border Post",
        "Nubl stands encircled by opposition brigades, aid workers say.",
        "Nubl stands encircled",
        "nubl",
        "siege",
        before=old,
        after=fatah,
        attribution="aid workers",
    )
    desk.told(
        "2016-12-01",
        "Northern Courier",
        "Government columns won back the eastern half of Aleppo street by street.",
        "won back the eastern half of Aleppo",
        "aleppo/eastern",
        "recapture",
        before=fatah,
        after=old,
        place_text="eastern half of Aleppo",
        place_name="eastern Aleppo",
        place_kind="area",
        lat=36.2021,
        lon=37.18,
        radius_m=6000.0,
        resolution=Method.SPATIAL,
    )
    desk.told(
        "2016-12-01",
        "Border Post",
        "The army is in charge of Aleppo once more, state television declared.",
        "in charge of Aleppo",
        "aleppo",
        "hold",
        after=old,
        attribution="state television",
    )
    desk.told(
        "2016-12-01",
        "Border Post",
        "Azaz stays with the brigades that Ankara pays.",
        "Azaz stays with the brigades",
        "azaz",
        "hold",
        after="sna",
    )
    desk.told(
        "2024-11-27",
        "Orontes Daily",
        "Opposition fighters stormed Khan Tuman at dawn and the army fell back.",
        "stormed Khan Tuman",
        "khan-tuman",
        "capture",
        before=old,
        after=hts,
    )
    desk.told(
        "2024-11-27",
        "Orontes Daily",
        "Shelling and street fighting shook Saraqib until dark.",
        "street fighting shook Saraqib",
        "saraqib",
        "contested",
        before=old,
        after=hts,
    )
    desk.told(
        "2024-11-28",
        "Orontes Daily",
        "By Thursday evening Saraqib was theirs.",
        "Saraqib was theirs",
        "saraqib",
        "capture",
        before=old,
        after=hts,
        from_basis="named two sentences before",
    )
    desk.told(
        "2024-11-28",
        "Levant Wire",
        "HTS men drove the garrison out of Saraqib.",
        "drove the garrison out of Saraqib",
        "saraqib",
        "capture",
        before=old,
        after=hts,
    )
    desk.told(
        "2024-11-28",
        "Levant Wire",
        "A ministry spokesman denied that Maarat al-Numan had slipped away.",
        "denied that Maarat al-Numan had slipped away",
        "maarat-al-numan",
        "capture",
        before=old,
        after=hts,
        status=Status.DENIED,
        attribution="a ministry spokesman",
    )
    desk.told(
        "2024-11-29",
        "Levant Wire",
        "Armed men reached the heart of Aleppo and raised their flag on the citadel.",
        "reached the heart of Aleppo",
        "aleppo",
        "partial_capture",
        before=old,
        after=hts,
    )
    desk.told(
        "2024-11-29",
        "Orontes Daily",
        "Maarat al-Numan fell shortly after the army left its last checkpoint.",
        "Maarat al-Numan fell",
        "maarat-al-numan",
        "capture",
        before=old,
        after=hts,
    )
    desk.told(
        "2024-11-29",
        "Orontes Daily",
        "The western countryside of Aleppo is now almost wholly in opposition hands.",
        "western countryside of Aleppo is now almost wholly in opposition hands",
        "aleppo-governorate/western-countryside",
        "capture",
        before=old,
        after=hts,
        place_text="western countryside of Aleppo",
        place_name="western Aleppo countryside",
        place_kind="area",
        lat=36.2,
        lon=36.9,
        radius_m=15000.0,
        resolution=Method.SPATIAL,
        count=25,
    )
    desk.told(
        "2024-11-30",
        "Levant Wire",
        "HTS took the rest of Aleppo overnight, according to residents.",
        "took the rest of Aleppo",
        "aleppo",
        "capture",
        before=old,
        after=hts,
        attribution="residents",
    )
    desk.told(
        "2024-11-30",
        "Border Post",
        "The YPG moved into Nubl and Al-Zahraa as the army pulled away.",
        "moved into Nubl",
        "nubl",
        "handover",
        before=old,
        after=ypg,
        to_text="PKK/YPG",
    )
    desk.told(
        "2024-11-30",
        "Border Post",
        "The YPG also entered Al-Zahraa without a shot.",
        "entered Al-Zahraa",
        "zahraa",
        "handover",
        before=old,
        after=ypg,
    )
    desk.told(
        "2024-11-30",
        "Euphrates Observer",
        "Kuweires Air Base is held by the YPG, one outlet wrote.",
        "Kuweires Air Base is held by the YPG",
        "kuweires",
        "capture",
        before=old,
        after=ypg,
        attribution="one outlet",
    )
    desk.told(
        "2024-11-30",
        "Levant Wire",
        "Turkish-backed brigades seized Kuweires Air Base on Saturday.",
        "seized Kuweires Air Base",
        "kuweires",
        "capture",
        before=old,
        after="sna",
    )
    desk.told(
        "2024-11-30",
        "Levant Wire",
        "The same brigades took Tal Rifaat from the Kurdish units.",
        "took Tal Rifaat",
        "tal-rifaat",
        "capture",
        before=ypg,
        after="sna",
    )
    desk.told(
        "2024-11-30",
        "Orontes Daily",
        "The army abandoned Manbij without a word on who would follow.",
        "abandoned Manbij",
        "manbij",
        "withdrawal",
        before="sdf",
    )
    desk.told(
        "2024-11-30",
        "Orontes Daily",
        "Tribal horsemen chased the army out of Deir Hafir.",
        "chased the army out of Deir Hafir",
        "deir-hafir",
        "capture",
        before=old,
        to_text="Tribal horsemen",
    )
    desk.told(
        "2024-11-30",
        "Orontes Daily",
        "The opposition vowed to be in Azaz within days.",
        "vowed to be in Azaz",
        "azaz",
        "capture",
        after=hts,
        status=Status.PLANNED,
    )
    desk.told(
        "2024-11-30",
        "Orontes Daily",
        "Were Tal Rifaat to change hands again, thousands would flee.",
        "Were Tal Rifaat to change hands",
        "tal-rifaat",
        "capture",
        status=Status.HYPOTHETICAL,
        after=ypg,
    )
    desk.told(
        "2026-01-13",
        "Northern Courier",
        "Damascus sent its troops into Ashrafieh and the SDF filed out.",
        "sent its troops into Ashrafieh",
        "ashrafieh",
        "capture",
        before="sdf",
        after=new,
    )
    desk.told(
        "2026-01-13",
        "Northern Courier",
        "Fighting was heavy in Sheikh Maqsoud, where neither side gave way.",
        "Fighting was heavy in Sheikh Maqsoud",
        "sheikh-maqsoud",
        "contested",
        before="sdf",
        after=new,
    )
    desk.told(
        "2026-01-13",
        "Northern Courier",
        "Sheikh Maqsoud had been the last pocket since the battle of 2016.",
        "Sheikh Maqsoud had been the last pocket",
        "sheikh-maqsoud",
        "hold",
        after=ypg,
        status=Status.BACKGROUND,
        date=date(2016, 12, 1),
        date_precision=Precision.YEAR,
    )

    bad = desk.article(
        "zz-hostile", "2024-12-01", "\u202eEvil" + HOSTILE,
        f"Men took Azaz {HOSTILE} \u202egnp.exe\u202c and more.", "They took Qalat al-Ghubar too.",
        title=HOSTILE, url="javascript:window.__pwned=3",
    )  # fmt: skip
    desk.claim(
        bad,
        f"Men took Azaz {HOSTILE} \u202egnp.exe\u202c and more.",
        "took Azaz",
        "azaz",
        "capture",
        before="sna",
        after=hts,
        on=date(2024, 11, 30),
        attribution=HOSTILE,
        confidence=0.3,
        place_text="Azaz" + HOSTILE,
    )
    desk.claim(
        bad,
        "They took Qalat al-Ghubar too.",
        "took Qalat al-Ghubar",
        None,
        "capture",
        after=hts,
        place_text="Qalat al-Ghubar",
        resolution_basis=HOSTILE,
    )
    undated = desk.article("undated", None, "Levant Wire", "Khan Tuman is with the opposition.")
    desk.claim(
        undated,
        undated.text,
        "Khan Tuman is with the opposition",
        "khan-tuman",
        "hold",
        after=hts,
        on=None,
        date_precision=Precision.UNKNOWN,
        date_basis="the article has no date",
    )
    dropped = [
        Dropped("a07", 0, 40, "stormed", "the ridge", Reason.PLACE_UNKNOWN, "no place of this name"),
        Dropped("zz-hostile", 0, 30, "took", HOSTILE, Reason.NO_ACTOR, HOSTILE),
    ]
    actors = registry()
    return War(desk.claims, timeline(desk.claims, actors), dropped, desk.articles, desk.gazetteer, actors)


def crowd(count: int) -> War:
    """A war of `count` villages, each reported taken on one of five days, a sentence each."""
    told = war()
    sides = ("hts", "ypg", "sna", "assad-government")
    claims, articles = [], []
    for at in range(count):
        text = f"Fighters of the northern front took the village of Kafr {at} in the early hours, residents said."
        day = f"2024-11-2{at % 5}"
        articles.append(Article(f"m{at}", f"Front moves, part {at}", text, f"Paper {at % 40}"))
        claims.append(
            claim(
                on=day, by=sides[at % 4], of=sides[(at + 1) % 4], article=f"m{at}", publisher=f"Paper {at % 40}",
                place_id=f"v{at}", place_name=f"Kafr {at}", place_text=f"Kafr {at}", place_kind="village",
                lat=34.0 + (at % 70) * 0.04, lon=36.0 + (at // 70) * 0.05, sentence_end=len(text),
                evidence_start=31, evidence_end=60,
            )
        )  # fmt: skip
    return War(claims, timeline(claims, told.actors), [], articles, told.gazetteer, told.actors)
