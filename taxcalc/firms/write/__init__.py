"""Answers of a table go out: the columns, and a file for each kind of output."""
