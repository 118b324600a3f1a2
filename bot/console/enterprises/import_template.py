"""The table that people may fill in: titles that are understood, an example, an explanation."""

from bot.domain.enterprise.profile import ProfileField
from bot.house import House
from bot.services.enterprises.imports.column import Beside
from bot.services.enterprises.profile_words import ProfileWords
from bot.table_file import TableSheet, book_file

FIELDS: tuple[ProfileField | Beside, ...] = (
    Beside.TAX_CODE,
    ProfileField.NAME,
    ProfileField.LEGAL_FORM,
    ProfileField.OWNERSHIP,
    ProfileField.PROVINCE,
    ProfileField.COMMUNE,
    ProfileField.ADDRESS,
    ProfileField.SECTOR,
    ProfileField.STAFF,
    ProfileField.REVENUE,
    ProfileField.CAPITAL,
    ProfileField.FIGURES_YEAR,
    ProfileField.EXPORTS,
    ProfileField.MARKETS,
    ProfileField.PRODUCTS,
    ProfileField.REMARK,
    Beside.PERSON,
    Beside.ROLE,
    Beside.PHONE,
    Beside.EMAIL,
)

TEXTS = frozenset({Beside.TAX_CODE, ProfileField.SECTOR, Beside.PHONE})
"""Columns of digits that a spreadsheet would make numbers of, without their first zeros."""


def template_file(house: House) -> bytes:
    """The file."""
    say, tables = house.texts.say, house.library.tables
    words = ProfileWords(house.texts, tables.places, tables.sectors)
    heads = [
        words.head(one) if isinstance(one, ProfileField) else say(f"enterprise.import_head_{one}")
        for one in FIELDS
    ]
    places = tables.places
    known: dict[str, str] = {
        ProfileField.PROVINCE: places.home.name if places.home else "",
        ProfileField.COMMUNE: places.communes[0].name if places.communes else "",
        ProfileField.FIGURES_YEAR: str(house.clock().year - 1),
    }
    example = [known.get(one) or say(f"enterprise.import_example_{one}") for one in FIELDS]
    return book_file(
        [
            TableSheet(
                say("enterprise.import_sheet"),
                heads,
                [example],
                texts=[place for place, one in enumerate(FIELDS) if one in TEXTS],
            ),
            TableSheet(
                say("enterprise.import_help_sheet"),
                [say("enterprise.import_help_column"), say("enterprise.import_help_meaning")],
                [
                    [head, say(f"enterprise.import_help_{one}")]
                    for head, one in zip(heads, FIELDS, strict=True)
                ],
            ),
        ]
    )
