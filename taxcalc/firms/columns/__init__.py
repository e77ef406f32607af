"""Columns of a table in memory: cut, put together and grouped, as lists or as arrays."""
