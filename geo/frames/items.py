"""Items: the names of a list that says beside each where it lies: "A in P, B in Q and, in R, both C and D".

The tree hangs B on P as often as on A; the text cannot: what stands behind "in" or in brackets locates, and what stands
behind a comma or "and" goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.frames.nouns import KINDS
from geo.frames.parsed import PLACE_SORTS, Parsed
from geo.lexicon import lexicon
from geo.mentions import Mention
from geo.trees import Token


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list, and the name of what it lies in, where the list tells it."""

    token: Token
    mention: Mention
    where: Mention | None


_AREA = (
    r"(?: (?:province|state|region|county|department|governorate|district|township|municipality|north|south|east|west)"
    r" of)?"
)
_LOCATES = re.compile(rf" (?:in|near|outside|at)(?: the)?{_AREA} | \((?:in )?(?:the )?", re.IGNORECASE)
_KIND = r"(?:(?:towns?|villages?|cit(?:y|ies)|districts?|bases?|ports?|townships?|communes?|hamlets?) (?:of )?)?"
_GOES_ON = re.compile(
    rf"(?:[,;] ?(?:and |as well as |then )?| and | as well as | plus )(?:also |both )?(?:the )?(?:nearby )?{_KIND}"
)
_FRONTED = re.compile(rf"[,;]? and,?(?: [a-z]+){{0,3}} in(?: the)?{_AREA} |[,;](?: [a-z]+){{0,3}} in(?: the)?{_AREA} ")
_BEHIND_FRONTED = re.compile(rf",? (?:both )?(?:the )?{_KIND}")


def lists(parsed: Parsed) -> list[list[Item]]:
    """Every list of the sentence's names, in order; of one name too, where it says where that lies."""
    text = parsed.masked.original
    names = [(token, mention) for token, mention in parsed.names() if mention.sort in PLACE_SORTS]
    out: list[list[Item]] = []
    end, at = -1, 0
    while at < len(names):
        token, mention = names[at]
        following = names[at + 1][1] if at + 1 < len(names) else None
        gap = text[end : mention.start] if end >= 0 else "."
        own = text[_past_kind(text, mention.end) : following.start] if following is not None else ""
        fronted = following is not None and _FRONTED.fullmatch(gap) and _BEHIND_FRONTED.fullmatch(own)
        if fronted and out:
            where, at = mention, at + 1
            while at < len(names):
                token, mention = names[at]
                out[-1].append(Item(token, mention, where))
                end, at = _past_kind(text, mention.end), at + 1
                if at == len(names) or not re.fullmatch(r",? and ", text[end : names[at][1].start]):
                    break
            continue
        if not out or not _GOES_ON.fullmatch(gap):
            out.append([])
        located = following is not None and _LOCATES.fullmatch(own) is not None
        out[-1].append(Item(token, mention, following if located else None))
        end = _past_kind(text, following.end if located and following is not None else mention.end)
        end += text[end : end + 1] == ")"
        at += 2 if located else 1
    return out


def located(parsed: Parsed) -> list[list[Item]]:
    """The lists that say where two or more of their names lie, without the bare names at their ends."""
    out: list[list[Item]] = []
    for items in lists(parsed) if len(parsed.names()) > 3 else []:
        known = [n for n, item in enumerate(items) if item.where is not None]
        if len(known) > 1:
            out.append(items[known[0] : known[-1] + 1])
    return out


def _past_kind(text: str, end: int) -> int:
    """Behind a name and the kind word that follows it: "Hama province"."""
    word = re.match(r" ([A-Za-z-]+)", text[end : end + 24])
    return end + word.end() if word and lexicon().is_class(word.group(1).lower(), *KINDS) else end
