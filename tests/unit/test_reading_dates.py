from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.words import month_numbers
from index.reading.dates import find_date, is_day_first, parse_date

AT = datetime(2021, 3, 12, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "12 mars 2021 à 14h05",
        "vendredi 12 mars 2021, 14:05",
        "March 12, 2021 at 2:05 PM",
        "12 March 2021 14:05",
        "12. März 2021 um 14:05 Uhr",
        "12.03.2021, 14.05 Uhr",
        "12 марта 2021 г. в 14:05",
        "14:05, 12 марта 2021",
        "12 de marzo de 2021 a las 14:05",
        "12 marzo 2021 alle 14:05",
        "12 Mart 2021 14:05",
        "12 березня 2021, 14:05",
        "2021-03-12 14:05",
        "2021-03-12T14:05:00Z",
        "12 Mars 2021 14: 05",
        "Fri, 12 Mar 2021 15:05:00 +0100",
        "2021-03-12T15:05:00+01:00",
        "12/03/2021 15:05 CET",
    ],
)
def test_a_moment_is_read_as_pages_write_it(written: str) -> None:
    assert parse_date(written, day_first=True) == AT


@pytest.mark.parametrize(
    "written",
    ["il y a 3 heures", "3 hours ago", "vor 2 Tagen", "5 дней назад", "hace 3 horas", "yesterday"],
)
def test_a_date_relative_to_nobody_knows_when_has_no_moment(written: str) -> None:
    found = find_date(written)
    assert found is not None
    assert (found.text, found.at) == (written, None)


def test_a_date_that_could_be_two_days_has_no_moment() -> None:
    found = find_date("04/05/2021")
    assert found is not None
    assert found.at is None
    assert parse_date("04/05/2021", day_first=True) == datetime(2021, 5, 4, tzinfo=UTC)


def test_other_dates_of_the_page_show_which_number_is_the_day() -> None:
    assert is_day_first(["04/05/2021", "23/05/2021"]) is True
    assert is_day_first(["04/05/2021", "05/23/2021"]) is False
    assert is_day_first(["04/05/2021"]) is None


@pytest.mark.parametrize(
    "line", ["31.31.2021", "In May 12 people left", "a score of 3:2", "page 12", "2021", ""]
)
def test_what_only_looks_like_a_date_is_none(line: str) -> None:
    assert find_date(line) is None


def test_the_name_after_a_clock_is_no_time_zone() -> None:
    found = find_date("12 March 2021 14:05 Ivo")
    assert found is not None
    assert found.text == "12 March 2021 14:05"


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
    st.integers(-12, 12),
)
def test_iso_dates_come_back(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert parse_date(aware.isoformat()) == aware


@given(st.text(max_size=60))
def test_any_line_is_survived(line: str) -> None:
    found = find_date(line)
    assert found is None or 0 <= found.start < found.end <= len(line)


@pytest.mark.parametrize("name", sorted(month_numbers()))
def test_every_month_is_read_behind_its_day(name: str) -> None:
    # "13 décembre": its first letters are those of the "de" in "13 de diciembre".
    assert parse_date(f"13 {name} 2015") == datetime(2015, month_numbers()[name], 13, tzinfo=UTC)
