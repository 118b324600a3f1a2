"""The periods of the department's own folder, and rows that are wrong."""

from pathlib import Path

from bot.knowledge.library import Library
from bot.knowledge.periods.period_file import read_sound_periods
from vietnamese import strip_accents

SOUND = """periods:
  - articles: [a]
    event: "ngày nộp đơn"
    told_by: [nop]
    lengths: [{months: 120}]
    says: "có hiệu lực đến hết"
    document: luat
    clause: "Điều 1"
"""


def test_each_period_cites_a_document_that_an_article_of_it_cites(library: Library) -> None:
    assert len(library.current.periods) > 5
    for period in library.current.periods:
        cited = {
            source.document
            for id_ in period.articles
            for source in library.current.articles[id_].sources
        }
        assert period.document in cited, period.event


def test_words_that_are_compared_are_bare(library: Library) -> None:
    for period in library.current.periods:
        words = [*period.told_by, *period.told_instead]
        assert [word for word in words if word != strip_accents(word).lower()] == []


def test_a_row_that_names_what_is_not_there_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "periods.yml"
    file.write_text(SOUND + SOUND.partition("\n")[2].replace("[a]", "[b]"), encoding="utf-8")
    periods, problems = read_sound_periods(file, articles={"a"}, documents={"luat"})
    assert [period.articles for period in periods] == [["a"]]
    assert [problem.line for problem in problems] == [9]


def test_no_file_is_no_period(tmp_path: Path) -> None:
    assert read_sound_periods(tmp_path / "periods.yml", articles=(), documents=()) == ((), [])
