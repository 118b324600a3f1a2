"""A share of something, as it is counted and as it is shown."""

from collections.abc import Iterable
from fractions import Fraction

from pydantic import BaseModel, ConfigDict, Field, computed_field


class Share(BaseModel):
    """`hits` of `of`. Nothing counted has no percentage, which is not nought."""

    model_config = ConfigDict(frozen=True)

    hits: int = Field(ge=0)
    of: int = Field(ge=0)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def percent(self) -> float | None:
        """Per cent, to one decimal."""
        return round(100 * self.hits / self.of, 1) if self.of else None

    @property
    def points(self) -> Fraction | None:
        """Per cent, exactly: what figures are compared by."""
        return Fraction(100 * self.hits, self.of) if self.of else None

    def __str__(self) -> str:
        if self.percent is None:
            return "–"
        return f"{self.percent:.1f} % ({self.hits}/{self.of})"


def share(flags: Iterable[bool]) -> Share:
    """How many of the flags are true."""
    listed = list(flags)
    return Share(hits=sum(listed), of=len(listed))
