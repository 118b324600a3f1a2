"""A made file with nothing in it of when it was made: the same form gives the same bytes."""

import io
import zipfile
from datetime import UTC, date, datetime, time

FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def packed_alike(content: bytes) -> bytes:
    """The same parts in the same order, each of the same day."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY_OF_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            made.writestr(part, given.read(name))
    return packed.getvalue()


def made_on(day: date) -> datetime:
    """The instant that a file says it was made at: the day of its review."""
    return datetime.combine(day, time(), UTC)
