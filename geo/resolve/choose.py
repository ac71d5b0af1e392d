"""Choosing among candidates: which one a name means, or that two fit about equally well, or that none does."""

from __future__ import annotations

from collections.abc import Sequence

from geo import names
from geo.claims import Method
from geo.gazetteer import Candidate, Gazetteer, Match, Place
from geo.resolve.cues import Surroundings, Weighed, governorate, is_spelt_same, weigh
from geo.resolve.model import METHODS, Resolution, at_place, distance_km, nowhere, point

MARGIN = 0.1  # two candidates closer than this are not told apart by cues of one rank
_SPELT_OUT = 0.97  # the name itself, article and all
SAME_KM = 3.0  # two rows so close are one place for any map
_DOMINANT = 5  # a town of so many times the inhabitants is what a bare name means
_METROPOLIS, _FAMOUS = 1_000_000, 50  # inhabitants, and how many times those of the town that bears its name
_TOWN_PEOPLE, _KNOWN_PEOPLE, _CITY_PEOPLE = 5_000, 20_000, 100_000
# A small world town far from all the article's certain places is mostly a namesake of a village no table has:
_SMALL_PEOPLE, _ENOUGH_ANCHORS = 5_000, 2
_SURE_SHARE, _CUED_SHARE = 0.3, 0.6  # of the cap: how alike a romanised name must be without and with a cue
_FAR_KM = 350.0  # farther from all that is certain in an article lies another theatre of the same war
_SHORT = 3  # with fewer consonants even a romanisation without a difference is mostly another name
_DISTINCT = 4  # from so many consonants on two villages of one name are rare enough to trust a name spelt the same
_LONG = 5  # from five consonants on a romanised name nearly stands alone (0.4-1.4 % wrong; 4.5 % and more below)


def choose(gazetteer: Gazetteer, candidates: Sequence[Candidate], around: Surroundings, text: str) -> Resolution:
    """The one candidate that is meant, with its reasons; else AMBIGUOUS or UNRESOLVED. No guess is made."""
    if not candidates:
        return nowhere(Method.UNRESOLVED, f"no place is named {text}")
    weighed = [w for w in (weigh(gazetteer, c, around) for c in candidates) if w is not None]
    if not weighed:
        return nowhere(Method.UNRESOLVED, f"no place named {text} lies where the article says", _shown(candidates))
    usable = [w for w in weighed if acceptable(gazetteer, w, around) and not _by_name_abroad(w, around, text)]
    fitting = _layered(usable, around)
    if not fitting:
        return nowhere(Method.UNRESOLVED, _why_not(weighed, text, around), _shown(candidates))
    fitting.sort(key=lambda w: (-round(w.total, 6), w.place.id))
    best, rivals = fitting[0], [w for w in fitting[1:] if _rivals(fitting[0], w)]
    rivals = rivals or [w for w in weighed if _famous_elsewhere(best, w)]
    others = tuple(w.candidate for w in fitting[1:4])
    if rivals:
        both = " or ".join(_label(gazetteer, w) for w in (best, *rivals[:2]))
        return nowhere(Method.AMBIGUOUS, f"{text} may be {both}", tuple(w.candidate for w in (best, *rivals[:4])))
    because = "; ".join(best.reasons)
    return at_place(best.place, METHODS[best.candidate.match], _score(best, fitting), because, others)


def acceptable(gazetteer: Gazetteer, weighed: Weighed, around: Surroundings) -> bool:
    """Whether a candidate may be used at all, by how its name was met and what else speaks for it."""
    candidate, place = weighed.candidate, weighed.place
    at_home = around.at_home(place.country)
    if candidate.match is Match.FUZZY or _too_large(weighed, around):
        return False
    if candidate.match is Match.ROMANISED and not (is_spelt_same(candidate) and candidate.consonants >= _SHORT):
        share = candidate.cost / candidate.cap if candidate.cap else 0.0
        if weighed.located:
            return share <= _CUED_SHARE or (candidate.consonants >= _LONG and at_home)
        known = candidate.consonants >= _LONG or (candidate.consonants >= 3 and place.population >= _TOWN_PEOPLE)
        return at_home and share <= _SURE_SHARE and (known or (place.population >= _CITY_PEOPLE and share == 0))
    if place.kind == "country":
        return True
    if place.layer == "workspace":
        if at_home:
            return weighed.located or not _elsewhere(gazetteer, weighed, around)
        return not place.country or weighed.located or _is_known_abroad(place)
    if at_home and around.country is not None:
        small = place.population < _SMALL_PEOPLE and (_may_be_a_namesake(place, around) or place.id[:6] != "world:")
        return weighed.located or not small or len(around.anchors) < _ENOUGH_ANCHORS
    if at_home:
        return place.population >= _CITY_PEOPLE or weighed.located
    return weighed.located or place.population >= 2 * _CITY_PEOPLE


def _by_name_abroad(weighed: Weighed, around: Surroundings, text: str) -> bool:
    """Whether a name is only another one of a foreign city that nothing ties down: Naha is also written Nawa."""
    place = weighed.place
    if weighed.located or around.at_home(place.country) or place.kind == "country" or place.population >= _METROPOLIS:
        return False
    return place.layer != "workspace" and names.plain(text) != names.plain(place.name)


def _may_be_a_namesake(place: Place, around: Surroundings) -> bool:
    """Whether a village of the world places is one of several of its name ("Lysivka of Pokrovsk" says so itself), or
    lies far from all that is certain in the article."""
    here = point(place)
    if here is None or place.kind not in ("town", "village", "neighbourhood"):
        return False
    near = [distance_km(here, there) for a in around.anchors if (there := point(a)) is not None]
    return " of " in place.name or min(near, default=0.0) > _FAR_KM


def _too_large(weighed: Weighed, around: Surroundings) -> bool:
    """ "The village of Duma" is not the city of Douma, unless the text says that it lies there."""
    word = around.word.word if around.word is not None else ""
    return word in ("village", "hamlet") and weighed.place.population >= _KNOWN_PEOPLE and not weighed.told


def _elsewhere(gazetteer: Gazetteer, weighed: Weighed, around: Surroundings) -> bool:
    """Whether a village lies where the article is not: in a governorate it does not name, or in another country.

    Such a village is mostly a namesake of one that no table has.
    """
    place = weighed.place
    if place.kind not in ("settlement", "village", "neighbourhood") or place.population >= _SMALL_PEOPLE:
        return False
    abroad = sum(a.country != place.country for a in around.anchors)
    if abroad >= _ENOUGH_ANCHORS and 2 * abroad > len(around.anchors):
        return True
    if any(len(key.letters) >= _DISTINCT for key in names.latin_keys(weighed.candidate.name)[:1]):
        return False
    land = governorate(gazetteer.ancestors(place.id))
    return bool(around.lands) and land is not None and land.id not in around.lands


def _is_known_abroad(place: Place) -> bool:
    """Whether a bare name may mean this place in an article about another country: a city, a region, no village."""
    return place.population >= _CITY_PEOPLE or place.kind in ("governorate", "region", "city", "river")


def _layered(fitting: list[Weighed], around: Surroundings) -> list[Weighed]:
    """A name spelt the same wins over one spelt alike, and the workspace's own over the world's, at home."""
    same = [w for w in fitting if is_spelt_same(w.candidate)]
    if any(not w.place.country or around.at_home(w.place.country) or w.located for w in same):
        fitting = same
    if around.word is None and not around.parents:
        # "Mexico" is the country, not the town in Missouri, unless the town lies at home in the workspace's own layer.
        states = [w for w in fitting if w.place.kind == "country"]
        if states and not any(w.place.layer == "workspace" and w.located for w in fitting):
            return states
    if any(_is_city_of_that_name(w, around) for w in fitting):
        # "Hama" is the city, not al-Hamah near Damascus, unless the text says that it is.
        fitting = [w for w in fitting if w.told or w.candidate.score >= _SPELT_OUT * _share(w)]
    own = [
        w for w in fitting
        if w.place.layer == "workspace" and (around.at_home(w.place.country) or not w.place.country)
    ]  # fmt: skip
    return own or fitting


def _is_city_of_that_name(weighed: Weighed, around: Surroundings) -> bool:
    place = weighed.place
    at_home = around.at_home(place.country) and place.population >= _CITY_PEOPLE
    return at_home and weighed.candidate.score >= _SPELT_OUT * _share(weighed)


def _share(weighed: Weighed) -> float:
    """The share of a likeness that a layer's candidates are scored with: a reference layer's count for less."""
    return 1.0 if weighed.place.layer == "workspace" or weighed.place.kind == "country" else 0.8


def _rivals(best: Weighed, other: Weighed) -> bool:
    """Whether the second fits about as well as the first and is another place."""
    if best.total - other.total >= MARGIN:
        return False
    here, there = point(best.place), point(other.place)
    if here is not None and there is not None and distance_km(here, there) <= SAME_KM:
        return False
    if best.place.parent == other.place.id or other.place.parent == best.place.id:
        return False
    enough = _TOWN_PEOPLE if best.located else _KNOWN_PEOPLE
    return best.place.population < max(_DOMINANT * other.place.population, enough) or (
        other.located and not best.located
    )


def _famous_elsewhere(best: Weighed, other: Weighed) -> bool:
    """Whether a town that nothing in the text ties down has a metropolis or a state of its very name abroad.

    "New York" in an article about Ukraine may be the town near Toretsk, if Toretsk or its oblast is told of.
    """
    place, namesake = best.place, other.place
    if best.located or place.layer == "workspace" or place.kind == "country" or place.country == namesake.country:
        return False
    if not is_spelt_same(other.candidate) or place.population >= _CITY_PEOPLE:
        return False
    metropolis = namesake.population >= max(_METROPOLIS, _FAMOUS * place.population)
    return metropolis or (namesake.kind == "governorate" and place.kind != "governorate")


def _score(best: Weighed, fitting: Sequence[Weighed]) -> float:
    """The likeness of the spelling, a little less where it stands without a cue or beside another candidate."""
    score = best.candidate.score / _share(best)
    if not best.located:
        score -= 0.05
    if len(fitting) > 1:
        score -= 0.05
    return score - (0.05 if best.place.layer == "reference" else 0.0)


def _label(gazetteer: Gazetteer, weighed: Weighed) -> str:
    above = gazetteer.ancestors(weighed.place.id)
    where = above[0].name if above else weighed.place.country
    return f"{weighed.place.name} ({weighed.place.kind}, {where})"


def _shown(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(candidates[:5])


def _why_not(weighed: Sequence[Weighed], text: str, around: Surroundings) -> str:
    best = max(weighed, key=lambda w: w.total)
    if best.candidate.match in (Match.FUZZY, Match.ROMANISED):
        return f"no place is named {text}; {best.place.name} is spelt alike, but nothing else speaks for it"
    if around.country is None:
        where = "nothing says in which country"
    elif around.at_home(best.place.country):
        where = "it lies far from the article's other places, and villages of one name are many"
    else:
        where = f"the article is about {around.country}"
    return f"{best.place.name} ({best.place.country}) is known, but {where}"
