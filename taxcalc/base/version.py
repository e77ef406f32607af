"""The version of the program: an answer names it."""

__version__ = "0.1.0"
TABLES_VERSION = "2026.12"
"""That of the tables of the law: the first heading of tables/CHANGELOG.md, which says what changed for which periods."""
