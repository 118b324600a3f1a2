"""Forms on Telegram: buttons to their pages where people reach us, else the files themselves."""

from collections.abc import Sequence

from bot.channels.telegram.keyboard import LinkButton
from bot.domain.forms.form_file import address_of, form_file_of
from bot.domain.talk.messages import Attachment
from bot.forms.made_forms import MadeForm, MadeForms
from bot.house import House

LINKABLE = "https://"
"""Telegram refuses a whole message for a button to an address that only we can reach."""


class TelegramForms:
    """How the forms of a message are sent."""

    def __init__(self, house: House) -> None:
        self._made = MadeForms(house.library, house.texts)
        self._texts = house.texts
        public = house.settings.public_url
        self._base = house.settings.base_url if public.startswith(LINKABLE) else ""

    def links(self, files: Sequence[Attachment]) -> list[LinkButton]:
        """The buttons to the forms; none where they are sent as files."""
        return [
            LinkButton(
                self._texts.say("form.download", name=file.name),
                f"{self._base}{address_of(form)}",
            )
            for file in files
            if self._base and (form := form_file_of(file))
        ]

    def names(self, files: Sequence[Attachment]) -> list[str]:
        """The file names of the forms that are sent as files."""
        return [] if self._base else [form for file in files if (form := form_file_of(file))]

    def file(self, file_name: str) -> MadeForm | None:
        """The file of a form; None where it is no longer kept. Blocking while it is made."""
        return self._made.file(file_name)
