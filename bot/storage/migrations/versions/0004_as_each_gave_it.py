"""As each gave it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NAME, TYPED = 300, 40
GIVEN = ("contacts", "requests")

enterprises = sa.table(
    "enterprises", sa.column("id", sa.Integer), sa.column("tax_code"), sa.column("name")
)
contacts = sa.table(
    "contacts",
    sa.column("id", sa.Integer),
    sa.column("enterprise_id", sa.Integer),
    sa.column("enterprise_name"),
)
requests = sa.table(
    "requests",
    sa.column("id", sa.Integer),
    sa.column("contact_id", sa.Integer),
    sa.column("enterprise_id", sa.Integer),
    sa.column("enterprise_name"),
)


def upgrade() -> None:
    """Applies the change."""
    for table in GIVEN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column(
                    "enterprise_name", sa.String(length=NAME), nullable=False, server_default=""
                )
            )
            batch_op.add_column(
                sa.Column(
                    "unchecked_tax_code", sa.String(length=TYPED), nullable=False, server_default=""
                )
            )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_requests_enterprise_id"), ["enterprise_id"], unique=False
        )
    _give_names_to_their_givers()


def _give_names_to_their_givers() -> None:
    """The name of an enterprise is that of who spoke of it first, and nobody else's.

    Until now the first who gave a tax code gave the name that all others saw.
    """
    connection = op.get_bind()
    named = connection.execute(
        sa.select(enterprises.c.id, enterprises.c.name).where(enterprises.c.name != "")
    ).all()
    for enterprise_id, name in named:
        giver = connection.scalar(
            sa.select(requests.c.contact_id)
            .where(requests.c.enterprise_id == enterprise_id)
            .order_by(requests.c.id)
            .limit(1)
        ) or connection.scalar(
            sa.select(sa.func.min(contacts.c.id)).where(contacts.c.enterprise_id == enterprise_id)
        )
        if giver is None:
            continue
        for table, person in ((contacts, contacts.c.id), (requests, requests.c.contact_id)):
            connection.execute(
                sa.update(table)
                .where(table.c.enterprise_id == enterprise_id, person == giver)
                .values(enterprise_name=name)
            )
        connection.execute(
            sa.update(enterprises)
            .where(enterprises.c.id == enterprise_id, enterprises.c.tax_code.is_not(None))
            .values(name="")
        )


def downgrade() -> None:
    """Takes the change back."""
    connection = op.get_bind()
    given = connection.execute(
        sa.select(requests.c.enterprise_id, requests.c.enterprise_name)
        .where(requests.c.enterprise_id.is_not(None), requests.c.enterprise_name != "")
        .order_by(requests.c.id.desc())
    ).all()
    # The oldest last: its name is the one that stays.
    for enterprise_id, name in given:
        connection.execute(
            sa.update(enterprises).where(enterprises.c.id == enterprise_id).values(name=name)
        )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_requests_enterprise_id"))
    for table in GIVEN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("unchecked_tax_code")
            batch_op.drop_column("enterprise_name")
