"""A folder of tables: compiled and usable, or refused by name."""

from __future__ import annotations

from taxcalc.facts.catalogue import Catalogue
from taxcalc.law.book import LawBook
from taxcalc.law.compile import compile_tables
from taxcalc.law.strict import TableError
from verification.fuzz import check_said

_DOCUMENTS = '[law-1]\nzh = "法"\nen = "law"\n'.encode()


def one(data: bytes) -> None:
    """The first byte says whether the rest is a table of the law, the catalogue of facts or the documents."""
    name = ("levy.toml", "facts.toml", "documents.toml")[data[0] % 3 if data else 0]
    try:
        content = compile_tables({"documents.toml": _DOCUMENTS, name: data[1:]})
        book = LawBook({**content, "sha256": ""})
        for path in book.paths():
            for version in book.table(path).versions:
                assert version.cites
        Catalogue(content["facts"]).find("revenue_q1")
    except TableError as error:
        check_said([error.problem])
