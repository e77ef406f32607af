"""The law as people and programs read it: tables, changes, findings, measures."""
