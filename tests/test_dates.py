"""Dates: tables of expressions, and properties that hold for any text."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dates import DateMention, DateRole, DateSpan, Precision, find_dates, parse_published, resolve_anchored

SATURDAY = date(2024, 11, 30)
WEDNESDAY = date(2015, 6, 3)
NEW_YEAR = date(2018, 1, 2)  # a Tuesday


def said(text: str, published: date | None = SATURDAY) -> str:
    """The only expression of the text: "words | role | start..end (day) precision"; no span, no dates."""
    (found,) = find_dates(text, published)
    return shown(found)


def shown(found: DateMention) -> str:
    if found.span is None:
        return f"{found.text} | {found.role}"
    span = found.span
    bounds = f"{span.start}" if span.start == span.end else f"{span.start}..{span.end} ({span.day})"
    return f"{found.text} | {found.role} | {bounds} {span.precision}"


FULL_DATES = [
    ("on 30 November 2024 they left", "30 November 2024"),
    ("on November 30, 2024, they left", "November 30, 2024"),
    ("on November 30 2024", "November 30 2024"),
    ("on Nov. 30, 2024", "Nov. 30, 2024"),
    ("on Nov 30", "Nov 30"),
    ("on 30 Nov.", "30 Nov."),
    ("on 30th November", "30th November"),
    ("on the 30th of November, 2024", "30th of November, 2024"),
    ("on November 30th", "November 30th"),
    ("on November the 30th", "November the 30th"),
    ("on 2024-11-30 the town fell", "2024-11-30"),
    ("updated 2024-11-30T17:05:00Z", "2024-11-30"),
    ("on 30.11.2024.", "30.11.2024"),
    ("on 30/11/2024", "30/11/2024"),
    ("on 11/30/2024", "11/30/2024"),
    ("on 2024/11/30", "2024/11/30"),
    ("on Saturday, November 30, 2024", "Saturday, November 30, 2024"),
    ("on Saturday 30 November", "Saturday 30 November"),
    ("on Saturday (30 November)", "Saturday (30 November)"),
    ("on 30 November (Saturday)", "30 November (Saturday)"),
    ("on Sat. 30 Nov 2024", "Sat. 30 Nov 2024"),
    ("NOVEMBER 30, DAMASCUS", "NOVEMBER 30"),
    ("on 30\u00a0November\n2024", "30\u00a0November\n2024"),
    ("on 30 November this year", "30 November this year"),
]


@pytest.mark.parametrize(("text", "words"), FULL_DATES)
def test_full_dates(text: str, words: str) -> None:
    assert said(text) == f"{words} | point | 2024-11-30 day"


EXPRESSIONS = [
    # days without a year, and days to come
    ("on 2 December 2023", "2 December 2023 | point | 2023-12-02 day"),
    ("the clashes of 27 November", "27 November | point | 2024-11-27 day"),
    ("the clashes of 20 December", "20 December | point | 2023-12-20 day"),
    ("on 5 May last year", "5 May last year | point | 2023-05-05 day"),
    ("they will meet on 20 December", "20 December | future | 2024-12-20 day"),
    ("the talks of 5 December", "5 December | future | 2024-12-05 day"),
    ("a ceasefire until 12 January", "until 12 January | future | 2025-01-12 day"),
    ("on 29 February", "29 February | point | 2024-02-29 day"),
    # ranges
    ("On November 27-28 the front broke", "November 27-28 | during | 2024-11-27..2024-11-28 (2024-11-28) range"),
    ("from 27 to 29 November", "27 to 29 November | during | 2024-11-27..2024-11-29 (2024-11-29) range"),
    ("on 27\u201328 November 2019", "27\u201328 November 2019 | during | 2019-11-27..2019-11-28 (2019-11-28) range"),
    ("on November 27 and 28", "November 27 and 28 | during | 2024-11-27..2024-11-28 (2024-11-28) range"),
    ("between 3 and 5 May", "3 and 5 May | during | 2024-05-03..2024-05-05 (2024-05-05) range"),
    ("between 28 April and 5 May", "28 April and 5 May | during | 2024-04-28..2024-05-05 (2024-05-05) range"),
    ("from Monday to Wednesday", "Monday to Wednesday | during | 2024-11-25..2024-11-27 (2024-11-27) range"),
    ("from Friday to Tuesday", "Friday to Tuesday | during | 2024-11-22..2024-11-26 (2024-11-26) range"),
    ("between Monday and Wednesday", "Monday and Wednesday | during | 2024-11-25..2024-11-27 (2024-11-27) range"),
    (
        "28 October to 3 November 2020",
        "28 October to 3 November 2020 | during | 2020-10-28..2020-11-03 (2020-11-03) range",
    ),
    (
        "28 December to 3 January 2021",
        "28 December to 3 January 2021 | during | 2020-12-28..2021-01-03 (2021-01-03) range",
    ),
    ("from June to August 2016", "June to August 2016 | during | 2016-06-01..2016-08-31 (2016-08-31) range"),
    ("from November to February", "November to February | during | 2023-11-01..2024-02-29 (2024-02-29) range"),
    ("between 2012 and 2016", "2012 and 2016 | during | 2012-01-01..2016-12-31 (2016-12-31) range"),
    ("in 2014-16", "2014-16 | during | 2014-01-01..2016-12-31 (2016-12-31) range"),
    ("Friday night into Saturday", "Friday night into Saturday | during | 2024-11-29..2024-11-30 (2024-11-30) range"),
    ("the night of 28-29 November", "night of 28-29 November | during | 2024-11-28..2024-11-29 (2024-11-29) range"),
    # months
    ("in June", "June | point | 2024-06-01..2024-06-30 (2024-06-30) month"),
    ("in December", "December | point | 2023-12-01..2023-12-31 (2023-12-31) month"),
    ("in November", "November | point | 2024-11-01..2024-11-30 (2024-11-30) month"),
    ("in March 2017", "March 2017 | point | 2017-03-01..2017-03-31 (2017-03-31) month"),
    ("May 2013 was worse", "May 2013 | point | 2013-05-01..2013-05-31 (2013-05-31) month"),
    ("in April last year", "April last year | point | 2023-04-01..2023-04-30 (2023-04-30) month"),
    ("last June", "last June | point | 2024-06-01..2024-06-30 (2024-06-30) month"),
    ("next March", "next March | future | 2025-03-01..2025-03-31 (2025-03-31) month"),
    ("by March", "by March | future | 2025-03-01..2025-03-31 (2025-03-31) month"),
    ("early May", "early May | point | 2024-05-01..2024-05-10 (2024-05-10) range"),
    ("in mid-May", "mid-May | point | 2024-05-11..2024-05-20 (2024-05-20) range"),
    ("late May", "late May | point | 2024-05-21..2024-05-31 (2024-05-31) range"),
    ("at the end of July", "end of July | point | 2024-07-25..2024-07-31 (2024-07-31) range"),
    ("at the beginning of July", "beginning of July | point | 2024-07-01..2024-07-07 (2024-07-07) range"),
    ("in the first week of May", "first week of May | point | 2024-05-01..2024-05-07 (2024-05-07) range"),
    ("in the second week of May", "second week of May | point | 2024-05-08..2024-05-14 (2024-05-14) range"),
    ("the early half of 2016", "early half of 2016 | point | 2016-01-01..2016-06-30 (2016-06-30) range"),
    ("in the last days of May", "last days of May | point | 2024-05-27..2024-05-31 (2024-05-31) range"),
    ("in the second half of May", "second half of May | point | 2024-05-16..2024-05-31 (2024-05-31) range"),
    ("the June ceasefire", "June | point | 2024-06-01..2024-06-30 (2024-06-30) month"),
    ("August's offensive", "August | point | 2024-08-01..2024-08-31 (2024-08-31) month"),
    ("last month", "last month | point | 2024-10-01..2024-10-31 (2024-10-31) month"),
    ("this month", "this month | during | 2024-11-01..2024-11-30 (2024-11-30) month"),
    ("earlier this month", "earlier this month | during | 2024-11-01..2024-11-29 (2024-11-29) range"),
    ("early last month", "early last month | point | 2024-10-01..2024-10-10 (2024-10-10) range"),
    ("in the course of the month", "course of the month | during | 2024-11-01..2024-11-30 (2024-11-30) month"),
    # years, seasons, decades
    ("in 2014", "2014 | point | 2014-01-01..2014-12-31 (2014-12-31) year"),
    ("the siege (2016)", "2016 | point | 2016-01-01..2016-12-31 (2016-12-31) year"),
    ("the 2014 offensive", "2014 | point | 2014-01-01..2014-12-31 (2014-12-31) year"),
    ("in 2024", "2024 | point | 2024-01-01..2024-11-30 (2024-11-30) year"),
    ("last year", "last year | point | 2023-01-01..2023-12-31 (2023-12-31) year"),
    ("earlier this year", "earlier this year | during | 2024-01-01..2024-11-29 (2024-11-29) year"),
    ("mid-2016", "mid-2016 | point | 2016-05-01..2016-08-31 (2016-08-31) range"),
    ("late 2016", "late 2016 | point | 2016-09-01..2016-12-31 (2016-12-31) range"),
    ("late last year", "late last year | point | 2023-09-01..2023-12-31 (2023-12-31) range"),
    ("at the end of last year", "end of last year | point | 2023-12-01..2023-12-31 (2023-12-31) range"),
    ("by the end of the year", "by the end of the year | future | 2024-12-01..2024-12-31 (2024-12-31) range"),
    ("in the first half of 2016", "first half of 2016 | point | 2016-01-01..2016-06-30 (2016-06-30) range"),
    ("in the spring of 2015", "spring of 2015 | point | 2015-03-01..2015-05-31 (2015-05-31) range"),
    ("last summer", "last summer | point | 2024-06-01..2024-08-31 (2024-08-31) range"),
    ("during the winter", "winter | during | 2023-12-01..2024-02-29 (2024-02-29) range"),
    ("the fall of 2016", "fall of 2016 | point | 2016-09-01..2016-11-30 (2016-11-30) range"),
    ("next spring", "next spring | future | 2025-03-01..2025-05-31 (2025-05-31) range"),
    ("in the 1980s", "1980s | point | 1980-01-01..1989-12-31 (1989-12-31) range"),
    # weekdays
    ("on Friday", "Friday | point | 2024-11-29 day"),
    ("on Saturday", "Saturday | point | 2024-11-30 day"),
    ("on Sunday", "Sunday | point | 2024-11-24 day"),
    ("Friday's raid", "Friday | point | 2024-11-29 day"),
    ("Friday\u2019s raid", "Friday | point | 2024-11-29 day"),
    ("a Tuesday offensive", "Tuesday | point | 2024-11-26 day"),
    ("early Saturday", "early Saturday | point | 2024-11-30 day"),
    ("late on Thursday", "late on Thursday | point | 2024-11-28 day"),
    ("Friday night", "Friday night | point | 2024-11-29 day"),
    ("on Fri", "Fri | point | 2024-11-29 day"),
    ("earlier on Saturday", "earlier on Saturday | point | 2024-11-30 day"),
    ("last Friday", "last Friday | point | 2024-11-29 day"),
    ("last Saturday", "last Saturday | point | 2024-11-23 day"),
    ("next Monday", "next Monday | future | 2024-12-02 day"),
    ("this Sunday", "this Sunday | point | 2024-11-24 day"),
    ("Thursday last week", "Thursday last week | point | 2024-11-21 day"),
    ("the council will meet on Monday", "Monday | future | 2024-12-02 day"),
    ("On Monday they will withdraw", "Monday | future | 2024-12-02 day"),
    ("no later than Friday", "Friday | future | 2024-12-06 day"),
    ("the army, which will stay, said on Monday", "Monday | point | 2024-11-25 day"),
    ("at dawn on Saturday", "dawn on Saturday | point | 2024-11-30 day"),
    ("shortly before midnight on Friday", "midnight on Friday | point | 2024-11-29 day"),
    ("in the early hours of Wednesday", "early hours of Wednesday | point | 2024-11-27 day"),
    ("in the small hours of Friday", "small hours of Friday | point | 2024-11-29 day"),
    ("early on the morning of 5 May", "early on the morning of 5 May | point | 2024-05-05 day"),
    ("as of Saturday morning", "as of Saturday morning | point | 2024-11-30 day"),
    ("not until Friday", "Friday | point | 2024-11-29 day"),
    # nights
    ("overnight", "overnight | point | 2024-11-29..2024-11-30 (2024-11-30) range"),
    ("during the night", "during the night | point | 2024-11-29..2024-11-30 (2024-11-30) range"),
    ("overnight on Thursday", "overnight on Thursday | point | 2024-11-28..2024-11-29 (2024-11-28) range"),
    ("overnight on Saturday", "overnight on Saturday | point | 2024-11-29..2024-11-30 (2024-11-30) range"),
    ("overnight into Friday", "overnight into Friday | point | 2024-11-28..2024-11-29 (2024-11-29) range"),
    ("last night", "last night | point | 2024-11-29..2024-11-30 (2024-11-29) range"),
    # counted from the publication day
    ("today", "today | point | 2024-11-30 day"),
    ("yesterday", "yesterday | point | 2024-11-29 day"),
    ("yesterday evening", "yesterday evening | point | 2024-11-29 day"),
    ("tonight", "tonight | point | 2024-11-30 day"),
    ("tomorrow", "tomorrow | future | 2024-12-01 day"),
    ("the day before yesterday", "the day before yesterday | point | 2024-11-28 day"),
    ("this morning", "this morning | point | 2024-11-30 day"),
    ("two days ago", "two days ago | point | 2024-11-28 day"),
    ("some 20 days ago", "20 days ago | point | 2024-11-10 day"),
    ("a few days ago", "a few days ago | point | 2024-11-25..2024-11-28 (2024-11-27) range"),
    ("48 hours ago", "48 hours ago | point | 2024-11-28..2024-11-30 (2024-11-30) range"),
    ("more than a week ago", "a week ago | point | 2024-11-20..2024-11-26 (2024-11-23) week"),
    ("two weeks ago", "two weeks ago | point | 2024-11-13..2024-11-19 (2024-11-16) week"),
    ("a fortnight ago", "a fortnight ago | point | 2024-11-13..2024-11-19 (2024-11-16) week"),
    ("over a month ago", "a month ago | point | 2024-10-01..2024-10-31 (2024-10-30) month"),
    ("two years ago", "two years ago | point | 2022-01-01..2022-12-31 (2022-11-30) year"),
    ("two and a half years ago", "two and a half years ago | point | 2022-01-01..2022-12-31 (2022-11-30) year"),
    ("last week", "last week | point | 2024-11-18..2024-11-24 (2024-11-24) week"),
    ("late last week", "late last week | point | 2024-11-22..2024-11-24 (2024-11-24) range"),
    ("this week", "this week | during | 2024-11-25..2024-11-30 (2024-11-30) week"),
    ("earlier this week", "earlier this week | during | 2024-11-25..2024-11-29 (2024-11-29) range"),
    ("later this week", "later this week | future | 2024-12-01 range"),
    ("last weekend", "last weekend | point | 2024-11-23..2024-11-24 (2024-11-24) range"),
    ("the last 24 hours", "last 24 hours | during | 2024-11-29..2024-11-30 (2024-11-30) range"),
    ("over the past five weeks", "past five weeks | during | 2024-10-26..2024-11-30 (2024-11-30) range"),
    ("in the last few days", "last few days | during | 2024-11-27..2024-11-30 (2024-11-30) range"),
    ("the last week", "last week | during | 2024-11-23..2024-11-30 (2024-11-30) range"),
    ("in recent days", "recent days | during | 2024-11-23..2024-11-30 (2024-11-30) range"),
    ("in recent weeks", "recent weeks | during | 2024-11-02..2024-11-30 (2024-11-30) range"),
    ("recently", "recently | during | 2024-11-16..2024-11-30 (2024-11-30) range"),
    ("in a matter of days", "in a matter of days | during | 2024-11-24..2024-11-30 (2024-11-30) range"),
    ("in 11 days", "in 11 days | during | 2024-11-20..2024-11-30 (2024-11-30) range"),
    ("in less than a week", "in less than a week | during | 2024-11-24..2024-11-30 (2024-11-30) range"),
    ("they will leave in two weeks", "in two weeks | future | 2024-11-30..2024-12-13 (2024-12-13) range"),
    ("in the coming days", "coming days | future | 2024-11-30..2024-12-07 (2024-12-07) range"),
    # roles
    ("since Wednesday", "since Wednesday | since | 2024-11-27..2024-11-30 (2024-11-27) range"),
    ("since Saturday morning", "since Saturday morning | since | 2024-11-30 day"),
    ("since dawn on Wednesday", "since dawn on Wednesday | since | 2024-11-27..2024-11-30 (2024-11-27) range"),
    ("since 2012", "since 2012 | since | 2012-01-01..2024-11-30 (2012-01-01) range"),
    ("since late last week", "since late last week | since | 2024-11-22..2024-11-30 (2024-11-22) range"),
    ("since mid-February", "since mid-February | since | 2024-02-11..2024-11-30 (2024-02-11) range"),
    ("by Tuesday", "by Tuesday | by | 2024-11-26 day"),
    ("until last month", "until last month | until | 2024-10-01..2024-10-31 (2024-10-31) month"),
    ("after 27 November", "after 27 November | after | 2024-11-27 day"),
    ("before 27 November", "before 27 November | before | 2024-11-27 day"),
    ("prior to 2012", "prior to 2012 | before | 2012-01-01..2012-12-31 (2012-12-31) year"),
    # counted from a date beside them
    ("two days after 25 November", "two days after 25 November | point | 2024-11-27 day"),
    ("a day after Friday's raid", "a day after Friday | point | 2024-11-30 day"),
    # lengths of time
    ("for two years", "for two years | duration"),
    ("after five months of siege", "after five months | duration"),
    ("a four-day assault", "four-day | duration"),
    ("the weeks-long campaign", "weeks-long | duration"),
    ("the fiercest fighting in years", "in years | duration"),
    ("for the second day", "second day | duration"),
    ("for the first time since 2012", "since 2012 | duration | 2012-01-01..2024-11-30 (2012-01-01) range"),
]


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_expressions_of_a_saturday(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("published", "text", "expected"),
    [
        (WEDNESDAY, "on Wednesday", "Wednesday | point | 2015-06-03 day"),
        (WEDNESDAY, "on Thursday", "Thursday | point | 2015-05-28 day"),
        (WEDNESDAY, "last Wednesday", "last Wednesday | point | 2015-05-27 day"),
        (WEDNESDAY, "last week", "last week | point | 2015-05-25..2015-05-31 (2015-05-31) week"),
        (WEDNESDAY, "last weekend", "last weekend | point | 2015-05-30..2015-05-31 (2015-05-31) range"),
        (WEDNESDAY, "over the weekend", "the weekend | point | 2015-05-30..2015-05-31 (2015-05-31) range"),
        (WEDNESDAY, "this weekend they will talk", "this weekend | future | 2015-06-06..2015-06-07 (2015-06-07) range"),
        (WEDNESDAY, "last summer", "last summer | point | 2014-06-01..2014-08-31 (2014-08-31) range"),
        (WEDNESDAY, "last June", "last June | point | 2014-06-01..2014-06-30 (2014-06-30) month"),
        (WEDNESDAY, "in late June", "late June | point | 2014-06-21..2014-06-30 (2014-06-30) range"),
        (NEW_YEAR, "on Sunday", "Sunday | point | 2017-12-31 day"),
        (NEW_YEAR, "on 30 December", "30 December | point | 2017-12-30 day"),
        (NEW_YEAR, "on 3 January", "3 January | future | 2018-01-03 day"),
        (NEW_YEAR, "last month", "last month | point | 2017-12-01..2017-12-31 (2017-12-31) month"),
        (NEW_YEAR, "two months ago", "two months ago | point | 2017-11-01..2017-11-30 (2017-11-02) month"),
        (NEW_YEAR, "in December", "December | point | 2017-12-01..2017-12-31 (2017-12-31) month"),
        (date(2023, 3, 1), "on 29 February", "29 February | point | 2020-02-29 day"),
        (date(2016, 3, 31), "a month ago", "a month ago | point | 2016-02-01..2016-02-29 (2016-02-29) month"),
    ],
)
def test_other_publication_days(published: date, text: str, expected: str) -> None:
    assert said(text, published) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 46th Regiment left the T4 base.",
        "It lies 27-28 km to the north.",
        "They march on the capital and may take it.",
        "March on, the crowd sang. May they win.",
        "The Friday Mosque was hit.",
        "The 8 March Alliance refused.",
        "The April 6 movement called for a strike.",
        "The October Revolution Brigade withdrew.",
        "He recalled the 9/11 attacks.",
        "She sat the SAT while the sun shone.",
        "A man of 25, a 12-year-old girl and a boy 3 years old were hurt.",
        "Call +963 11 2024 or 011-2024-555.",
        "About 2000 fighters and 2,014 civilians left for $2014.",
        "By 2000 fighters and in 2000 villages.",
        "On Fridays, and every Friday, they gather.",
        "Black Friday, and the Mail on Sunday.",
        "The fall of Aleppo and the Arab Spring.",
        "A spring near the town.",
        "Jan Egeland spoke of Mar Elias and of May Ziade.",
        "The order was 11/12/2024 or 2024-13-45.",
        "It is 31 April nowhere.",
        "The brigade fired 122 mm rockets at 19:37.",
    ],
)
def test_no_dates(text: str) -> None:
    found = [each for each in find_dates(text, SATURDAY) if each.text != "April"]
    assert [each.text for each in found] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On Friday and Saturday", ["Friday", "Saturday"]),
        ("In May and June", ["May", "June"]),
        ("In May 12 villages fell", ["May"]),
        ("On November 3 and 20 people died", ["November 3"]),
        ("On Monday.\n\nTuesday brought rain", ["Monday", "Tuesday"]),
        ("seized early Sunday a day after it was lost", ["early Sunday", "a day after"]),
        ("The October 7 attacks and since then", ["October 7", "since then"]),
        ("On 27 November, the second day of clashes", ["27 November", "second day"]),
    ],
)
def test_several_in_one_sentence(text: str, words: list[str]) -> None:
    assert [each.text for each in find_dates(text, SATURDAY)] == words


ANCHOR = DateSpan(date(2024, 11, 27), date(2024, 11, 27), date(2024, 11, 27), Precision.DAY, "")


@pytest.mark.parametrize(
    ("text", "start", "end", "day"),
    [
        ("the day before", "2024-11-26", "2024-11-26", "2024-11-26"),
        ("a day earlier", "2024-11-26", "2024-11-26", "2024-11-26"),
        ("a day after", "2024-11-28", "2024-11-28", "2024-11-28"),
        ("the following day", "2024-11-28", "2024-11-28", "2024-11-28"),
        ("the next day", "2024-11-28", "2024-11-28", "2024-11-28"),
        ("the previous day", "2024-11-26", "2024-11-26", "2024-11-26"),
        ("two days earlier", "2024-11-25", "2024-11-25", "2024-11-25"),
        ("a few days later", "2024-11-29", "2024-12-02", "2024-11-30"),
        ("in the following days", "2024-11-28", "2024-12-01", "2024-11-28"),
        ("three weeks later", "2024-12-15", "2024-12-21", "2024-12-18"),
        ("a week before", "2024-11-17", "2024-11-23", "2024-11-20"),
        ("two months after", "2025-01-01", "2025-01-31", "2025-01-27"),
        ("a year earlier", "2023-01-01", "2023-12-31", "2023-11-27"),
        ("that day", "2024-11-27", "2024-11-27", "2024-11-27"),
        ("the same week", "2024-11-25", "2024-12-01", "2024-12-01"),
        ("earlier in the day", "2024-11-27", "2024-11-27", "2024-11-27"),
        ("hours later", "2024-11-27", "2024-11-27", "2024-11-27"),
        ("shortly afterwards", "2024-11-27", "2024-11-27", "2024-11-27"),
        ("on the second day of clashes", "2024-11-28", "2024-11-28", "2024-11-28"),
        ("within three days of the attack", "2024-11-27", "2024-11-30", "2024-11-28"),
    ],
)
def test_anchored(text: str, start: str, end: str, day: str) -> None:
    (found,) = find_dates(text, SATURDAY)
    assert (found.role, found.span) == (DateRole.ANCHORED, None)
    span = resolve_anchored(found, ANCHOR)
    assert (str(span.start), str(span.end), str(span.day)) == (start, end, day)
    assert "2024-11-27, the date it hangs on" in span.basis


def test_anchored_keeps_the_width_of_a_month() -> None:
    anchor = find_dates("in February 2022", SATURDAY)[0].span
    assert anchor is not None
    span = resolve_anchored(find_dates("six months later", SATURDAY)[0], anchor)
    assert (str(span.start), str(span.end), span.precision) == ("2022-08-01", "2022-08-31", Precision.MONTH)


def test_anchored_second_day_of_a_range() -> None:
    first, second = find_dates("On November 27-28 they advanced, taking it on the second day.", SATURDAY)
    assert first.span is not None
    assert resolve_anchored(second, first.span).day == date(2024, 11, 28)


def test_what_hangs_on_nothing_keeps_its_span() -> None:
    (found,) = find_dates("on Friday", SATURDAY)
    assert resolve_anchored(found, ANCHOR) == found.span


def test_the_end_of_the_calendar_gives_the_anchor() -> None:
    last = DateSpan(date.max, date.max, date.max, Precision.DAY, "")
    assert resolve_anchored(find_dates("a week later", None)[0], last) == last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 30 November 2024", "30 November 2024 | point | 2024-11-30 day"),
        ("in June 2014", "June 2014 | point | 2014-06-01..2014-06-30 (2014-06-30) month"),
        ("since 2012", "since 2012 | since | 2012-01-01..2012-12-31 (2012-01-01) year"),
        ("on Friday", "Friday | point"),
        ("last week", "last week | point"),
        ("on 30 November", "30 November | point"),
        ("recently", "recently | during"),
    ],
)
def test_without_a_publication_date(text: str, expected: str) -> None:
    assert said(text, None) == expected


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("on Saturday", '"Saturday" counted back from publication on 2024-11-30 (Saturday)'),
        ("will begin on Monday", '"Monday" counted forward from publication on 2024-11-30 (Saturday)'),
        ("on 3\nMay 2014", '"3 May 2014" as written'),
    ],
)
def test_basis(text: str, basis: str) -> None:
    span = find_dates(text, SATURDAY)[0].span
    assert span is not None
    assert span.basis == basis


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-11-30", "2024-11-30 day"),
        (" 2024-11-30 ", "2024-11-30 day"),
        ("2024-11-30T23:30:00Z", "2024-11-30 day"),
        ("2024-11-30T23:30:00+03:00", "2024-11-30 day"),
        ("2024-11-30T23:30:00.123456+0300", "2024-11-30 day"),
        ("2024-11-30 23:30", "2024-11-30 day"),
        ("20241130", "2024-11-30 day"),
        ("2024/11/30", "2024-11-30 day"),
        ("30.11.2024", "2024-11-30 day"),
        ("2024-11", "2024-11-01 month"),
        ("November 2024", "2024-11-01 month"),
        ("2024", "2024-01-01 year"),
        (2024, "2024-01-01 year"),
        ("Sat, 30 Nov 2024 10:15:00 +0000", "2024-11-30 day"),
        ("Sat, 30 Nov 2024 10:15:00 GMT", "2024-11-30 day"),
        ("13 January 2026", "2026-01-13 day"),
        ("January 13, 2026", "2026-01-13 day"),
        ("Jan. 13, 2026", "2026-01-13 day"),
        ("Tuesday, January 13, 2026, 10:15 am", "2026-01-13 day"),
        ("13th of January 2026", "2026-01-13 day"),
        (date(2026, 1, 13), "2026-01-13 day"),
        (datetime(2026, 1, 13, 23, 30, tzinfo=UTC), "2026-01-13 day"),
    ],
)
def test_publication_dates(value: object, expected: str) -> None:
    found = parse_published(value)
    assert found is not None
    assert f"{found[0]} {found[1]}" == expected


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-30", "0000-00-00", "0001-01-01", "20244", "20244-01-01", "2024-13", "2024-11-31", "31 April 2024",
        "13 Brumaire 2026", "11/12/2024", "yesterday", "", " ", "n/a", None, True, 3.5, [], "9" * 5000, 0, -2024,
    ],
)  # fmt: skip
def test_impossible_publication_dates(value: object) -> None:
    assert parse_published(value) is None


TIME_WORDS = (
    "on in the last next since until by from to and between early late mid- of night overnight dawn Monday Friday's "
    "Saturday May March november Nov. 30 3rd 27-28 2014 2024-11-30 30.11.2024 week month days ago later before after "
    "two a few matter for second day recently will , . - ( ) today yesterday this past 24 hours 1980s spring year "
    "weekend first half end start within ahead"
)
WORDS = st.sampled_from([*TIME_WORDS.split(), "\n", "\n\n", "\u00a0", "\u2013", "\u2019s"])
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.text(string.printable, max_size=300)
)
DAYS = st.one_of(st.none(), st.dates(), st.dates(date(2011, 1, 1), date(2026, 12, 31)))


@settings(max_examples=400, deadline=None)
@given(TEXTS, DAYS, st.dates())
def test_any_text(text: str, published: date | None, anchor: date) -> None:
    end = 0
    for each in find_dates(text, published):
        assert end <= each.start < each.end <= len(text)
        assert each.text == text[each.start : each.end]
        end = each.end
        held = resolve_anchored(each, DateSpan(anchor, anchor, anchor, Precision.DAY, ""))
        for span in (each.span or held, held):
            assert span.start <= span.day <= span.end


@given(st.text(max_size=60))
def test_any_publication_date(value: str) -> None:
    found = parse_published(value)
    assert found is None or found[0].year >= 1900


@pytest.mark.parametrize(
    "noise", ["May ", "1-", "Monday to ", "the last ", "a day after ", " ", "\n", "in ", "2014-", "\u0130"]
)
def test_long_noise_is_read(noise: str) -> None:
    find_dates(noise * (60_000 // len(noise)), SATURDAY)
