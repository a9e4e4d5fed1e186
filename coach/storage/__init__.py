"""The store: SQLAlchemy Core tables, SQLite by default, Alembic migrations."""
