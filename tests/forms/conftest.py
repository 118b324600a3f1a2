"""The files of the department's own forms, as they are downloaded."""

import pytest

from bot.forms.made_forms import MadeForms
from bot.knowledge.library import Library
from bot.texts import default_texts


@pytest.fixture
def made(library: Library) -> MadeForms:
    return MadeForms(library, default_texts())
