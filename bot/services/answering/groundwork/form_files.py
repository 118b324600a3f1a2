"""Forms as files of a reply."""

from collections.abc import Iterable
from itertools import islice

from bot.domain.forms.form_file import form_attachment
from bot.domain.talk.messages import Attachment
from bot.knowledge.forms.form import Form

MOST_FORMS = 2
"""Under one answer; the others are named by the list of all."""


def form_files(forms: Iterable[Form]) -> list[Attachment]:
    """The first of the forms, as a channel sends them."""
    return [form_attachment(form.file_name, form.name) for form in islice(forms, MOST_FORMS)]
