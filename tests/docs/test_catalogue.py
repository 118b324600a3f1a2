"""The articles are those of the catalogue: its ids are a contract."""

import pytest
from ruamel.yaml import YAML

from tests.support.source import ROOT

CATALOGUE = ROOT.parent / "shared" / "catalogue.yml"


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the catalogue lies outside of the project")
def test_every_article_of_the_catalogue_is_written_and_no_other() -> None:
    catalogue = YAML(typ="safe").load(CATALOGUE.read_text(encoding="utf-8"))
    wanted = {(article["topic"], article["id"]) for article in catalogue["articles"]}
    written = {
        (file.parent.name, file.stem)
        for file in (ROOT / "knowledge_base" / "articles").glob("*/*.md")
    }

    assert written == wanted
