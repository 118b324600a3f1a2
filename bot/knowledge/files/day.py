"""A day as the files of the knowledge base may name it."""

from datetime import date
from typing import Annotated

from pydantic import Field

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""Warnings are counted before it and ends behind it; at the edge of the calendar nobody could."""
