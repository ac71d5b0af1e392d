"""Bearing: what the words around a side say of it there: it leaves, presses, strikes, won, or is only quoted.

Comes in: a sentence and the offsets of a side's name in it. Goes out: yes or no, by short patterns on the words
right before and right behind the name; nothing is parsed.
"""

from __future__ import annotations

import re

_GOES = re.compile(
    r"(?: had| have)? (?:abandoned|withdrew|withdrawn|fled|retreated|pulled (?:out|back)|left|surrendered|collapsed"
    r"|melted away|deserted|gave up|laid down)\b"
)
_GOING = re.compile(
    r"\b(?:(?:withdrawal|retreat|pull-?out|pullback|departure|flight|collapse|surrender|rout|defeat|expulsion|ouster"
    r"|eviction) (?:of|by)|(?:rout|overpower|overwhelm|beat|scatter|crush)(?:ed|t?ing|en)(?: back| off)?)"
    r" (?:[a-z]+ ){0,3}$"
)
""" "after the withdrawal of X", "after routing rival X": who goes or is beaten."""
_GONE = re.compile(r"(?:['’]s?)? (?:[a-z]+ ){0,2}(?:withdrawal|retreat|pull-?out|pullback|departure|flight|collapse)\b")
_ONSLAUGHT = (
    r"(?:advance|offensive|counter-?offensive|assault|attack|counter-?attack|onslaught|push|pressure|incursion)"
)
_PRESSES = re.compile(
    rf"(?: side)?(?:(?:['’]s?)? (?:[a-z-]+ ){{0,2}}{_ONSLAUGHT}s?\b"
    rf"|(?: has| have| had| were| was| are| is)?(?: \w+ly)? (?:launch|continu|press|mount|beg[au]n|start|stepp)\w*"
    rf"(?: (?:up|on|with|a|an|the|its|their|[a-z-]+)){{0,5}}"
    rf" (?:- [^-]{{1,50}} - )?{_ONSLAUGHT}s?\b"
    r"|(?: has| have| had| were| was| are| is)?(?: \w+ly)?"
    r" (?:advanc|attack|storm|enter|mov(?:ed|ing) in|clos(?:ed|ing) in|pour(?:ed|ing) in|sw(?:ept|eeping) in"
    r"|push(?:ed|ing)|overr[au]n|brought in reinforcements)\w*)"
)
_PRESSED = re.compile(
    rf"\b(?:{_ONSLAUGHT}s? (?:led |launched )?(?:by|from)|under (?:heavy )?fire from"
    r"|in the face of|pursued by|outnumbered by"
    r"|overwhelmed by|driven out by) (?:[a-z-]+ ){0,3}$"
)
_STRIKES = re.compile(
    r"\b(?:bombardments?|shelling|bombing|(?:air ?)?strikes?|air raids?|barrel bombs) (?:from|by)"
    r" (?:the |[a-z]+ ){0,2}$"
)
_STRIKE = re.compile(
    r"(?:['’]s?)? (?:(?:has|have|had|were|was|are) )?"
    r"(?:air ?strikes|bombardment|barrel bombs|(?:bomb|shell|pound)(?:ed|ing|s)?\b)"
)
_FILED = re.compile(r"\b(?:report|speak|writ|broadcast|return|phon|call)ing (?:to \w+ )?from (?:the )?$")

_AGAINST = re.compile(
    r"(?:\b(?:with|against|from|between|fight(?:s|ing)?|fought|battl(?:es?|ed|ing)|by|expel\w*|drove|ousted|"
    r"defeat\w*|forc(?:ed|ing)|repell\w*|evict\w*|push(?:ed|ing)|push(?:ed|ing) back|dislodg\w*|clear\w*) )"
    r"(?:the |its |their |rival |local |remaining |last |other |rest of )*$"
)
_AND = re.compile(r"(?:,? and|,|,? or|/|,? as well as|,? along with|,? together with) ?(?:the |allied |its )?")
_SOURCE = re.compile(
    r"(?:\b[Aa]ccording to|\bsources? (?:in|from|within|close to|with)|\bspokes\w+ (?:for|of))(?: [\w’',-]+){0,4} $"
)
"""Who is quoted is not for that reason a side of what is told."""
_BLOW = re.compile(
    r"\b(?:blow|setback|defeat|loss|reverse|humiliation|embarrassment|disaster)s? (?:for|to|suffered by) [\w ]{0,25}$"
)
_GAIN = re.compile(r"\b(?:victory|success|gain|boost|win|prize|triumph|advance|breakthrough)s? (?:for|by) [\w ]{0,25}$")
_FOR = re.compile(
    r"\b(?:brings?|brought|bringing|puts?|putting|gives?|gave|giving|allows?|allowed|allowing|lets?|enabl\w+|handed|hands?"
    r"|opens the way for|opened the way for) (?:the )?$"
)
""" "the fall of X brings Y closer to": whom a change helps on."""
_POST = re.compile(
    r"\b(?:headquarters|base|bases|strongholds?|positions?|camps?|barracks|outposts?|posts?|offices)"
    r" of (?:the )?(?P<whose>[^,;:.()]{3,80})"
)
""" "the headquarters of X": whose posts are taken."""
_ASSAULT = re.compile(
    r"(?:['’]s)? (?:[a-z]+ )?(?:assault|offensive|advance|attack|campaign|push|onslaught|operation)\b"
)


_SEAT = "(?:capital|stronghold|bastion|seat|headquarters|fiefdom|fortress|citadel|redoubt|hub|heartland|base|town|city)"
_ONCE = r",? (?:once |long |for years |until (?:then|now) )?"
_SEAT_OF = re.compile(rf"{_ONCE}(?:the |a |an |its |their )?(?:[a-z-]+ ){{0,3}}{_SEAT} of (?:the )?")
_HIS_SEAT = re.compile(rf"{_ONCE}(?:the |a |an )?(?:[a-z-]+ ){{0,2}}")
_SEAT_BEHIND = re.compile(rf"(?:['’]s?)? (?:[a-z-]+ ){{0,3}}{_SEAT}\b")
_SEAT_BEFORE = re.compile(rf"(?:['’]s?)? (?:[a-z-]+ ){{0,3}}{_SEAT}(?: of| at)?,? ")


def is_seat(text: str, place: tuple[int, int], start: int, end: int) -> bool:
    """Whether a place is told to be the seat or the town of the side at the offsets, by words right beside its name."""
    if start >= place[1]:
        between = text[place[1] : start]
        behind = _HIS_SEAT.fullmatch(between) is not None and _SEAT_BEHIND.match(text, end) is not None
        return behind or _SEAT_OF.fullmatch(between) is not None
    return end <= place[0] and _SEAT_BEFORE.fullmatch(text, end, place[0]) is not None


def leaves(text: str, start: int, end: int) -> bool:
    """Whether a sentence says of the side at an offset that it leaves or is beaten."""
    before = text[max(0, start - 50) : start]
    return any((_GOES.match(text, end), _GONE.match(text, end), _GOING.search(before)))


def presses(text: str, start: int, end: int) -> bool:
    """Whether it attacks, advances, moves in: what another side withdraws from."""
    return _PRESSES.match(text, end) is not None or _PRESSED.search(text[max(0, start - 60) : start]) is not None


def strikes(text: str, start: int, end: int) -> bool:
    """Whether it bombs and shells from afar, as nobody does to ground of his own."""
    return _STRIKE.match(text, end) is not None or _STRIKES.search(text[max(0, start - 60) : start]) is not None


def is_elsewhere(text: str, start: int) -> bool:
    """Whether it is only the country from which somebody reports."""
    return _FILED.search(text[max(0, start - 40) : start]) is not None


def is_quoted(text: str, start: int) -> bool:
    """Whether it is named as a source."""
    return _SOURCE.search(text[max(0, start - 60) : start]) is not None


def is_fought(text: str, start: int) -> bool:
    """Whether it is named as whom another fights or drives out."""
    return _AGAINST.search(text[max(0, start - 40) : start]) is not None


def joins(text: str) -> bool:
    """Whether the words between two names make them one party: "A and allied B"."""
    return _AND.fullmatch(text) is not None


def verdict(text: str, start: int, end: int, *, helped: bool) -> tuple[str, bool] | None:
    """The words that say it won or lost, and whether it won: "a setback for X", "the X assault". helped: whether
    "brings X closer" counts too."""
    before, after = text[max(0, start - 60) : start], text[end:]
    lost, won = _BLOW.search(before), _GAIN.search(before) or _ASSAULT.match(after)
    won = won or (_FOR.search(before) if helped else None)
    found = lost or won
    return None if found is None else (found[0].strip(), lost is None)


def posts_of(text: str) -> str:
    """Whose a place is, as its words say: "the headquarters of X"; else empty."""
    found = _POST.search(text)
    return found["whose"] if found is not None else ""
