"""The department knows enterprises"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import JsonColumn, UtcDateTime

revision = "0016"
down_revision = "0015"

# As in 0015: columns one by one, in words that both databases know.
ADDED = (
    (
        "ALTER TABLE enterprises ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_enterprises_merged_into_id_enterprises REFERENCES enterprises (id)"
    ),
    "ALTER TABLE contacts ADD COLUMN tax_code VARCHAR(20) DEFAULT '' NOT NULL",
    (
        "ALTER TABLE attempts ADD COLUMN enterprise_id INTEGER"
        " CONSTRAINT fk_attempts_enterprise_id_enterprises REFERENCES enterprises (id)"
    ),
    (
        "ALTER TABLE attempts ADD COLUMN officer_id INTEGER"
        " CONSTRAINT fk_attempts_officer_id_officers REFERENCES officers (id)"
    ),
    (
        "ALTER TABLE attempts ADD COLUMN campaign_id INTEGER"
        " CONSTRAINT fk_attempts_campaign_id_campaigns REFERENCES campaigns (id)"
    ),
    "ALTER TABLE attempts ADD COLUMN opinion TEXT DEFAULT '' NOT NULL",
    (
        "ALTER TABLE attempts ADD COLUMN opinion_by INTEGER"
        " CONSTRAINT fk_attempts_opinion_by_officers REFERENCES officers (id)"
    ),
)

REMOVED = (
    "ALTER TABLE contacts DROP COLUMN tax_code",
    "ALTER TABLE attempts DROP COLUMN opinion_at",
    "ALTER TABLE attempts DROP COLUMN opinion_by",
    "ALTER TABLE attempts DROP COLUMN opinion",
    "ALTER TABLE attempts DROP COLUMN campaign_id",
    "ALTER TABLE attempts DROP COLUMN officer_id",
    "ALTER TABLE attempts DROP COLUMN enterprise_id",
    "ALTER TABLE enterprises DROP COLUMN merged_into_id",
)

INDEXES = (
    ("enterprises", "merged_into_id"),
    ("attempts", "enterprise_id"),
    ("attempts", "campaign_id"),
)

OF_AN_ENTERPRISE = (
    "UPDATE attempts SET enterprise_id = (SELECT max(requests.enterprise_id) FROM requests"
    " WHERE requests.attempt_id = attempts.id) WHERE enterprise_id IS NULL"
)
"""Runs that were sent with a request are of its enterprise."""


AS_GIVEN = (
    "UPDATE contacts SET tax_code = coalesce((SELECT enterprises.tax_code FROM enterprises"
    " WHERE enterprises.id = contacts.enterprise_id), '')"
)
"""Until now an enterprise had the code that its contacts gave."""


def upgrade() -> None:
    """Applies the change."""
    _make_profiles()
    _make_imports()
    _make_changes()
    _make_contacts()
    _make_merges()
    _make_campaigns()
    for words in ADDED:
        op.execute(words)
    op.add_column("attempts", sa.Column("opinion_at", UtcDateTime(timezone=True), nullable=True))
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.execute(OF_AN_ENTERPRISE)
    op.execute(AS_GIVEN)
    _make_what_points_to_runs()


def downgrade() -> None:
    """Takes the change back: profiles and surveys go, and who answered on a page."""
    for table in ("peer_results", "invitations"):
        op.drop_table(table)
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
    for words in REMOVED:
        op.execute(words)
    for table in (
        "campaigns",
        "enterprise_merges",
        "profile_contacts",
        "profile_changes",
        "profile_imports",
        "enterprise_profiles",
    ):
        op.drop_table(table)


def _make_profiles() -> None:
    op.create_table(
        "enterprise_profiles",
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        _words("name", 300),
        _words("legal_form", 20),
        _words("ownership", 20),
        _words("province", 10),
        _words("commune", 10),
        _words("address", 300),
        _words("sector", 2),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.BigInteger(), nullable=True),
        sa.Column("capital", sa.BigInteger(), nullable=True),
        sa.Column("figures_year", sa.Integer(), nullable=True),
        _words("size_class", 10),
        sa.Column("exports", sa.Boolean(), nullable=True),
        _words("markets", 500),
        _words("products", 500),
        sa.Column("remark", sa.Text(), nullable=False),
        _instant("created_at"),
        _instant("updated_at"),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        _to("enterprise_profiles", "enterprise_id", "enterprises"),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_enterprise_profiles")),
    )
    op.create_index(
        "ix_enterprise_profiles_sector_size_class", "enterprise_profiles", ["sector", "size_class"]
    )
    op.create_index("ix_enterprise_profiles_commune", "enterprise_profiles", ["commune"])
    op.create_index("ix_enterprise_profiles_name", "enterprise_profiles", ["name"])


def _make_imports() -> None:
    op.create_table(
        "profile_imports",
        _id(),
        _key("profile_imports"),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _words("file_name", 255),
        _words("state", 10),
        sa.Column("reading", JsonColumn, nullable=False),
        sa.Column("rows", JsonColumn, nullable=False),
        _instant("created_at"),
        _instant("applied_at", nullable=True),
        _instant("undone_at", nullable=True),
        _to("profile_imports", "officer_id", "officers"),
    )


def _make_changes() -> None:
    op.create_table(
        "profile_changes",
        _id(),
        _key("profile_changes"),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        _words("field", 20),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        _words("source", 20),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        _instant("at"),
        _to("profile_changes", "enterprise_id", "enterprises"),
        _to("profile_changes", "import_id", "profile_imports"),
        _to("profile_changes", "officer_id", "officers"),
    )
    _index("profile_changes", "enterprise_id")
    _index("profile_changes", "import_id")


def _make_contacts() -> None:
    op.create_table(
        "profile_contacts",
        _id(),
        _key("profile_contacts"),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        _words("name", 200),
        _words("role", 100),
        _words("phone", 40),
        _words("email", 200),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        _words("surveys", 10),
        _instant("surveys_at", nullable=True),
        _words("surveys_how", 500),
        _words("surveys_version", 20),
        _instant("created_at"),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        _to("profile_contacts", "enterprise_id", "enterprises"),
        _to("profile_contacts", "contact_id", "contacts"),
    )
    _index("profile_contacts", "enterprise_id")
    _index("profile_contacts", "contact_id")


def _make_merges() -> None:
    op.create_table(
        "enterprise_merges",
        _id(),
        _key("enterprise_merges"),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("moved", JsonColumn, nullable=False),
        sa.Column("profile", JsonColumn, nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _instant("at"),
        _instant("undone_at", nullable=True),
        _to("enterprise_merges", "kept_id", "enterprises"),
        _to("enterprise_merges", "gone_id", "enterprises"),
        _to("enterprise_merges", "officer_id", "officers"),
    )
    _index("enterprise_merges", "kept_id")
    _index("enterprise_merges", "gone_id")


def _make_campaigns() -> None:
    op.create_table(
        "campaigns",
        _id(),
        _key("campaigns"),
        _words("title", 500),
        _words("questionnaire", 60),
        sa.Column("definition_id", sa.String(length=64), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("target", JsonColumn, nullable=False),
        _words("state", 10),
        _words("secret", 64),
        _instant("opens_at"),
        _instant("closes_at"),
        _instant("remind_at", nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        _instant("created_at"),
        _to("campaigns", "definition_id", "assessment_definitions"),
        _to("campaigns", "officer_id", "officers"),
    )
    _index("campaigns", "state")


def _make_what_points_to_runs() -> None:
    op.create_table(
        "invitations",
        _id(),
        _key("invitations"),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        sa.Column("profile_contact_id", sa.Integer(), nullable=True),
        _words("way", 10),
        sa.Column("conversation_id", sa.String(length=32), nullable=True),
        _words("state", 10),
        _instant("sent_at", nullable=True),
        _instant("reminded_at", nullable=True),
        _instant("answered_at", nullable=True),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        _to("invitations", "campaign_id", "campaigns"),
        _to("invitations", "enterprise_id", "enterprises"),
        _to("invitations", "profile_contact_id", "profile_contacts"),
        _to("invitations", "conversation_id", "conversations"),
        _to("invitations", "attempt_id", "attempts"),
        sa.UniqueConstraint(
            "campaign_id", "enterprise_id", name=op.f("uq_invitations_campaign_id")
        ),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_invitations_attempt_id")),
    )
    op.create_index("ix_invitations_campaign_id_state", "invitations", ["campaign_id", "state"])
    _index("invitations", "enterprise_id")
    _index("invitations", "conversation_id")
    op.create_table(
        "peer_results",
        _id(),
        _key("peer_results"),
        _words("assessment", 60),
        _words("sector", 2),
        _words("size_class", 10),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        _instant("counted_at"),
        _to("peer_results", "enterprise_id", "enterprises"),
        sa.UniqueConstraint("assessment", "enterprise_id", name=op.f("uq_peer_results_assessment")),
    )
    op.create_index("ix_peer_results_group", "peer_results", ["assessment", "sector", "size_class"])
    _index("peer_results", "enterprise_id")


def _id() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), nullable=False)


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _words(name: str, length: int) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, UtcDateTime(timezone=True), nullable=nullable)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])
