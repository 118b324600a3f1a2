"""What follows from the risk of a product, for a matter that hangs on it."""

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.products.product import Risk

SAY_LIMIT = 240


class RiskRule(BaseModel):
    """One row: a sentence for each risk, empty where nothing but the risk is to be said.

    `articles`: those whose matter it is. Ground: `document`, `clause`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: list[str] = Field(min_length=1)
    high: str = Field(default="", max_length=SAY_LIMIT)
    medium: str = Field(default="", max_length=SAY_LIMIT)
    document: str
    clause: str = Field(min_length=1)

    def told_of(self, risk: Risk) -> str:
        """What follows from a risk; empty where nothing is to be said."""
        return {Risk.HIGH: self.high, Risk.MEDIUM: self.medium}.get(risk, "")


class RiskRules(BaseModel):
    """`risk_rules.yml`; nothing where there is no file."""

    model_config = ConfigDict(extra="forbid")

    rules: list[RiskRule] = []
