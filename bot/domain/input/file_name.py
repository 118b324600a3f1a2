"""A file's name as it is kept: without folders, without what a disk or a header trips over."""

import mimetypes
import re
import unicodedata

from bot.domain.input.file_kind import SUFFIXES

NAME_LENGTH = 120
NAME_BYTES = 240
"""A disk takes 255; a letter of Vietnamese takes up to three."""

NAMELESS = "tep"

RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for its devices, whatever follows behind a dot."""

UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})
"""What turns the direction of a name around, half characters, and what nobody can see."""

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_OUT = "\0"
_TYPES = mimetypes.MimeTypes(filenames=())

_FOLDER = re.compile(r"[\\/]")
_KEPT = frozenset("._- ()")


def safe_name(name: str, suffixes: tuple[str, ...] = ()) -> str:
    """A name of at most 120 characters and 240 bytes, never empty, its letters composed (NFC).

    `suffixes`: those that the file's kind may bear; a name with none of them gets the first, in
    place of another kind's.
    """
    base = _FOLDER.split(unicodedata.normalize("NFC", name))[-1]
    visible = (letter for letter in base if unicodedata.category(letter) not in UNSEEN)
    kept = "".join(letter if _stays(letter) else _OUT for letter in visible)
    stem, suffix = _parted(re.sub(f"{_OUT}+", "_", kept), suffixes)
    stem = stem.strip(" ._") or NAMELESS
    if RESERVED.match(stem):
        stem = f"{NAMELESS}-{stem}"
    return f"{_cut(stem, suffix)}{suffix}"


def suffix_of(name: str) -> str:
    """What the name says of its kind, in small letters, with its dot; empty where there is none."""
    found = _SUFFIX.search(safe_name(name))
    return found[0].lower() if found else ""


def _stays(letter: str) -> bool:
    # Letters with their marks, numbers, and what stands between words.
    return letter in _KEPT or unicodedata.category(letter)[0] in "LMN"


def _parted(name: str, suffixes: tuple[str, ...]) -> tuple[str, str]:
    name = name.rstrip(" .")
    found = _SUFFIX.search(name)
    written = found[0] if found else ""
    if not suffixes or written.lower() in suffixes:
        return name.removesuffix(written), written
    # The `.2026` of a date and the `.HD` of a number belong to the name.
    return (name.removesuffix(written) if _tells_a_kind(written.lower()) else name), suffixes[0]


def _tells_a_kind(suffix: str) -> bool:
    return suffix in SUFFIXES or _TYPES.guess_type(f"x{suffix}") != (None, None)


def _cut(stem: str, suffix: str) -> str:
    stem = stem[: NAME_LENGTH - len(suffix)]
    while len(stem.encode()) > NAME_BYTES - len(suffix):
        stem = stem[:-1]
    return stem.rstrip(" .") or NAMELESS
