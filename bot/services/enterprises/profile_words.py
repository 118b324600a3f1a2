"""A profile in words that people read: titles of its fields, values, its size and why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.domain.enterprise.profile import (
    EARLIEST_YEAR,
    LENGTHS,
    MONEY,
    MOST_MONEY,
    MOST_STAFF,
    ContactField,
    FieldProblem,
    LegalForm,
    Ownership,
    ProfileField,
    SurveyConsent,
    Unreadable,
    Value,
    read_field,
)
from bot.domain.enterprise.size_class import LINES, BusinessField, Criterion, SizeClass, SizeFound
from bot.knowledge.places.places import Places
from bot.knowledge.sectors.sectors import Sectors
from bot.services.enterprises.profiles import NO_SIZE_BY_LAW, ProfileService
from bot.storage.models import EnterpriseProfile
from bot.texts import Texts

LAST_YEAR = date.max.year
"""A value that was kept once is read back whatever its year."""

_SIZES = tuple(SizeClass)


class ProfileWords:
    """Says what stands in profiles; the same on pages, in tables and in what is brought in."""

    def __init__(self, texts: Texts, places: Places, sectors: Sectors) -> None:
        self._texts = texts
        self._places = places
        self._sectors = sectors
        self._named: Mapping[ProfileField, Callable[[str], str]] = {
            ProfileField.LEGAL_FORM: self.legal_form,
            ProfileField.OWNERSHIP: self.ownership,
            ProfileField.PROVINCE: self.province,
            ProfileField.COMMUNE: self.commune,
            ProfileField.SECTOR: self.sector,
        }

    def title(self, field: str) -> str:
        """What a field is called; also a person's, `tax_code` and `size_class`, of no such form."""
        return self._say(f"field_{field}")

    def head(self, field: ProfileField) -> str:
        """The same over a column of a table, with the unit of money."""
        title = self.title(field)
        return self._say("table_money", title=title) if field in MONEY else title

    def shown(self, field: ProfileField, value: Value) -> str:
        """A value as people read it; empty where there is none, the code where nothing knows it."""
        if value is None or value == "":
            return ""
        if named := self._named.get(field):
            return named(str(value))
        if field is ProfileField.EXPORTS:
            said = "yes" if value else "no"
            return self._say(f"exports_{said}")
        if field is ProfileField.STAFF:
            return self._say("people", count=value)
        return self._say("money", amount=value) if field in MONEY else str(value)

    def shown_written(self, field: str, written: str) -> str:
        """A value of the history, where it stands as in a form."""
        if field == ContactField.SURVEYS and written in set(SurveyConsent):
            return self._say(f"surveys_{written}")
        if field == ContactField.SURVEYS_AT and written:
            return f"{date.fromisoformat(written):%d/%m/%Y}"
        if field not in set(ProfileField):
            return written
        known = ProfileField(field)
        if known in (ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.SECTOR):
            return self.shown(known, written)
        value = read_field(known, written, this_year=LAST_YEAR)
        return written if isinstance(value, Unreadable) else self.shown(known, value)

    def legal_form(self, code: str) -> str:
        """The title of a legal form."""
        return self._say(f"legal_form_{code}") if code in set(LegalForm) else code

    def ownership(self, code: str) -> str:
        """The title of an ownership."""
        return self._say(f"ownership_{code}") if code in set(Ownership) else code

    def province(self, code: str) -> str:
        """The name of a province."""
        found = self._places.province(code)
        return found.name if found else code

    def commune(self, code: str) -> str:
        """The name of a commune."""
        found = self._places.commune(code)
        return found.name if found else code

    def size(self, code: str) -> str:
        """The name of a size; empty where it is not known."""
        return self._say(f"size_{code}") if code in set(SizeClass) else code

    def sector(self, code: str) -> str:
        """A sector with its code; the code alone where it is not in the list any more."""
        found = self._sectors.sector(code)
        return self._say("sector", code=code, name=found.name) if found else code

    def source(self, code: str) -> str:
        """Where a change came from."""
        return self._say(f"source_{code}")

    def problem(self, field: ProfileField, found: Unreadable, *, this_year: int) -> str:
        """Why what was typed into a field cannot be kept, and what can."""
        match found.problem:
            case FieldProblem.LONG:
                return self._say("problem_long", most=LENGTHS[field])
            case FieldProblem.NUMBER if field in MONEY:
                return self._say("problem_money")
            case FieldProblem.RANGE:
                least, most = self._range(field, this_year)
                return self._say("problem_range", least=least, most=most)
            case problem:
                return self._say(f"problem_{problem}")

    def _range(self, field: ProfileField, this_year: int) -> tuple[str, str]:
        if field is ProfileField.FIGURES_YEAR:
            return str(EARLIEST_YEAR), str(this_year)
        most = MOST_MONEY if field in MONEY else MOST_STAFF
        return self.shown(field, 0), self.shown(field, most)

    # — the size and its ground —

    def size_ground(self, profile: EnterpriseProfile, profiles: ProfileService) -> str:
        """Which size an enterprise has and by which figures, or what stands in the way."""
        if profile.legal_form in NO_SIZE_BY_LAW:
            title = self.legal_form(profile.legal_form)
            return self._say("size_not_measured", form=title[:1].lower() + title[1:])
        found, field = profiles.size(profile), self._sectors.field_of(profile.sector)
        if found is None or field is None:
            return self._say("size_without_sector")
        if found.size is None or found.ground is None:
            missing = [self._say(f"criterion_{one}") for one in found.missing]
            return self._say("size_open", missing=missing)
        return self._found(found, profile, field)

    def _found(self, found: SizeFound, profile: EnterpriseProfile, field: BusinessField) -> str:
        ground = found.ground
        if ground is None or found.size is None:
            return ""
        clause, name = ground.clause, self._say(f"business_field_{field}")
        if found.size is SizeClass.LARGE:
            above = self._figures("size_exceeded", ground.exceeded, profile, field, clause)
            return self._say("size_above", clause=clause, field=name, exceeded=above)
        return self._say(
            "size_found",
            size=self.size(found.size),
            clause=clause,
            field=name,
            kept=self._figures("size_kept", ground.kept, profile, field, clause),
            exceeded=self._figures("size_exceeded", ground.exceeded, profile, field, clause - 1),
            smaller=self.size(_SIZES[max(0, clause - 2)]),
        )

    def _figures(
        self,
        sentence: str,
        criteria: Sequence[Criterion],
        profile: EnterpriseProfile,
        field: BusinessField,
        clause: int,
    ) -> list[str]:
        """Each figure beside the line of a clause of Điều 5."""
        return [
            self._say(
                sentence,
                name=self._say(f"criterion_{one}"),
                figure=self.shown(ProfileField(one.value), getattr(profile, one.value)),
                line=self.shown(ProfileField(one.value), LINES[field][one][clause - 1]),
            )
            for one in criteria
        ]

    def _say(self, key: str, **values: object) -> str:
        return self._texts.say(f"enterprise.{key}", **values)
