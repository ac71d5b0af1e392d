"""The rules of docs/timeline.md, one test each, named after the rule."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from claim_maker import claim, day, write_actors
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.actors import ActorRegistry
from geo.articles import Article
from geo.claims import Claim, Kind, Method, Status
from geo.dates import Precision
from geo.timeline import Condition, ControlState, change_dates, evidence_of, state_on, timeline

Row = tuple[str, str | None, str | None, str]


@pytest.fixture(scope="module")
def actors(tmp_path_factory: pytest.TempPathFactory) -> ActorRegistry:
    return ActorRegistry.load(write_actors(tmp_path_factory.mktemp("gazetteer")))


def rows(states: list[ControlState]) -> list[Row]:
    """What a reader sees first: since when, until when, who, in which condition."""
    return [(str(s.start), None if s.end is None else str(s.end), s.controller, str(s.condition)) for s in states]


def only(claims: list[Claim], actors: ActorRegistry | None = None) -> ControlState:
    (state,) = timeline(claims, actors)
    return state


# What counts


@pytest.mark.parametrize("status", ["denied", "planned", "hypothetical"])
def test_what_did_not_happen_changes_nothing(status: str) -> None:
    told = [claim(on="2016-08-01", by="government")]
    other = claim(on="2016-09-01", by="rebels", status=status)
    assert timeline([*told, other]) == timeline(told)
    assert change_dates([*told, other]) == [date(2016, 8, 1)]


@pytest.mark.parametrize(
    "changed",
    [
        {"place_id": None},
        {"lat": None, "lon": None},
        {"resolution": Method.AMBIGUOUS},
        {"resolution": Method.UNRESOLVED},
        {"on": None, "published": "2016-08-01"},
    ],
)
def test_unplaced_and_undated_claims_are_left_out(changed: dict[str, object]) -> None:
    assert timeline([claim(**changed)]) == []  # type: ignore[arg-type]
    assert change_dates([claim(**changed)]) == []  # type: ignore[arg-type]


def test_background_counts_on_the_day_it_speaks_of() -> None:
    told = claim(on="2020-02-05", published="2024-11-30", by="government", status="background")
    assert rows(timeline([told])) == [("2020-02-05", None, "government", "held")]
    assert change_dates([told]) == [date(2020, 2, 5)]


@pytest.mark.parametrize(
    ("on", "precision"),
    [("2024-11-30", Precision.DAY), ("2024-11-29", Precision.INFERRED), ("2024-11-29", Precision.UNKNOWN)],
)
def test_background_never_counts_on_the_day_of_publication(on: str, precision: Precision) -> None:
    told = claim(on=on, published="2024-11-30", status="background", date_precision=precision)
    assert timeline([told]) == []
    assert change_dates([told]) == []


def test_as_known_on_drops_what_was_published_later_or_nobody_knows_when() -> None:
    early = claim(on="2016-08-01", published="2016-08-02", by="rebels")
    late = claim(on="2016-08-01", published="2016-08-09", by="government")
    undated = claim(on="2016-08-05", published=None, by="ypg")
    assert timeline([early, late, undated], as_known_on=date(2016, 8, 8)) == timeline([early])
    assert timeline([early, late], as_known_on=date(2016, 8, 9)) == timeline([early, late])
    assert timeline([early], as_known_on=date(2016, 8, 1)) == []


# Rules


def test_rule_1_a_change_sets_the_controller_and_ends_the_earlier_state_the_day_before() -> None:
    states = timeline([claim(on="2016-08-01", by="rebels", of="government"), claim(on="2016-12-13", by="government")])
    assert rows(states) == [
        ("2016-08-01", "2016-12-12", "rebels", "held"),
        ("2016-12-13", None, "government", "held"),
    ]
    assert [state.previous for state in states] == ["government", "rebels"]


@pytest.mark.parametrize("kind", ["capture", "recapture", "handover", "withdrawal"])
def test_rule_1_every_change_with_a_taker(kind: str) -> None:
    assert rows(timeline([claim(kind, by="ypg", of="islamic-state")])) == [("2024-11-29", None, "ypg", "held")]


@pytest.mark.parametrize("second", ["2016-08-01", "2016-08-02", "2017-01-01"])
def test_rule_2_told_again_is_not_a_new_change(second: str) -> None:
    first, again = claim(on="2016-08-01", article="a"), claim(on=second, published="2017-01-02", article="b")
    state = only([again, first])
    assert (state.start, state.end) == (date(2016, 8, 1), None)
    assert set(state.supporting) == {first.id, again.id}
    assert (state.sources, state.last_reported) == (2, date(2017, 1, 2))


def test_rule_2_a_wider_name_confirms_and_a_narrower_one_on_the_same_day_is_taken(
    actors: ActorRegistry,
) -> None:
    assert rows(timeline([claim(on="2024-11-29", by="hts"), claim(on="2024-12-20", by="opposition")], actors)) == [
        ("2024-11-29", None, "hts", "held")
    ]
    assert rows(timeline([claim(by="hts"), claim(by="opposition", article="b")], actors)) == [
        ("2024-11-29", None, "hts", "held")
    ]


def test_rule_3_a_part_makes_the_taker_a_rival() -> None:
    states = timeline(
        [
            claim(on="2024-01-01", by="government"),
            claim("partial_capture", on="2024-11-29", by="rebels"),
            claim(on="2024-11-30"),
        ]
    )
    assert rows(states) == [
        ("2024-01-01", "2024-11-28", "government", "held"),
        ("2024-11-29", "2024-11-29", "government", "partly_held"),
        ("2024-11-30", None, "rebels", "held"),
    ]
    assert states[1].rivals == ("rebels",)
    assert states[2].previous == "government"


@pytest.mark.parametrize(
    ("of", "controller", "rivals"), [("government", "government", ("rebels",)), (None, "rebels", ())]
)
def test_rule_3_a_part_of_a_place_of_which_nothing_is_known(
    of: str | None, controller: str, rivals: tuple[str, ...]
) -> None:
    state = only([claim("partial_capture", by="rebels", of=of)])
    assert (state.controller, state.rivals, state.condition) == (controller, rivals, Condition.PARTLY_HELD)


def test_rule_3_a_controllers_own_advance_confirms() -> None:
    state = only([claim(on="2016-08-01"), claim("partial_capture", on="2016-08-09")])
    assert (state.condition, len(state.supporting)) == (Condition.HELD, 2)


def test_rule_4_unnamed_places_are_a_part() -> None:
    states = timeline([claim(on="2016-08-01", by="government"), claim(on="2016-09-01", by="rebels", count=12)])
    assert rows(states)[1] == ("2016-09-01", None, "government", "partly_held")


@pytest.mark.parametrize("loser", ["government", None])
def test_rule_5_a_departure_empties(loser: str | None) -> None:
    states = timeline(
        [claim(on="2016-08-01", by="government"), claim("withdrawal", on="2016-09-01", by=None, of=loser)]
    )
    assert rows(states)[1] == ("2016-09-01", None, None, "vacated")
    assert states[1].previous == "government"


def test_rule_5_a_departure_is_enough_to_know_that_nobody_is_there() -> None:
    state = only([claim("withdrawal", by=None, of="government")])
    assert (state.controller, state.previous, state.condition) == (None, "government", Condition.VACATED)


def test_rule_5_a_taker_whom_nobody_knows_is_named_in_words() -> None:
    state = only([claim(by=None, to_text="tribal gunmen", of="government")])
    assert (state.controller, state.condition) == (None, Condition.VACATED)
    assert state.basis == "taken by “tribal gunmen”, a side that the registry does not know"


def test_rule_5_who_is_inside_stays_a_rival() -> None:
    held = claim("partial_capture", on="2016-08-01", by="rebels", of="government")
    states = timeline([held, claim("withdrawal", on="2016-08-20", by=None, of="government")])
    assert (states[1].condition, states[1].rivals) == (Condition.VACATED, ("rebels",))


def test_rule_6_a_rival_that_leaves_ends_the_partial_hold() -> None:
    parted = [claim(on="2016-08-01", by="government"), claim("partial_capture", on="2016-08-10", by="rebels")]
    states = timeline([*parted, claim("withdrawal", on="2016-08-20", by=None, of="rebels")])
    assert rows(states)[2] == ("2016-08-20", None, "government", "held")


def test_rule_6_the_loser_who_is_said_to_leave_supports_the_taker() -> None:
    taken = claim(on="2016-08-01", by="rebels", of="government")
    left = claim("withdrawal", on="2016-08-02", by=None, of="government")
    fell = claim(on="2016-08-02", by=None, article="fell")
    state = only([taken, left, fell])
    assert (state.controller, len(state.supporting), state.conflicting) == ("rebels", 3, ())


def test_rule_6_a_stranger_who_leaves_conflicts() -> None:
    left = claim("withdrawal", on="2016-09-01", by=None, of="ypg")
    state = only([claim(on="2016-08-01", by="rebels"), left])
    assert (state.controller, state.conflicting) == ("rebels", (left.id,))


def test_rule_7_a_hold_establishes_then_confirms() -> None:
    state = only([claim("hold", on="2016-08-01", article="a"), claim("hold", on="2016-09-01", article="b")])
    assert (state.start, state.controller, state.condition, state.sources) == (
        date(2016, 8, 1),
        "rebels",
        Condition.HELD,
        2,
    )
    assert change_dates([claim("hold")]) == []


def test_rule_7_a_hold_of_the_defender_ends_the_fighting() -> None:
    states = timeline(
        [
            claim("hold", on="2016-08-01", by="government"),
            claim("contested", on="2016-08-05", by="rebels", of="government"),
            claim("hold", on="2016-08-07", by="government"),
        ]
    )
    assert [row[3] for row in rows(states)] == ["held", "contested", "held"]
    assert states[1].rivals == ("rebels",)


@pytest.mark.parametrize(
    "hold",
    [
        claim("hold", on="2016-08-02", by="government", article="other"),
        claim("hold", on="2016-08-02", by="ypg", article="same"),
    ],
)
def test_rule_8_a_hold_just_after_a_change_tells_of_the_time_before(hold: Claim) -> None:
    state = only([claim(on="2016-08-01", by="rebels", of="government", article="same"), hold])
    assert (state.controller, state.condition, state.conflicting) == ("rebels", Condition.HELD, (hold.id,))


def test_rule_8_a_later_hold_by_another_side_shows_that_reports_disagree() -> None:
    hold = claim("hold", on="2018-01-01", by="government")
    states = timeline([claim(on="2016-08-01", by="rebels"), hold])
    assert rows(states) == [
        ("2016-08-01", "2017-12-31", "rebels", "held"),
        ("2018-01-01", None, "rebels", "disputed"),
    ]
    assert (states[1].rivals, states[1].conflicting) == (("government",), (hold.id,))


@pytest.mark.parametrize(
    ("second", "condition"), [("2016-08-01", "disputed"), ("2016-08-03", "disputed"), ("2016-08-04", "held")]
)
def test_rule_9_two_takers_within_two_days_are_disputed(second: str, condition: str) -> None:
    claims = [claim(on="2016-08-01", by="rebels"), claim(on=second, by="government")]
    last = timeline(claims)[-1]
    assert (str(last.start), str(last.condition)) == (second, condition)
    assert {last.controller, *last.rivals} == ({"government", "rebels"} if condition == "disputed" else {"government"})


@pytest.mark.parametrize(("kind", "of"), [("capture", "rebels"), ("recapture", None)])
def test_rule_9_a_claim_that_says_it_came_after_is_no_dispute(kind: str, of: str | None) -> None:
    states = timeline([claim(on="2016-08-01", by="rebels"), claim(kind, on="2016-08-02", by="government", of=of)])
    assert rows(states)[1] == ("2016-08-02", None, "government", "held")


def test_rule_9_allied_takers_are_one_camp_unless_they_fight_each_other(actors: ActorRegistry) -> None:
    joint = only([claim(on="2016-08-01", by="nusra"), claim(on="2016-08-01", by="rebels")], actors)
    assert (joint.condition, {joint.controller, *joint.rivals}) == (Condition.HELD, {"nusra", "rebels"})
    split = only([claim(on="2016-08-01", by="nusra", of="rebels"), claim(on="2016-08-01", by="rebels")], actors)
    assert split.condition is Condition.DISPUTED


def test_rule_10_more_sources_lead_a_dispute() -> None:
    state = only(
        [
            claim(by="rebels", article="a"),
            claim(by="rebels", article="b"),
            claim(by="government", article="c"),
        ]
    )
    assert (state.controller, state.rivals, state.basis) == (
        "rebels",
        ("government",),
        "more sources (2 against 1)",
    )
    assert len(state.conflicting) == 1


@pytest.mark.parametrize("attribution", ["a Syrian Arab Army statement", "government officials"])
def test_rule_11_a_sides_own_loss_counts_more(actors: ActorRegistry, attribution: str) -> None:
    told = [
        claim(by="rebels", of="government", attribution=attribution, article="a", on="2016-08-01"),
        claim(by="government", article="b", on="2016-08-01"),
        claim(by="government", article="c", on="2016-08-01"),
    ]
    (state,) = timeline(told, actors)
    assert (state.controller, state.condition) == ("rebels", Condition.DISPUTED)
    assert state.basis == "the side that lost it says so itself"
    (plain,) = timeline(told, actors, own_loss_counts_more=False)
    assert (plain.controller, plain.basis) == ("government", "more sources (2 against 1)")


def test_rule_11_a_sides_own_gain_does_not() -> None:
    told = [
        claim(by="rebels", of="government", attribution="the rebels", article="a"),
        claim(by="government", article="b"),
        claim(by="government", article="c"),
    ]
    assert only(told).controller == "government"


def test_rule_12_fighting_establishes_nobody_and_adds_nothing_on_the_day_of_a_capture() -> None:
    fight = claim("contested", on="2016-08-01", by="rebels", of="government")
    state = only([fight])
    assert (state.controller, state.rivals, state.condition) == (
        None,
        ("government", "rebels"),
        Condition.CONTESTED,
    )
    taken = claim(on="2016-08-01", by="rebels", of="government")
    assert only([fight, taken]) == only([taken])


def test_rule_13_a_siege_outranks_fighting_and_a_hold_does_not_end_it() -> None:
    states = timeline(
        [
            claim(on="2016-08-01", by="government"),
            claim("contested", on="2016-08-05", by="rebels", of="government"),
            claim("siege", on="2016-08-06", by="rebels"),
            claim("contested", on="2016-08-07", by="rebels"),
            claim("hold", on="2016-08-08", by="government"),
        ]
    )
    assert rows(states)[1:] == [
        ("2016-08-05", "2016-08-05", "government", "contested"),
        ("2016-08-06", None, "government", "besieged"),
    ]


def test_rule_14_a_side_that_has_ended_holds_nothing(actors: ActorRegistry) -> None:
    assert rows(timeline([claim(on="2016-12-13", by="government")], actors)) == [
        ("2016-12-13", "2024-12-07", "government", "held")
    ]
    later = claim("hold", on="2025-01-05", by="hts")
    assert rows(timeline([claim(on="2016-12-13", by="government"), later], actors))[1] == (
        "2025-01-05",
        None,
        "hts",
        "held",
    )


def test_rule_15_copies_of_one_story_are_one_source() -> None:
    one = claim(article="a", publisher="The Daily", sentence_end=80)
    same_paper = claim(article="b", publisher="the daily", sentence_end=90)
    same_words = claim(article="c", publisher="The Evening", sentence_end=80)
    own_words = claim(article="d", publisher="The Weekly", sentence_end=85)
    assert only([one, same_paper]).sources == 1
    assert only([one, same_words]).sources == 1
    assert only([one, same_paper, same_words, own_words]).sources == 2


def test_rule_15_the_words_themselves_decide_where_they_are_given() -> None:
    one, other = claim(article="a", sentence_end=80), claim(article="b", sentence_end=80)
    assert timeline([one, other])[0].sources == 1
    assert timeline([one, other], evidence={one.id: "Rebels took Nubl.", other.id: "REBELS took Nubl"})[0].sources == 1
    assert timeline([one, other], evidence={one.id: "Rebels took Nubl.", other.id: "Nubl fell."})[0].sources == 2
    short = [replace(one, sentence_end=20), replace(other, sentence_end=20)]
    assert timeline(short, evidence={one.id: "Nubl fell.", other.id: "Nubl fell."})[0].sources == 2


# The function as a whole


def test_state_on_gives_one_state_a_place() -> None:
    states = timeline(
        [
            claim(on="2016-08-01"),
            claim(on="2016-12-13", by="government"),
            claim(on="2016-09-01", place_id="anadan"),
        ]
    )
    assert state_on(states, date(2016, 7, 31)) == {}
    assert {place: state.controller for place, state in state_on(states, date(2016, 12, 12)).items()} == {
        "anadan": "rebels",
        "nubl": "rebels",
    }
    assert state_on(states, date(2016, 12, 13))["nubl"].controller == "government"


def test_evidence_of_takes_the_sentence() -> None:
    told = claim(article="a", sentence_start=3, sentence_end=7)
    assert evidence_of([told, claim(article="b")], [Article("a", "", "0123456789")]) == {told.id: "3456"}


def test_no_claims_no_states() -> None:
    assert timeline([]) == []
    assert change_dates([]) == []


_SIDES = st.sampled_from(["government", "rebels", "hts", "nusra", "opposition", "ypg", None])


@st.composite
def _claims(draw: st.DrawFn) -> Claim:
    number = draw(st.integers(0, 400))
    return claim(
        draw(st.sampled_from(list(Kind))),
        on=f"2024-12-{draw(st.integers(1, 12)):02}",
        by=draw(_SIDES),
        of=draw(_SIDES),
        published=draw(st.sampled_from(["2024-12-10", "2024-12-20", None])),
        status=draw(st.sampled_from([Status.REPORTED, Status.REPORTED, Status.BACKGROUND, Status.DENIED])),
        article=f"article-{number}",
        publisher=draw(st.sampled_from(["a", "b", None])),
        place_id=draw(st.sampled_from(["nubl", "nubl", "anadan"])),
        count=draw(st.sampled_from([None, None, 5])),
        attribution=draw(st.sampled_from([None, "the government"])),
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(told=st.lists(_claims(), max_size=14), data=st.data())
def test_the_order_of_claims_makes_no_difference_and_states_never_overlap(
    actors: ActorRegistry, told: list[Claim], data: st.DataObject
) -> None:
    states = timeline(told, actors)
    assert timeline(data.draw(st.permutations(told)), actors) == states
    assert timeline([*told, *told], actors) == states
    assert states == sorted(states, key=lambda s: (s.place_id, s.start))
    for one, other in itertools.pairwise(states):
        if one.place_id == other.place_id:
            assert one.end is not None
            assert one.end < other.start
    for state in states:
        assert state.end is None or state.start <= state.end
        assert state.supporting or state.condition is Condition.DISPUTED
        assert not set(state.supporting) & set(state.conflicting)
        assert state.controller not in state.rivals
        if state.condition in (Condition.HELD, Condition.PARTLY_HELD, Condition.DISPUTED):
            assert state.controller is not None
        assert state.condition is not Condition.VACATED or state.controller is None
        assert state.previous is None or state.previous != state.controller


def test_a_claim_that_is_read_twice_is_one_claim() -> None:
    told = claim(on="2016-08-01")
    other = replace(told, date=day("2016-08-05"))
    assert timeline([told, other]) == timeline([other, told])
    assert len(timeline([told, other])) == 1
