"""Whatever an editor's machine leaves in the folder, everything else is served."""

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.audit.check import check
from bot.domain.clock import VIETNAM
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.library import Knowledge, Library
from bot.knowledge.reading import Reading, read_as_served
from bot.settings import ROOT
from tests.support.data.small_knowledge import (
    article_file,
    cite_only,
    copy_small_knowledge,
    edit,
    keep_cited_documents,
    registered,
)

NAME = "5s-la-gi"
NEW = "cái câu hỏi mới này chưa ai hỏi bao giờ"

Spoil = Callable[[Path], object]


def original(folder: Path) -> bytes:
    return article_file(folder, NAME).read_bytes()


def mark_of_macos(folder: Path) -> None:
    (article_file(folder, NAME).parent / f"._{NAME}.md").write_bytes(b"\0\5\x16\7\0\2\0\0Mac OS X")


def folder_of_macos(folder: Path) -> None:
    place = folder / "__MACOSX" / "articles"
    place.mkdir(parents=True)
    (place / f"{NAME}.md").write_bytes(b"\0\5\x16\7")


def lock_of_an_editor(folder: Path) -> None:
    (folder / "articles" / f".#{NAME}.md").symlink_to("lan@may-1.2345:1690000000")


def backup_of_an_editor(folder: Path) -> None:
    (folder / "articles" / f"{NAME}.md~").write_bytes(b"\xff half")


def byte_order_mark(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(b"\xef\xbb\xbf" + original(folder))


def lines_of_windows(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(original(folder).replace(b"\n", b"\r\n"))


def register_with_a_mark(folder: Path) -> None:
    file = folder / "register.yml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


HARMLESS: tuple[Spoil, ...] = (
    mark_of_macos,
    folder_of_macos,
    lock_of_an_editor,
    backup_of_an_editor,
    byte_order_mark,
    lines_of_windows,
    register_with_a_mark,
)


def windows_1258(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(original(folder).decode().encode("cp1258", "ignore"))


def utf_16(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(original(folder).decode().encode("utf-16"))


def utf_16_without_mark(folder: Path) -> None:
    text = "---\nid: 5s\n---\nMot hai ba"
    article_file(folder, NAME).write_bytes(text.encode("utf-16-le"))


def half_written(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(original(folder)[:200])


def empty(folder: Path) -> None:
    article_file(folder, NAME).write_bytes(b"")


def wrong_field(folder: Path) -> None:
    edit(article_file(folder, NAME), "verify: ", "verify: perhaps # ")


def forbidden_letter(folder: Path) -> None:
    edit(article_file(folder, NAME), "title: ", "title: \x07")


def field_twice(folder: Path) -> None:
    edit(article_file(folder, NAME), "verify: ", "id: x\nverify: ")


def nul(folder: Path) -> None:
    edit(article_file(folder, NAME), "title: ", 'title: "5S \\0 là gì" # ')


def half_of_a_pair(folder: Path) -> None:
    edit(article_file(folder, NAME), "related: []", 'related: ["a\\ud83d"]')


def half_of_a_pair_in_a_name(folder: Path) -> None:
    edit(article_file(folder, NAME), "verify: ", '"a\\ud83d": 1\nverify: ')


def writing_turned_round(folder: Path) -> None:
    edit(article_file(folder, NAME), "title: ", "title: \u202eS5 # ")


def answer_turned_round(folder: Path) -> None:
    edit(article_file(folder, NAME), "\n---\n", "\n---\n\u2067")


def words_in_base64(folder: Path) -> None:
    edit(article_file(folder, NAME), "title: ", "title: !!binary NVMA # ")


def alias(folder: Path) -> None:
    edit(article_file(folder, NAME), "related: []", "related: &x []\nfacts_: *x")


def deep_lists(folder: Path) -> None:
    edit(article_file(folder, NAME), "related: []", f"related: {'[' * 5000}")


def long_id(folder: Path) -> None:
    file = article_file(folder, NAME)
    edit(file, f"id: {NAME}", f"id: {NAME}{'-x' * 40}")


def first_day_of_all(folder: Path) -> None:
    edit(article_file(folder, NAME), "reviewed_on: ", "reviewed_on: 0001-01-01 # ")


def last_day_of_all(folder: Path) -> None:
    edit(article_file(folder, NAME), "review_due: ", "review_due: 9999-12-31 # ")


def loop(folder: Path) -> None:
    file = article_file(folder, NAME)
    file.unlink()
    file.symlink_to(file.name)


def link_to_nowhere(folder: Path) -> None:
    file = article_file(folder, NAME)
    file.unlink()
    file.symlink_to("/khong/co/dau.md")


def pipe(folder: Path) -> None:
    file = article_file(folder, NAME)
    file.unlink()
    os.mkfifo(file)


def unknown_document(folder: Path) -> None:
    cite_only(article_file(folder, NAME), "luat-khong-co")


def unknown_office(folder: Path) -> None:
    edit(article_file(folder, NAME), "office: ", "office: nowhere # ")


BROKEN: tuple[tuple[Spoil, Fault], ...] = (
    (windows_1258, Fault.ENCODING),
    (utf_16, Fault.ENCODING),
    (utf_16_without_mark, Fault.ENCODING),
    (half_written, Fault.HEADER),
    (empty, Fault.HEADER),
    (wrong_field, Fault.WRONG_FIELD),
    (forbidden_letter, Fault.WRITING),
    (field_twice, Fault.WRITING),
    (nul, Fault.SIGN),
    (half_of_a_pair, Fault.SIGN),
    (half_of_a_pair_in_a_name, Fault.SIGN),
    (writing_turned_round, Fault.SIGN),
    (answer_turned_round, Fault.SIGN),
    (words_in_base64, Fault.SIGN),
    (alias, Fault.WRITING),
    (deep_lists, Fault.WRITING),
    (long_id, Fault.WRONG_FIELD),
    (first_day_of_all, Fault.WRONG_FIELD),
    (last_day_of_all, Fault.WRONG_FIELD),
    (loop, Fault.UNREADABLE),
    (link_to_nowhere, Fault.MISSING),
    (pipe, Fault.UNREADABLE),
    (unknown_document, Fault.UNKNOWN),
    (unknown_office, Fault.UNKNOWN),
)


def folder_named_like_an_article(folder: Path) -> Path:
    place = folder / "articles" / "muc-luc.md"
    place.mkdir()
    return place


def article_saved_as_text(folder: Path) -> Path:
    return Path(shutil.copy(article_file(folder, NAME), folder / "articles" / f"{NAME}.md.txt"))


def article_in_word(folder: Path) -> Path:
    return Path(shutil.copy(article_file(folder, NAME), folder / "articles" / f"{NAME}.docx"))


def table_from_a_browser(folder: Path) -> Path:
    return Path(shutil.copy(folder / "offices.yml", folder / "offices (1).yml"))


def table_with_a_long_suffix(folder: Path) -> Path:
    return Path(shutil.copy(folder / "offices.yml", folder / "glossary.yaml"))


def pipe_beside_the_tables(folder: Path) -> Path:
    os.mkfifo(folder / "f.yml")
    return folder / "f.yml"


MISNAMED = (
    folder_named_like_an_article,
    article_saved_as_text,
    article_in_word,
    table_from_a_browser,
    table_with_a_long_suffix,
    pipe_beside_the_tables,
)


def link_to_a_folder(folder: Path) -> Path:
    place = article_file(folder, NAME).parent
    away = place.rename(folder.with_name("elsewhere"))
    place.symlink_to(away)
    return place


def folder_link_to_nowhere(folder: Path) -> Path:
    place = link_to_a_folder(folder)
    shutil.rmtree(place.resolve())
    return place


def file_for_all_articles(folder: Path) -> Path:
    place = folder / "articles"
    shutil.rmtree(place)
    place.write_bytes(b"")
    return place


def loop_for_all_articles(folder: Path) -> Path:
    place = folder / "articles"
    shutil.rmtree(place)
    place.symlink_to(place.name)
    return place


BROKEN_FOLDERS = (
    link_to_a_folder,
    folder_link_to_nowhere,
    file_for_all_articles,
    loop_for_all_articles,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = copy_small_knowledge(tmp_path / "knowledge_base")
    keep_cited_documents(place)
    return place


def add_phrasing(folder: Path) -> None:
    edit(article_file(folder, "kaizen-la-gi"), "phrasings:\n", f'phrasings:\n  - "{NEW}"\n')


def test_our_own_knowledge_base_is_without_fault() -> None:
    assert read_as_served(ROOT / "knowledge_base").problems == ()


@pytest.mark.parametrize("spoil", HARMLESS)
def test_what_a_machine_leaves_beside_the_files_is_no_fault(folder: Path, spoil: Spoil) -> None:
    before = read_as_served(folder).knowledge
    spoil(folder)

    reading = read_as_served(folder)

    assert reading.problems == ()
    assert reading.knowledge == before


@pytest.mark.parametrize(("spoil", "fault"), BROKEN)
def test_a_start_leaves_one_bad_file_out_and_names_it(
    folder: Path, spoil: Spoil, fault: Fault
) -> None:
    before = set(read_as_served(folder).knowledge.articles)
    spoil(folder)

    library = Library(folder)

    assert set(library.current.articles) == before - {NAME}
    assert {problem.file.stem for problem in library.problems} == {NAME}
    assert {problem.fault for problem in library.problems} == {fault}


@pytest.mark.parametrize(("spoil", "fault"), BROKEN)
def test_a_bad_edit_is_served_as_before_and_other_edits_go_on(
    folder: Path, spoil: Spoil, fault: Fault
) -> None:
    library = Library(folder)
    served = library.current.articles[NAME]
    spoil(folder)
    add_phrasing(folder)

    assert library.refresh()

    assert library.current.articles[NAME] == served
    assert NEW in library.current.articles["kaizen-la-gi"].phrasings
    assert fault in {problem.fault for problem in library.problems}


@pytest.mark.parametrize("add", MISNAMED)
def test_what_bears_a_wrong_name_is_named_as_soon_as_it_is_there(
    folder: Path, add: Callable[[Path], Path]
) -> None:
    library = Library(folder)
    before = library.current
    place = add(folder)

    library.refresh()

    assert library.current == before
    assert [(one.file, one.fault) for one in library.problems] == [(place, Fault.MISNAMED)]


@pytest.mark.parametrize("spoil", BROKEN_FOLDERS)
def test_a_folder_that_nobody_can_look_into_is_named_and_takes_nothing_away(
    folder: Path, tmp_path: Path, spoil: Callable[[Path], Path]
) -> None:
    copies = tmp_path / "copies"
    library = Library(folder, copies=copies)
    before = library.current
    place = spoil(folder)

    library.refresh()
    again = Library(folder, copies=copies)

    for one in (library, again):
        assert one.current.articles == before.articles
        assert [(told.file, told.fault) for told in one.problems] == [(place, Fault.FOLDER)]


def test_a_start_without_copies_names_the_folder_once(folder: Path) -> None:
    place = folder_link_to_nowhere(folder)

    reading = read_as_served(folder)

    assert NAME not in reading.knowledge.articles
    assert "iso9001-la-gi" in reading.knowledge.articles
    assert [problem.file for problem in reading.problems] == [place]


def test_a_knowledge_base_that_nobody_can_open_stops_no_start(tmp_path: Path) -> None:
    # Whom a folder's rights stop depends on who runs the tests; such a name stops everybody.
    library = Library(tmp_path / ("x" * 300))

    assert not library.refresh()
    assert {problem.file.name for problem in library.problems} >= {"articles", "register.yml"}
    assert "mot_cua" in library.current.offices


@pytest.mark.parametrize(("spoil", "_fault"), BROKEN)
def test_a_mended_file_is_served_at_the_next_look(
    folder: Path, spoil: Spoil, _fault: Fault
) -> None:
    good = original(folder)
    file = article_file(folder, NAME)
    spoil(folder)
    library = Library(folder)
    file.unlink()
    file.write_bytes(good)

    assert library.refresh()

    assert NAME in library.current.articles
    assert library.problems == ()


def test_a_deleted_article_is_served_no_more(folder: Path) -> None:
    library = Library(folder)
    article_file(folder, NAME).unlink()

    assert library.refresh()

    assert NAME not in library.current.articles
    assert library.problems == ()


def test_a_copy_from_a_browser_is_named_and_the_article_stays(folder: Path) -> None:
    file = article_file(folder, NAME)
    shutil.copy(file, file.with_name(f"{NAME} (1).md"))

    reading = read_as_served(folder)

    assert NAME in reading.knowledge.articles
    (problem,) = reading.problems
    assert (problem.file.name, problem.fault) == (f"{NAME} (1).md", Fault.FILE_NAME)


def test_of_two_files_of_one_id_the_second_is_named(folder: Path) -> None:
    file = article_file(folder, NAME)
    twin = folder / "articles" / "zz" / file.name
    twin.parent.mkdir()
    twin.write_text(file.read_text("utf-8").replace("title: ", "title: Khác # "), "utf-8")

    reading = read_as_served(folder)

    assert reading.knowledge.articles[NAME].title != "Khác"
    (problem,) = reading.problems
    assert (problem.file, problem.fault) == (twin, Fault.TWICE)
    assert str(problem.values["other"]).endswith(f"{NAME}.md")


def test_a_broken_twin_does_not_hide_the_good_one(folder: Path) -> None:
    twin = folder / "articles" / "aa" / f"{NAME}.md"
    twin.parent.mkdir()
    twin.write_bytes(b"")

    reading = read_as_served(folder)

    assert NAME in reading.knowledge.articles
    assert [problem.file for problem in reading.problems] == [twin]


def test_an_article_left_out_is_no_relation_and_no_fault_of_others(folder: Path) -> None:
    edit(article_file(folder, "kaizen-la-gi"), "related: []", f"related: [{NAME}]")
    empty(folder)

    reading = read_as_served(folder)

    assert reading.knowledge.articles["kaizen-la-gi"].related == []
    assert {problem.file.stem for problem in reading.problems} == {NAME}


def test_an_article_that_leans_on_others_too_is_served_with_those(folder: Path) -> None:
    known = read_as_served(folder).knowledge.articles["iso9001-la-gi"].sources[0].document
    cite_only(article_file(folder, NAME), known, "luat-khong-co")

    reading = read_as_served(folder)

    assert [one.document for one in reading.knowledge.articles[NAME].sources] == [known]
    assert [problem.fault for problem in reading.problems] == [Fault.UNKNOWN]


class TestTables:
    def row(self, folder: Path) -> str:
        """A document that one article alone leans on, in a row that is now wrong."""
        knowledge = read_as_served(folder).knowledge
        document = knowledge.articles["nhan-hieu-chi-phi"].sources[0].document
        cite_only(article_file(folder, NAME), document)
        register = folder / "register.yml"
        text = register.read_text("utf-8")
        at = text.index(f"  - id: {document}\n")
        place = text.index("    status: ", at)
        register.write_text(f"{text[:place]}    status: perhaps #{text[place + 11 :]}", "utf-8")
        return document

    def test_a_bad_document_leaves_out_itself_and_what_leans_on_it_alone(
        self, folder: Path
    ) -> None:
        before = read_as_served(folder).knowledge
        document = self.row(folder)

        knowledge, problems = served(folder)

        assert set(before.documents) - set(knowledge.documents) == {document}
        assert NAME not in knowledge.articles
        assert "kaizen-la-gi" in knowledge.articles
        # The article itself is right: the one thing to mend is the row, and it is told once.
        (problem,) = problems
        assert problem.file.name == "register.yml"
        line = problem.file.read_text("utf-8").splitlines()[problem.line - 1]
        assert line.startswith("    status: perhaps")

    def test_while_it_runs_a_bad_document_is_served_as_before(self, folder: Path) -> None:
        library = Library(folder)
        before = library.current
        document = self.row(folder)
        library.refresh()

        assert library.current.documents == before.documents
        assert [one.document for one in library.current.articles[NAME].sources] == [document]

    @pytest.mark.parametrize(
        "name", ["register.yml", "offices.yml", "topics.yml", "routing.yml", "menu.yml"]
    )
    @pytest.mark.parametrize("content", [b"\xff\xfe", b"- a\n  b: [", b"x: 1\n", None])
    def test_a_start_with_a_table_that_nobody_can_read_serves_what_it_can(
        self, folder: Path, name: str, content: bytes | None
    ) -> None:
        file = folder / name
        file.unlink()
        if content is not None:
            file.write_bytes(content)

        library = Library(folder)

        assert {problem.file.name for problem in library.problems} == {name}
        assert "mot_cua" in library.current.offices
        assert library.tables.routing.promise_hours > 0
        # Without the register no legal ground can be shown.
        cites_nothing = {one.id for one in library.current.articles.values() if not one.sources}
        if name == "register.yml":
            assert set(library.current.articles) == cites_nothing
        else:
            assert NAME in library.current.articles

    @pytest.mark.parametrize(
        "name", ["register.yml", "offices.yml", "topics.yml", "routing.yml", "office_calendar.yml"]
    )
    def test_a_table_that_breaks_while_it_runs_is_served_as_before(
        self, folder: Path, name: str
    ) -> None:
        library = Library(folder)
        before, tables = library.current, library.tables
        (folder / name).write_bytes(b"\xff")

        assert not library.refresh()

        assert library.current is before
        assert library.tables.routing == tables.routing
        assert not library.tables.calendar.is_open(morning(2026, 1, 2))
        assert [problem.fault for problem in library.problems] == [Fault.ENCODING]

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ("title: ", 'title: "P \\ud83d x" # ', Fault.SIGN),
            ("title: ", 'title: "P \\0 x" # ', Fault.SIGN),
            ("id: tdc", f"id: {'x' * 61}", Fault.WRONG_FIELD),
            ("id: tdc", 'id: "Phòng TĐC"', Fault.WRONG_FIELD),
            ("id: tdc", f"id: {'[' * 9}x{']' * 9}", Fault.WRONG_FIELD),
        ],
    )
    def test_an_office_that_cannot_be_stored_is_left_out_alone(
        self, folder: Path, old: str, new: str, fault: Fault
    ) -> None:
        before = set(read_as_served(folder).knowledge.offices)
        edit(folder / "offices.yml", old, new)

        knowledge, problems = served(folder)

        assert before - set(knowledge.offices) == {"tdc"}
        assert fault in {problem.fault for problem in problems}
        assert {problem.fault for problem in problems} <= {fault, Fault.UNKNOWN}

    def test_a_few_signs_do_not_stand_for_more_than_any_memory(self, folder: Path) -> None:
        bomb = "&b0 [x, x, x, x, x, x, x, x, x, x]"
        for level in range(1, 8):
            bomb = f"&b{level} [{bomb}{f', *b{level - 1}' * 9}]"
        with (folder / "offices.yml").open("a", encoding="utf-8") as file:
            file.write(f"  - id: {bomb}\n")
        began = perf_counter()

        _, problems = served(folder)

        assert perf_counter() - began < 10
        assert Fault.WRITING in {problem.fault for problem in problems}

    def test_a_document_that_ends_with_the_calendar_is_left_out(self, folder: Path) -> None:
        registered(folder, "status: in_force; in_force_to: 9999-12-31; replaced_by: [thu-nghiem]")

        knowledge, (problem,) = served(folder)

        assert "thu-nghiem" not in knowledge.documents
        assert problem.fault is Fault.WRONG_FIELD
        assert check(folder, date(2026, 11, 24))

    def test_a_document_that_stands_twice_counts_once(self, folder: Path) -> None:
        register = folder / "register.yml"
        text = register.read_text("utf-8")
        first = text.index("  - id: ")
        register.write_text(text + text[first : text.index("  - id: ", first + 1)], "utf-8")

        knowledge, (problem,) = served(folder)

        assert problem.fault is Fault.TWICE
        assert problem.line == len(text.splitlines()) + 1
        assert NAME in knowledge.articles

    def test_a_rule_that_is_wrong_leaves_the_other_rules(self, folder: Path) -> None:
        before = read_as_served(folder).tables.routing.rules
        edit(folder / "routing.yml", "office: ", "office: nowhere # ")

        reading = read_as_served(folder)

        assert reading.tables.routing.rules == before[1:]
        assert [problem.fault for problem in reading.problems] == [Fault.UNKNOWN]

    def test_a_day_that_is_wrong_leaves_the_other_days(self, folder: Path) -> None:
        calendar = folder / "office_calendar.yml"
        edit(calendar, "day: 2026-01-02", "day: 2027-01-02")

        reading = read_as_served(folder)

        # The second would have been off; Saturday the tenth is still worked.
        assert reading.tables.calendar.is_open(morning(2026, 1, 2))
        assert reading.tables.calendar.is_open(morning(2026, 1, 10))
        assert len(reading.problems) == 1

    @pytest.mark.parametrize("zone", ["Z", "+07:00"])
    def test_office_hours_of_another_time_zone_are_left_out(self, folder: Path, zone: str) -> None:
        (folder / "office_calendar.yml").write_text(
            "sessions:\n"
            f'  - {{from: "07:30{zone}", to: "11:30{zone}"}}\n'
            f'  - {{from: "13:30{zone}", to: "17:00"}}\n'
            '  - {from: "18:00", to: "19:00"}\nyears: {}\n',
            "utf-8",
        )

        reading = read_as_served(folder)

        assert not reading.tables.calendar.is_open(morning(2026, 11, 25))
        assert {problem.line for problem in reading.problems} == {2, 3}

    def test_office_hours_of_another_time_zone_leave_what_was_served(self, folder: Path) -> None:
        library = Library(folder)
        edit(folder / "office_calendar.yml", '"07:30"', '"07:30Z"')
        add_phrasing(folder)

        assert library.refresh()

        assert library.tables.calendar.is_open(morning(2026, 11, 25))
        assert NEW in library.current.articles["kaizen-la-gi"].phrasings
        assert {problem.file.name for problem in library.problems} == {"office_calendar.yml"}

    def test_a_term_whose_article_is_left_out_is_explained_without_it(self, folder: Path) -> None:
        (folder / "glossary.yml").write_text(
            "terms:\n  - id: 5s\n    name: 5S\n    meaning: Năm việc.\n    topic: nang_suat\n"
            f"    article: {NAME}\n    facts: []\n",
            "utf-8",
        )
        empty(folder)

        knowledge, problems = served(folder)

        assert knowledge.glossary.term("5s").article is None
        assert {problem.file.stem for problem in problems} == {NAME}

    def test_a_line_of_the_glossary_that_is_wrong_leaves_the_others(self, folder: Path) -> None:
        row = "  - {{id: {0}, name: {0}, meaning: M, topic: {1}, article: null, facts: []}}\n"
        (folder / "glossary.yml").write_text(
            "terms:\n" + row.format("mot", "nang_suat") + row.format("hai", "khong_co"), "utf-8"
        )

        knowledge, (problem,) = served(folder)

        assert [term.id for term in knowledge.glossary.terms] == ["mot"]
        assert (problem.fault, problem.line) == (Fault.UNKNOWN, 3)

    @pytest.mark.parametrize("target", [None, "assessments", "/khong/co/dau"])
    def test_a_place_that_is_no_folder_takes_no_assessment_away(
        self, folder: Path, target: str | None
    ) -> None:
        place = folder / "assessments"
        shutil.copytree(ROOT / "knowledge_base" / "assessments", place)
        ours = read_as_served(ROOT / "knowledge_base").tables
        library = Library(folder)
        before = Reading(library.current, ours, ())
        shutil.rmtree(place)
        if target is None:
            place.write_bytes(b"")
        else:
            place.symlink_to(target)

        reading = read_as_served(folder, before)

        assert reading.tables.assessments == ours.assessments
        assert [(one.file, one.fault) for one in reading.problems] == [(place, Fault.FOLDER)]

    def test_a_bad_assessment_is_left_out_alone(self, folder: Path) -> None:
        place = folder / "assessments"
        place.mkdir()
        (place / "5s.yml").write_bytes(b"\xff")
        (place / "._5s.yml").write_bytes(b"\0")

        reading = read_as_served(folder)

        assert reading.tables.assessments == {}
        assert [problem.file.name for problem in reading.problems] == ["5s.yml"]

    def test_a_knowledge_base_that_is_gone_leaves_everything_in_service(self, folder: Path) -> None:
        library = Library(folder)
        before = library.current
        shutil.move(folder, folder.with_name("elsewhere"))

        library.refresh()

        assert library.current is before
        assert Fault.MISSING in {problem.fault for problem in library.problems}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_small_knowledge(tmp_path_factory.mktemp("mutated") / "knowledge_base")
    keep_cited_documents(folder)
    return folder


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["5s-la-gi", "offices", "topics", "routing", "office_calendar"]),
    cut=st.floats(0, 1),
    put=st.one_of(st.binary(max_size=12), st.text(max_size=12).map(lambda t: t.encode("utf-8"))),
    taken=st.integers(0, 40),
)
def test_no_bytes_keep_the_others_from_being_served(
    shelf: Path, name: str, cut: float, put: bytes, taken: int
) -> None:
    file = shelf / f"{name}.yml" if (shelf / f"{name}.yml").exists() else article_file(shelf, name)
    good = file.read_bytes()
    at = int(len(good) * cut)
    file.write_bytes(good[:at] + put + good[at + taken :])
    try:
        reading = read_as_served(shelf)
    finally:
        file.write_bytes(good)

    assert {"kaizen-la-gi", "co-quan-thue"} <= set(reading.knowledge.articles) or reading.problems
    assert "mot_cua" in reading.knowledge.offices


def served(folder: Path) -> tuple[Knowledge, tuple[Problem, ...]]:
    reading = read_as_served(folder)
    return reading.knowledge, reading.problems


def morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=VIETNAM)
