"""A folder of tables in compiled form: each file by its reader, then what can only be checked once all are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from taxcalc.base.bounded import read_toml
from taxcalc.law import forms, measures, records, registers, tables
from taxcalc.law.schema import Compiled
from taxcalc.law.strict import Bare, LoaderError, TableError, Toml

EMPTY: Compiled = {
    "documents": {},
    "tables": {},
    "facts": {},
    "groups": {},
    "notices": {},
    "forms": {},
    "records": records.NONE,
}


def compile_tables(texts: Mapping[str, bytes], base: Compiled | None = None) -> Compiled:
    """Everything that a folder of tables says, from the text of each file by its name.

    With a `base`, the folder adds to it: a table that it states whole replaces the one of that path, one
    that has only versions amends it from their dates on. Raises TableError, and LoaderError where the program fails.
    """
    folder = _Folder(base or EMPTY)
    for name, text in texts.items():
        with _faults_of_ours(name):
            folder.read(name, text)
    with _faults_of_ours(", ".join(texts)):
        folder.check()
    return folder.found


@contextmanager
def _faults_of_ours(where: str) -> Iterator[None]:
    """Whatever is not said of a table is an error of the program, and said to be one."""
    try:
        yield
    except TableError:
        raise
    except Exception as error:
        raise LoaderError(where, error) from error


class _Folder:
    """What was found so far, and where it stands."""

    def __init__(self, base: Compiled) -> None:
        self.base = base
        self.found: Compiled = {**base, "tables": {**base["tables"]}}
        self.places: dict[str, str] = {}
        """Where each table of this folder stands."""
        self.forms: dict[str, str] = {}
        """Which file has each form of this folder."""
        self.keeps_records = False
        """Does this folder say who read what it cites? Then nothing of it is marked as read without."""

    def read(self, name: str, text: bytes) -> None:
        """Add what one file says."""
        content, found = _parsed(name, text), self.found
        match name:
            case "documents.toml":
                found["documents"] = found["documents"] | registers.read_documents(name, content)
            case "evidence.toml":
                found["records"], self.keeps_records = records.read_records(name, content, found["records"]), True
            case "facts.toml":
                found["facts"] = found["facts"] | registers.read_facts(name, content)
            case "groups.toml":
                found["groups"] = found["groups"] | registers.read_groups(name, content)
            case "measures.toml":
                found["notices"] = found["notices"] | registers.read_notices(name, content)
            case "return_rows.toml":
                raise TableError("table_gone", where=name)
            case _ if name.startswith("returns_"):
                more = forms.read_forms(name, content)
                found["forms"] = found["forms"] | more
                self.forms |= dict.fromkeys(more, name)
            case _:
                self._read_tables(name, content)

    def _read_tables(self, name: str, content: dict[str, Toml]) -> None:
        for path, entry in tables.tables_in(name, content):
            if path in self.places:
                raise TableError("table_twice", where=name, path=path)
            self.places[path] = entry.where
            known = self.found["tables"].get(path)
            if known and "zh" not in entry:
                table = tables.amended_table(path, entry, known)
            else:
                table = tables.read_table(path, entry, known)
            self.found["tables"][path] = table

    def check(self) -> None:
        """Names that must be found elsewhere, and what a measure needs of its facts. Raises TableError."""
        found = self.found
        for where, document in self._cited():
            if document not in found["documents"]:
                raise TableError("table_document", where=where, document=document)
        for path, where in self.places.items():
            table = found["tables"][path]
            if table["reckon"]:
                measures.check_facts(where, table["reckon"], found["facts"], found["groups"])
                measures.check_figures(where, table["reckon"], table["versions"], found["facts"])
        if self.keeps_records:
            for path, where in self.places.items():
                records.check_read(where, found["tables"][path]["versions"], found["records"])
        registers.check_facts(found["facts"], self.base["facts"])
        forms.check_forms(found["forms"], found["facts"], found["tables"], self.forms)

    def _cited(self) -> Iterator[tuple[str, str]]:
        """Where something is cited, and which document."""
        for path, where in self.places.items():
            for version in self.found["tables"][path]["versions"]:
                yield from ((f"{where} version from {version['from']}", cite[0]) for cite in version["cites"])
        yield from records.cited(self.found["records"])
        yield from ((f"groups.toml: [{key}]", group["cite"][0]) for key, group in self.found["groups"].items())
        yield from ((f"measures.toml: [{key}]", one["document"]) for key, one in self.found["notices"].items())


def _parsed(name: str, text: bytes) -> dict[str, Toml]:
    try:
        return read_toml(text.decode("utf-8-sig"), Bare)
    except ValueError as error:
        raise TableError("table_toml", where=name, why=str(error)) from None
