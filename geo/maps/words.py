"""Words: the plain English a map uses for the codes of claims, states and reasons."""

from __future__ import annotations

from geo.claims import Claim, Kind, Method, Reason, Status
from geo.dates import Precision
from geo.timeline import Condition

KINDS = {
    Kind.CAPTURE: "Capture",
    Kind.RECAPTURE: "Recapture",
    Kind.HANDOVER: "Handover",
    Kind.WITHDRAWAL: "Withdrawal",
    Kind.PARTIAL_CAPTURE: "Partial capture",
    Kind.HOLD: "In control",
    Kind.CONTESTED: "Fighting",
    Kind.SIEGE: "Siege",
}
STATUSES = {
    Status.REPORTED: "Reported",
    Status.DENIED: "Denied",
    Status.PLANNED: "Announced or planned",
    Status.HYPOTHETICAL: "Hypothetical",
    Status.BACKGROUND: "Background",
}
CONDITIONS = {
    Condition.HELD: "Reported in control",
    Condition.PARTLY_HELD: "Reported in control of a part",
    Condition.CONTESTED: "Fighting inside",
    Condition.DISPUTED: "Reports disagree",
    Condition.BESIEGED: "Under siege",
    Condition.VACATED: "Left; nobody is reported in control",
}
METHODS = {
    Method.EXACT: "the name as it is in the gazetteer",
    Method.FOLDED: "the gazetteer's name but for accents, case or article",
    Method.ROMANISED: "another romanisation of the gazetteer's name",
    Method.FUZZY: "a spelling close to the gazetteer's name",
    Method.DESCRIPTION: "a description that stands for a place named before",
    Method.SPATIAL: "an area described in words; its outline is an estimate",
    Method.AMBIGUOUS: "more than one place fits",
    Method.UNRESOLVED: "no place found",
}
PRECISIONS = {
    Precision.DAY: "day stated",
    Precision.RANGE: "within a range of days",
    Precision.WEEK: "within a week",
    Precision.MONTH: "within a month",
    Precision.YEAR: "within a year",
    Precision.INFERRED: "inferred from the day of publication",
    Precision.UNKNOWN: "unknown",
}
REASONS = {
    Reason.NO_PLACE: "No place is named",
    Reason.PLACE_UNKNOWN: "The place is not in the gazetteer",
    Reason.PLACE_AMBIGUOUS: "More than one place fits the name",
    Reason.NO_ACTOR: "It does not say who took or holds it",
    Reason.NOT_A_PLACE: "What was taken is not a place",
    Reason.TOO_WIDE: "The area is too wide or too vague to draw",
    Reason.NO_DATE: "Neither the report nor the article gives a day",
    Reason.DENIED: "Denied",
    Reason.PLANNED: "Announced or planned, not done",
    Reason.HYPOTHETICAL: "Hypothetical",
    Reason.BACKGROUND: "Background, with no day of its own",
    Reason.NOT_CONTROL: "Not about control of a place",
    Method.AMBIGUOUS: "More than one place fits the name",
    Method.UNRESOLVED: "The place is not in the gazetteer",
}

UNSURE = {
    "less-certain": "The position is approximate.",
    "uncertain": "The position is uncertain: nobody has checked it.",
}
"""What a map says of a position, by the gazetteer's certainty; nothing of one that was looked up."""


def reason(code: str) -> str:
    """Why a report is on no map, in a sentence."""
    words = {str(key): value for key, value in REASONS.items()}
    return words.get(code, code.replace("_", " "))


def how_dated(claim: Claim) -> str:
    """How the day was worked out."""
    return _with(PRECISIONS[claim.date_precision], claim.date_basis)


def how_placed(claim: Claim) -> str:
    """How the place was worked out; a distance where the spot is not exact."""
    words = _with(METHODS[claim.resolution], claim.resolution_basis)
    if claim.radius_m and claim.radius_m >= 1000:
        words += f"; within about {round(claim.radius_m / 1000)} km"
    return words


def _with(words: str, basis: str) -> str:
    return f"{words} ({basis})" if basis else words
