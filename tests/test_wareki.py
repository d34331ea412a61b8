"""WarekiDate: every way in which documents print a day, and what is no day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotAWarekiDate
from ledger.wareki import WarekiDate, wareki

OCTOBER_18 = date(2016, 10, 18)

DAYS = [
    pytest.param("令和8年1月27日", date(2026, 1, 27), id="as the form prints it"),
    pytest.param("令和元年5月1日", date(2019, 5, 1), id="gannen"),
    pytest.param("令和1年5月1日", date(2019, 5, 1), id="gannen in figures"),
    pytest.param("平成31年4月30日", date(2019, 4, 30), id="last day of Heisei"),
    pytest.param("平成元年1月8日", date(1989, 1, 8), id="first day of Heisei"),
    pytest.param("昭和64年1月7日", date(1989, 1, 7), id="last day of Showa"),
    pytest.param("昭和元年12月25日", date(1926, 12, 25), id="first day of Showa"),
    pytest.param("大正15年12月25日", date(1926, 12, 25), id="the same day, still Taisho"),
    pytest.param("大正元年7月30日", date(1912, 7, 30), id="first day of Taisho"),
    pytest.param("明治45年7月30日", date(1912, 7, 30), id="the same day, still Meiji"),
    pytest.param("明治元年10月23日", date(1868, 10, 23), id="first day of Meiji in use"),
    pytest.param("令和７年１月１４日", date(2025, 1, 14), id="full-width figures"),
    pytest.param("令和6年1０月１日", date(2024, 10, 1), id="widths mixed in one number"),
    pytest.param("令和 7 年 5 月 30 日", date(2025, 5, 30), id="spaces around figures"),
    pytest.param("令和　７　年　５　月　３０　日", date(2025, 5, 30), id="full-width spaces"),
    pytest.param("平成25年\n5月31日", date(2013, 5, 31), id="a line break inside, as in a narrow cell"),
    pytest.param("\n令和7年5月30日\n", date(2025, 5, 30), id="line breaks around"),
    pytest.param("令和七年十二月二十三日", date(2025, 12, 23), id="kanji numbers"),
    pytest.param("平成三十年十一月十五日", date(2018, 11, 15), id="kanji tens without ones, and ten alone"),
    pytest.param("令和二〇年一月一日", date(2038, 1, 1), id="kanji figures by place"),
    pytest.param("令和元年十月一日", date(2019, 10, 1), id="gannen beside kanji numbers"),
    pytest.param("H28.10.18", OCTOBER_18, id="letter and dots"),
    pytest.param("h28.10.18", OCTOBER_18, id="small letter"),
    pytest.param("Ｈ２８．１０．１８", OCTOBER_18, id="all of it full-width"),
    pytest.param("H28/10/18", OCTOBER_18, id="letter and slashes"),
    pytest.param("H28-10-18", OCTOBER_18, id="letter and hyphens"),
    pytest.param("H28年10月18日", OCTOBER_18, id="letter and kanji"),
    pytest.param("R元.5.1", date(2019, 5, 1), id="letter and gannen"),
    pytest.param("S64.1.7", date(1989, 1, 7), id="Showa by its letter"),
    pytest.param("㋿7年5月30日", date(2025, 5, 30), id="the ligature of Reiwa"),
    pytest.param("㍻28年10月18日", OCTOBER_18, id="the ligature of Heisei"),
    pytest.param("2016/1/29", date(2016, 1, 29), id="western, slashes"),
    pytest.param("２０１６／１／２９", date(2016, 1, 29), id="western, full-width"),
    pytest.param("2016-01-29", date(2016, 1, 29), id="ISO"),
    pytest.param("2016.1.29", date(2016, 1, 29), id="western, dots"),
    pytest.param("2016年1月29日", date(2016, 1, 29), id="western, kanji"),
    pytest.param("令和6年2月29日", date(2024, 2, 29), id="a leap day"),
    pytest.param("令和8.1.27", date(2026, 1, 27), id="the era in full, then points"),
    pytest.param("平成28年10月18", OCTOBER_18, id="日 left out"),
    pytest.param("令6.10.1", date(2024, 10, 1), id="one letter of the era"),
    pytest.param("平成28年10月18日（火）", OCTOBER_18, id="with the day of the week"),
    pytest.param("令和8年3月31日（予定）", date(2026, 3, 31), id="a planned day"),
]


@pytest.mark.parametrize(("printed", "day"), DAYS)
def test_reads_the_day_a_document_prints(printed: str, day: date) -> None:
    read = WarekiDate.parse(printed)
    assert read.day == day
    assert read.era_fits


@pytest.mark.parametrize(("printed", "day"), DAYS)
def test_keeps_the_words_it_was_printed_in(printed: str, day: date) -> None:
    read = WarekiDate.parse(printed)
    assert read.printed == printed
    assert str(read) == day.isoformat()


UNFIT = [
    pytest.param("平成31年10月1日", date(2019, 10, 1), id="an old plan: Heisei did not live to see it"),
    pytest.param("平成31年5月1日", date(2019, 5, 1), id="the first day that is no longer Heisei"),
    pytest.param("令和元年4月30日", date(2019, 4, 30), id="the last day before Reiwa"),
    pytest.param("昭和64年1月8日", date(1989, 1, 8), id="the first day that is no longer Showa"),
    pytest.param("H35.4.1", date(2023, 4, 1), id="counting on, by the letter"),
]


@pytest.mark.parametrize(("printed", "day"), UNFIT)
def test_a_year_outside_its_era_is_read_by_counting_on_and_says_so(printed: str, day: date) -> None:
    read = WarekiDate.parse(printed)
    assert read.day == day
    assert not read.era_fits


NO_DAYS = [
    pytest.param("", id="blank"),
    pytest.param("　", id="only a space"),
    pytest.param("－", id="a dash"),
    pytest.param("〃", id="ditto is not a day by itself"),
    pytest.param("令和6年13月1日", id="no thirteenth month"),
    pytest.param("令和6年0月1日", id="no month zero"),
    pytest.param("令和6年10月32日", id="no 32nd"),
    pytest.param("令和6年9月31日", id="September has thirty days"),
    pytest.param("令和5年2月29日", id="2023 was no leap year"),
    pytest.param("令和0年5月1日", id="no year zero"),
    pytest.param("R0.5.1", id="no year zero by the letter either"),
    pytest.param("平成〇年1月1日", id="no year zero in kanji"),
    pytest.param("令和十十年1月1日", id="no such kanji number"),
    pytest.param("0000/1/1", id="no western year zero"),
    pytest.param("平成27年10月", id="a month is not a day"),
    pytest.param("令和10年", id="a year is not a day"),
    pytest.param("6年10月1日", id="no era"),
    pytest.param("慶応3年10月1日", id="an era before the calendar"),
    pytest.param("X6.10.1", id="no era has this letter"),
    pytest.param("20161029", id="figures without separators"),
    pytest.param("令和6年10月1日から", id="words behind it"),
    pytest.param("令和6年10月1日（金曜）頃", id="words behind a remark"),
    pytest.param("令和6年10月1日（施行日）", id="a remark that changes what it is"),
    pytest.param("公表日 令和6年10月1日", id="words before it"),
    pytest.param("令和6年10月1日 令和7年1月1日", id="two days"),
    pytest.param("平成二十四年法律第三十一号", id="the number of a law"),
    pytest.param("平成25年5月31日法律第27号", id="the date of a law's number"),
    pytest.param("[令和7年5月 様式3]", id="the edition of the form"),
]


@pytest.mark.parametrize("printed", NO_DAYS)
def test_refuses_what_names_no_day(printed: str) -> None:
    with pytest.raises(NotAWarekiDate):
        WarekiDate.parse(printed)
    assert WarekiDate.read(printed) is None


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("令和6年13月1日", id="on one line"),
        pytest.param("令和6年\n13月1日", id="printed on two lines"),
        pytest.param("近日中に公表する予定である" * 30, id="a whole paragraph"),
    ],
)
def test_the_refusal_is_one_short_line_with_where_what_and_remedy(printed: str) -> None:
    with pytest.raises(NotAWarekiDate) as caught:
        WarekiDate.parse(printed)
    error = caught.value
    assert isinstance(error, LedgerError)
    assert isinstance(error, ValueError)  # so that Typer makes a usage error of it
    assert "\n" not in str(error)
    assert len(str(error)) < 200
    assert "".join(printed.split())[:20] in "".join(error.where.split())
    assert "令和6年10月1日" in error.remedy


def test_two_spellings_of_one_day_are_equal() -> None:
    one, other = WarekiDate.parse("平成28年10月18日"), WarekiDate.parse("H28.10.18")
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other, WarekiDate.parse("2016/10/18")}) == 1


def test_an_era_that_does_not_fit_makes_no_other_day() -> None:
    assert WarekiDate.parse("平成31年10月1日") == WarekiDate.parse("令和元年10月1日")


def test_days_are_ordered_by_the_calendar_not_by_their_letters() -> None:
    printed = ["令和2年10月22日", "2016/1/29", "平成28年10月18日", "昭和64年1月7日", "H30.11.15"]
    assert [read.printed for read in sorted(map(WarekiDate.parse, printed))] == [
        "昭和64年1月7日",
        "2016/1/29",
        "平成28年10月18日",
        "H30.11.15",
        "令和2年10月22日",
    ]


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        pytest.param(date(2024, 10, 1), "令和6年10月1日", id="plain"),
        pytest.param(date(2019, 5, 1), "令和元年5月1日", id="the first year is gannen"),
        pytest.param(date(2019, 4, 30), "平成31年4月30日", id="the day before"),
        pytest.param(date(1989, 1, 7), "昭和64年1月7日", id="the last day of Showa"),
        pytest.param(date(1989, 1, 8), "平成元年1月8日", id="the first day of Heisei"),
        pytest.param(date(1926, 12, 25), "昭和元年12月25日", id="a day of two eras belongs to the later"),
        pytest.param(date(1850, 3, 4), "1850年3月4日", id="before all eras, western"),
    ],
)
def test_prints_a_day_as_the_form_does(day: date, printed: str) -> None:
    assert wareki(day) == printed


@given(st.dates(min_value=date(1868, 10, 23), max_value=date(2117, 12, 31)))
def test_what_is_printed_reads_back(day: date) -> None:
    """For every day since 和暦 came into use, the printed words name that day, in an era that fits."""
    read = WarekiDate.parse(wareki(day))
    assert read.day == day
    assert read.era_fits


@given(
    st.dates(min_value=date(1989, 1, 8), max_value=date(2019, 4, 30)),
    st.sampled_from([".", "/", "-", "．", "／", "－"]),
)
def test_every_day_of_an_era_reads_by_its_letter(day: date, separator: str) -> None:
    """H, the year and any separator name the same day as the words of the form."""
    short = f"H{day.year - 1988}{separator}{day.month}{separator}{day.day}"
    assert WarekiDate.parse(short) == WarekiDate.parse(wareki(day))


def parsed(text: str) -> WarekiDate | NotAWarekiDate:
    """The day that *text* names, or how it was refused."""
    try:
        return WarekiDate.parse(text)
    except NotAWarekiDate as error:
        return error


@given(st.text(alphabet="令和平成昭HR元〇一二十０1239年月日./- \n", max_size=14))
def test_any_text_is_a_day_or_refused_on_one_line(text: str) -> None:
    """Reading never fails in another way, and what it reads keeps the words as they stood."""
    found = parsed(text)
    if isinstance(found, WarekiDate):
        assert found.printed == text
    else:
        assert "\n" not in str(found)
