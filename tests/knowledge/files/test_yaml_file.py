"""What was parsed is kept while its text stays as it is, and nobody spoils what is kept."""

from pathlib import Path

from bot.knowledge.files.yaml_file import load_yaml
from bot.knowledge.reading import read_as_served
from tests.support.data.small_knowledge import copy_small_knowledge, edit


def test_the_same_text_is_parsed_once_whatever_its_file(tmp_path: Path) -> None:
    text = f"name: {tmp_path.name}\nrows: [1, 2]\n"

    assert load_yaml(text, Path("a.yml")) is load_yaml(text, Path("b.yml"))


def test_a_table_with_a_wrong_row_reads_the_same_however_often(tmp_path: Path) -> None:
    folder = copy_small_knowledge(tmp_path / "kb")
    edit(folder / "topics.yml", "  - id: ", "  - strange: x\n    id: ")

    first, second = read_as_served(folder), read_as_served(folder)

    assert first.problems
    assert first.problems == second.problems
    assert first.knowledge == second.knowledge
