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
    unsure: str
    ground: str


def words_around(form: Form, knowledge: Knowledge, texts: Texts, department: str) -> FormWords:
    """The words around a form: what it is, what is not confirmed, its grounds and its day.

    What its leading article says is not confirmed is no surer on paper.
    """
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
    leading = knowledge.articles.get(form.articles[0])
    note = leading.verify_note if leading is not None else ""
    return FormWords(
        texts=texts,
        department=department,
        sample=texts.say("form.sample", department=department, guide=form.guide),
        official=official,
        unsure=texts.say("form.unsure", note=note) if note else "",
        ground=texts.say("form.ground", sources=sources, reviewed_on=form.reviewed_on),
    )
