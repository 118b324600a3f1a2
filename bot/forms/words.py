"""What stands on every form beside its own blocks."""

from dataclasses import dataclass

from bot.knowledge.forms.form import Form
from bot.knowledge.library import Knowledge
from bot.texts import Texts


@dataclass(frozen=True)
class FormWords:
    """The words around a form. `department`: who hands it out."""

    texts: Texts
    department: str
    sample: str
    official: str
    ground: str


def words_around(form: Form, knowledge: Knowledge, texts: Texts, department: str) -> FormWords:
    """The words around a form: that it is a sample, the official form, the grounds and the day."""
    official = ""
    if form.official is not None:
        document = knowledge.documents.get(form.official.document)
        official = texts.say(
            "form.official",
            name=form.official.name,
            document=document.short if document is not None else "",
            clause=form.official.clause,
        )
    sources = [
        texts.say("form.source", document=document.short, clause=source.clause)
        for source in form.sources
        if (document := knowledge.documents.get(source.document)) is not None
    ]
    return FormWords(
        texts=texts,
        department=department,
        sample=texts.say("form.sample", department=department, guide=form.guide),
        official=official,
        ground=texts.say("form.ground", sources=sources, reviewed_on=form.reviewed_on),
    )
