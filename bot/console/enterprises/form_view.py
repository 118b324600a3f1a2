"""What the form of a profile shows: what is kept, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from bot.console.enterprises.known import KnownEnterprise, this_year, typed_fields, words_of
from bot.console.frame.pages import pages_of
from bot.domain.enterprise.profile import (
    LegalForm,
    Ownership,
    ProfileField,
    legal_form_in,
)
from bot.domain.enterprise.tax_code import CodeFault
from bot.house import House
from bot.knowledge.places.place import Commune
from bot.services.enterprises.enterprise_list import ListedEnterprise
from bot.services.enterprises.profile_edits import Edit
from bot.services.enterprises.profiles import values_of
from bot.services.enterprises.typed_fields import NOTHING, Reading
from bot.storage.models import ProfileChange

UNFIT, CONFLICT = 422, 409

Typed = Mapping[ProfileField, str]


@dataclass(frozen=True)
class FieldView:
    """A field of the form. `theirs`: another's newest change of it, since the form was made."""

    text: str
    problem: str = ""
    theirs: ProfileChange | None = None


@dataclass(frozen=True)
class CodeView:
    """The box of the tax code. `known_id`: the enterprise whose code it is already."""

    text: str = ""
    problem: str = ""
    known_id: int | None = None


@dataclass(frozen=True)
class FormView:
    """The whole form. `enterprise`: None for one that is entered by hand.

    `shown`: the newest line of history that it shows. `beside`: what others changed
    meanwhile in fields that are left alone; `alike`: enterprises of the same name; `guessed`: the
    legal form is only what the name says.
    """

    fields: Mapping[ProfileField, FieldView]
    code: CodeView
    enterprise: KnownEnterprise | None = None
    shown: int = 0
    beside: Sequence[ProfileChange] = ()
    offered: Sequence[Commune] = ()
    alike: Sequence[ListedEnterprise] = ()
    guessed: bool = False

    @property
    def status(self) -> int:
        """Of the page."""
        fields = self.fields.values()
        if self.alike or any(one.theirs for one in fields):
            return CONFLICT
        is_wrong = self.code.problem or self.code.known_id or any(one.problem for one in fields)
        return UNFIT if is_wrong else 200


def blank_form(house: House) -> FormView:
    """For an enterprise entered by hand: it will lie in the department's own province."""
    home = {ProfileField.PROVINCE: house.library.tables.places.home_code}
    return FormView({one: FieldView(home.get(one, "")) for one in ProfileField}, CodeView())


def form_of(house: House, found: KnownEnterprise, shown: int) -> FormView:
    """With what is kept; a profile that is to be opened begins with what owners gave."""
    texts, proposed = typed_fields(house), _proposed(house, found)
    values = values_of(found.profile) if found.profile is not None else NOTHING
    fields = {
        one: FieldView(texts.text(one, value) or proposed.get(one, ""))
        for one, value in values.items()
    }
    guessed = not values[ProfileField.LEGAL_FORM] and ProfileField.LEGAL_FORM in proposed
    return FormView(fields, CodeView(), enterprise=found, shown=shown, guessed=guessed)


def form_after_entry(
    house: House,
    typed: Typed,
    reading: Reading,
    code: CodeView,
    alike: Sequence[ListedEnterprise],
) -> FormView:
    """An enterprise was not entered: as it was typed, with the reasons."""
    problems = _problems(house, reading)
    fields = {one: FieldView(typed[one], problems.get(one, "")) for one in ProfileField}
    return FormView(fields, code, offered=reading.offered, alike=alike)


def form_after_edit(  # noqa: PLR0913  (each is one part of what came of it)
    house: House,
    found: KnownEnterprise,
    typed: Typed,
    edit: Edit,
    code: CodeView,
    *,
    shown: int,
) -> FormView:
    """An edit was not written: her own words where she changed something, else what stands now."""
    texts, problems = typed_fields(house), _problems(house, edit.reading)
    hers = {*edit.reading.values, *problems, *edit.conflicts}
    fields = {
        one: FieldView(
            typed[one] if one in hers else texts.text(one, edit.current[one]),
            problems.get(one, ""),
            edit.conflicts.get(one),
        )
        for one in ProfileField
    }
    return FormView(
        fields,
        code,
        enterprise=found,
        shown=shown,
        beside=list(edit.beside.values()),
        offered=edit.reading.offered,
    )


def code_view(house: House, text: str, code: str | CodeFault, known_id: int | None) -> CodeView:
    """The box of the tax code as it was typed, with what is wrong."""
    if isinstance(code, CodeFault):
        return CodeView(text, house.texts.say(f"enterprise.{code.value}"))
    return CodeView(text, known_id=known_id)


def form_page(request: Request, house: House, view: FormView) -> Response:
    """The page of the form."""
    return pages_of(request).page(
        request,
        "enterprise_form.html",
        status=view.status,
        view=view,
        field=ProfileField,
        profile_words=words_of(house),
        options=_options(house),
        communes=house.library.tables.places.communes,
    )


def _options(house: House) -> dict[ProfileField, list[tuple[str, str]]]:
    """The values that a field can have, as they stand in a form, and what they are called."""
    tables, words, typed = house.library.tables, words_of(house), typed_fields(house)
    exports = ProfileField.EXPORTS
    return {
        ProfileField.LEGAL_FORM: [(one.value, words.legal_form(one)) for one in LegalForm],
        ProfileField.OWNERSHIP: [(one.value, words.ownership(one)) for one in Ownership],
        ProfileField.PROVINCE: [(one.code, one.name) for one in tables.places.provinces],
        ProfileField.SECTOR: [(one.code, words.sector(one.code)) for one in tables.sectors.sectors],
        exports: [
            (typed.text(exports, is_so), words.shown(exports, is_so)) for is_so in (True, False)
        ],
    }


def _proposed(house: House, found: KnownEnterprise) -> dict[ProfileField, str]:
    """What is likely and not kept: the name that owners gave, and the legal form in it."""
    proposed: dict[ProfileField, str] = {}
    if found.profile is None:
        proposed[ProfileField.NAME] = found.name
        proposed[ProfileField.PROVINCE] = house.library.tables.places.home_code
    if guess := legal_form_in(found.name):
        proposed[ProfileField.LEGAL_FORM] = guess
    return proposed


def _problems(house: House, reading: Reading) -> dict[ProfileField, str]:
    words, year = words_of(house), this_year(house)
    return {
        one: words.problem(one, problem, this_year=year)
        for one, problem in reading.problems.items()
    }
