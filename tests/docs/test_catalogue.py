"""The articles are those of the catalogue: its ids are a contract."""

import pytest
from ruamel.yaml import YAML

from tests.support.source import ROOT

CATALOGUES = [ROOT.parent / "shared" / name for name in ("catalogue.yml", "catalogue_2.yml")]


@pytest.mark.skipif(
    not all(file.exists() for file in CATALOGUES), reason="the lists lie outside of the project"
)
def test_every_article_of_both_lists_is_written_and_no_other() -> None:
    lists = [YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in CATALOGUES]
    wanted = {(one["topic"], one["id"]) for listed in lists for one in listed["articles"]}
    written = {
        (file.parent.name, file.stem)
        for file in (ROOT / "knowledge_base" / "articles").glob("*/*.md")
    }

    assert written == wanted
