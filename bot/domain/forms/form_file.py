"""A form of ours as a file of a message: made from the knowledge base, and stored nowhere."""

from bot.domain.talk.messages import Attachment

FORMS_ADDRESS = "/bieu-mau"
"""Below the address of the server; told to people, so it stays as it is."""

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_MARK = "form:"
"""Begins the id of such a file: the ids of stored ones are of hexadecimal digits."""


def form_attachment(file_name: str, name: str) -> Attachment:
    """The form with this file, as an owner reads its name."""
    return Attachment(file_id=f"{_MARK}{file_name}", name=name, media_type=media_type_of(file_name))


def is_form(file_id: str) -> bool:
    """Whether the id is that of a form."""
    return file_id.startswith(_MARK)


def form_file_of(file: Attachment) -> str:
    """The file name of a form; empty for a stored file."""
    return file.file_id.removeprefix(_MARK) if is_form(file.file_id) else ""


def form_address(file_id: str) -> str:
    """Where the form of an id is downloaded; empty for a stored file."""
    return address_of(file_id.removeprefix(_MARK)) if is_form(file_id) else ""


def address_of(file_name: str) -> str:
    """Where a form is downloaded, below the address of the server."""
    return f"{FORMS_ADDRESS}/{file_name}"


def media_type_of(file_name: str) -> str:
    """The media type of a form by its ending."""
    return MEDIA_TYPES[file_name.rpartition(".")[2]]
