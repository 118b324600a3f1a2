"""The files of the forms, each made when it is first asked for and kept while it stays the same."""

import hashlib
import threading
from dataclasses import dataclass

from bot.domain.forms.form_file import address_of
from bot.forms.sheet_form import sheet_form
from bot.forms.word_form import word_form
from bot.forms.words import words_around
from bot.knowledge.forms.form import Form, FormKind
from bot.knowledge.library import Library
from bot.texts import Texts


@dataclass(frozen=True)
class MadeForm:
    """A form and its file."""

    form: Form
    content: bytes

    @property
    def digest(self) -> str:
        """The checksum of the file: the same for the same form, wherever it was made."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def address(self) -> str:
        """Where it is downloaded, below the address of the server."""
        return address_of(self.form.file_name)


class MadeForms:
    """The files of the forms in service."""

    def __init__(self, library: Library, texts: Texts) -> None:
        self._library = library
        self._texts = texts
        self._lock = threading.Lock()
        self._made: dict[str, tuple[object, MadeForm]] = {}

    def file(self, file_name: str) -> MadeForm | None:
        """The file of a name; None where no form has it. Blocking while it is made."""
        form = self._library.current.forms.of_file(file_name)
        return self._of(form) if form is not None else None

    def all(self) -> list[MadeForm]:
        """The files of all forms, in the order of their ids. Blocking."""
        return [self._of(form) for form in self._library.current.forms.by_id.values()]

    def _of(self, form: Form) -> MadeForm:
        knowledge = self._library.current
        department = self._library.tables.department.name or self._texts.say("department.our_name")
        words = words_around(form, knowledge, self._texts, department)
        with self._lock:
            before = self._made.get(form.id)
            if before is not None and before[0] == (form, words):
                return before[1]
            make = word_form if form.kind is FormKind.WORD else sheet_form
            made = MadeForm(form, make(form, words))
            self._made[form.id] = ((form, words), made)
            return made
