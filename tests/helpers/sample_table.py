"""A table of the law that is right, for tests and examples of errors to make wrong."""

from __future__ import annotations

GOOD = """\
[levy]
zh = "税"
en = "levy"
parameters.rate = ["税率", "rate"]

[[levy.version]]
from = 2023-01-01
until = 2027-12-31
document = "law-1"
clause = "1"
evidence = "read"
rate = "5%"
"""
