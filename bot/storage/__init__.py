"""Tables (SQLAlchemy 2.1) and the database, over SQLite or PostgreSQL."""
