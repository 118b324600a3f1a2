"""The products as `products.yml` keeps them."""

from collections.abc import Container, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.articles.article import SourceReference
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows
from bot.knowledge.products.only_with import OnlyWith
from bot.knowledge.products.product import Product, Receiving, Risk
from bot.knowledge.products.products import Products


class ProductFile(BaseModel):
    """`products.yml`.

    `article`: on the duties of any product; `instead`: those whose text a product's duties replace,
    `beside`: those behind whose first words they stand. `not_for_sale`: on goods that are brought
    in and not sold: not meant by who sells a thing on no list. `only_with`: articles that are taken
    for what is asked of some product. `grounds`: the clause of each risk.
    """

    model_config = ConfigDict(extra="forbid")

    article: str
    instead: list[str] = Field(default_factory=list)
    beside: list[str] = Field(default_factory=list)
    not_for_sale: list[str] = Field(default_factory=list)
    only_with: dict[str, OnlyWith] = Field(default_factory=dict)
    grounds: dict[Risk, SourceReference]
    receiving: Receiving | None = None
    products: list[Product]


def read_sound_products(
    file: Path, *, documents: Container[str], offices: Container[str]
) -> tuple[Products, list[Problem]]:
    """The file's products without the rows that are wrong, and what is wrong with those.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Products(), []
    sound = read_sound_rows(file, ProductFile, lambda table: _unknown(table, documents, offices))
    rows = sound.table.rows
    products = Products(
        rows.products,
        rows.article,
        rows.instead,
        rows.beside,
        rows.not_for_sale,
        rows.grounds,
        rows.only_with,
        rows.receiving,
    )
    return products, sound.problems


def _unknown(
    table: TableFile[ProductFile], documents: Container[str], offices: Container[str]
) -> Iterable[Problem]:
    """Rows that stand twice, or name a document or an office that is not there."""
    yield from _unknown_receivers(table, documents, offices)
    seen: set[str] = set()
    for place, product in enumerate(table.rows.products):
        if product.id in seen:
            yield table.problem(
                f"{product.id} stands here twice", "products", place, "id",
                fault=Fault.TWICE, name=product.id, other=table.file.name,
            )  # fmt: skip
        seen.add(product.id)
        for field, name, known, where in (
            ("document", product.document, documents, "register.yml"),
            ("inspected_by", product.inspected_by, offices, "offices.yml"),
            ("office", product.office, offices, "offices.yml"),
        ):
            if name is not None and name not in known:
                yield table.problem(
                    f"{name} is not in {where}", "products", place, field,
                    fault=Fault.UNKNOWN, name=name, table=where,
                )  # fmt: skip


def _unknown_receivers(
    table: TableFile[ProductFile], documents: Container[str], offices: Container[str]
) -> Iterable[Problem]:
    receiving = table.rows.receiving
    if receiving is None:
        return
    for name, known, where in (
        (receiving.document, documents, "register.yml"),
        *((document, documents, "register.yml") for document in receiving.offices),
        *((office, offices, "offices.yml") for office in receiving.offices.values()),
    ):
        if name not in known:
            yield table.problem(
                f"{name} is not in {where}", "receiving",
                fault=Fault.UNKNOWN, name=name, table=where,
            )  # fmt: skip
