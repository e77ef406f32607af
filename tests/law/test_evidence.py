"""What the tables rest on: a record for whatever is marked as read, and no mark or citation that changes unseen."""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evidence.write_citations import PAGE, page
from taxcalc.cli.law import law_app
from taxcalc.law.book import LawBook
from taxcalc.law.compile import EMPTY, compile_tables
from taxcalc.law.evidence import evidence_of, readings_of, standing
from taxcalc.law.folder import load_tables, shipped_tables
from taxcalc.law.records import check_read
from taxcalc.law.schema import Compiled
from taxcalc.law.strict import TableError

BOOK = LawBook(load_tables())
DOCUMENTS = '[law-1]\nzh = "法"\nen = "law"\n[law-2]\nzh = "二"\nen = "second"\n'
LEVY = """[levy]
zh = "税"
en = "levy"
parameters.rate = ["税率", "rate"]
[[levy.version]]
from = 2023-01-01
until = "open"
document = "law-1"
clause = "1"
also = [["law-2", "7"]]
evidence = "read"
rate = "5%"
"""
READER = '[reader.me]\nzh = "我"\nen = "me"\n'
RECORD = '[[record]]\ndocument = "{}"\nclauses = ["{}"]\nkind = "copy"\npublisher = "a site"\nreader = "me"\non = "2026-11"\n'
FIRST, SECOND = RECORD.format("law-1", "1"), RECORD.format("law-2", "7")


def compiled(levy: str = LEVY, **more: str) -> Compiled:
    """Compile these files."""
    texts = {"documents": DOCUMENTS, "levy": levy, **more}
    return compile_tables({f"{name}.toml": text.encode() for name, text in texts.items()})


def law(*args: str, **environment: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(law_app, list(args), env={"LANG": "en_US.UTF-8", **environment})
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    return done.stdout


def refused(levy: str, records: str) -> str:
    """What the loader says of a folder that keeps records."""
    with pytest.raises(TableError) as caught:
        compiled(levy, evidence=READER + records)
    return str(caught.value)


def test_citations_and_marks_change_only_on_purpose() -> None:
    """After a change that is meant: python tests/evidence/write_citations.py, and read what it changes."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_clauses_that_are_read_have_a_record_each() -> None:
    assert compiled(evidence=READER + FIRST + SECOND)["tables"]
    assert "levy.toml: [levy] version from 2023-01-01: marked 'read', and" in refused(LEVY, "")
    assert "no record of law-1 1, law-2 7;" in refused(LEVY, "")
    assert "no record of law-2 7;" in refused(LEVY, FIRST)
    assert "no record of law-1 1;" in refused(LEVY, RECORD.format("law-1", "2") + SECOND)


def test_figures_that_are_read_have_one_record() -> None:
    """Where the clause numbers are from memory, the figures were read in one of the documents."""
    levy = LEVY.replace('"read"', '"read"\nclause_evidence = "memory"')
    assert "no record of law-1 1, law-2 7;" in refused(levy, "")
    for record in (FIRST, SECOND, RECORD.format("law-2", "8")):
        assert compiled(levy, evidence=READER + record)["tables"]
    book = LawBook({**compiled(levy, evidence=READER + RECORD.format("law-2", "8")), "sha256": ""})
    assert standing(book, book.table("levy").versions[0], "read") == "copy"
    other = LEVY.replace('"read"', '"memory"\nclause_evidence = "read"')
    assert "no record of law-2 7;" in refused(other, FIRST)
    assert compiled(LEVY.replace('"read"', '"secondary"'), evidence=READER)["tables"]


def test_a_folder_that_keeps_no_records_is_not_asked_for_any() -> None:
    assert compiled()["records"] == EMPTY["records"]


def test_a_folder_with_records_adds_to_those_before_it() -> None:
    base = compiled(evidence=READER + FIRST + SECOND)
    more = LEVY.replace("levy", "fee")
    texts = {"fee.toml": more.encode(), "evidence.toml": RECORD.format("law-1", "9").encode()}
    found = compile_tables(texts, base)["records"]
    assert [one["clauses"] for one in found["read"]] == [["1"], ["7"], ["9"]]
    assert base["records"]["read"][2:] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"law-1"', '"law-9"', "evidence.toml: [record]: document 'law-9' is not in documents.toml"),
        ('["1"]', "[]", "[record 1]: clauses is […]; it must be a list of texts"),
        ('["1"]', "[1]", "[record 1]: clauses is […]; it must be a list of texts"),
        ('"copy"', '"hearsay"', "[record 1]: kind must be one of official, copy, unnoted"),
        ('publisher = "a site"\n', "", "[record 1]: publisher must be a text"),
        ('"me"\non', '"you"\non', "[record 1]: reader must be one of me"),
        ('"2026-11"', '"2026-13"', "[record 1]: on is '2026-13'; it must be a day or a month written as text"),
        ('"2026-11"', "2026-11-30", "[record 1]: on must be a text"),
        ("on =", "page = 3\non =", "[record 1]: the key 'page' is not known"),
        ("[[record]]", "[[sought]]", "[sought 1]: the key 'kind' is not known"),
        ("[[record]]", "[[read]]", "evidence.toml: the key 'read' is not known"),
        (READER, "reader = 1\n", "evidence.toml: reader is 1; it must be a table"),
    ],
)
def test_a_record_says_who_read_what_and_where(old: str, new: str, says: str) -> None:
    text = READER + FIRST
    assert old in text
    with pytest.raises(TableError) as caught:
        compiled(LEVY.replace('"read"', '"memory"'), evidence=text.replace(old, new, 1))
    assert says in str(caught.value)


def test_who_reviewed_a_version() -> None:
    reviewed = LEVY + 'reviewed = { name = "A. Wang", on = 2027-01-15 }\n'
    (version,) = compiled(reviewed)["tables"]["levy"]["versions"]
    assert version["reviewed"] == ["A. Wang", "2027-01-15"]
    book = LawBook({**compiled(reviewed), "sha256": ""})
    assert book.table("levy").versions[0].reviewed == ("A. Wang", "2027-01-15")
    assert evidence_of(book).reviewed == 1
    for wrong, says in (
        ('"A. Wang"', "reviewed is 'A. Wang'; it must be a table"),
        ('{ name = "A" }', "reviewed: on must be a date"),
    ):
        with pytest.raises(TableError, match=says):
            compiled(LEVY + f"reviewed = {wrong}\n")


def test_no_record_is_missed_where_one_is_taken_away() -> None:
    """The records that the shipped marks rest on: without any of them, the tables are refused."""
    content = load_tables()
    cited = {
        (key, clause)
        for path in BOOK.paths()
        for version in BOOK.table(path).versions
        for key, clause in version.cites
        if version.clause_evidence == "read"
    }
    assert len(cited) > 30
    every = [version for table in content["tables"].values() for version in table["versions"]]
    for document, clause in cited:
        records = copy.deepcopy(content["records"])
        for one in records["read"]:
            if one["document"] == document:
                one["clauses"] = [known for known in one["clauses"] if known != clause]
        with pytest.raises(TableError, match=re.escape(f"{document} {clause}")):
            check_read("all", every, records)


def test_the_least_good_reading_counts() -> None:
    official = FIRST.replace('"copy"', '"official"')
    for records, expected in (
        (official + SECOND, "copy"),
        (official + SECOND.replace('"copy"', '"official"'), "official"),
        (official + SECOND.replace('"copy"\npublisher = "a site"', '"unnoted"'), "unnoted"),
        (FIRST + official + SECOND, "copy"),
    ):
        book = LawBook({**compiled(evidence=READER + records), "sha256": ""})
        (version,) = book.table("levy").versions
        assert standing(book, version, "read") == expected
        assert standing(book, version, "memory") == "memory"
    assert [one.kind for one in readings_of(book, "law-1", "1")] == ["official", "copy"]


def versions_as_written() -> Iterator[dict[str, Any]]:
    """Each version of the shipped tables as TOML has it."""
    for file in shipped_tables().glob("*.toml"):
        waiting: list[Any] = [tomllib.loads(file.read_text(encoding="utf-8"))]
        while waiting:
            body = waiting.pop()
            yield from body.get("version", [])
            waiting += [one for one in body.values() if isinstance(one, dict)]


def test_the_command_counts_what_is_written() -> None:
    said = json.loads(law("check", "--on", "2026-11-30", "--evidence", "--format", "json"))["standing"]
    written = list(versions_as_written())
    marks = Counter(one["evidence"] for one in written)
    clauses = Counter(one.get("clause_evidence", one["evidence"]) for one in written)
    for found, expected in ((said["figures"], marks), (said["clauses"], clauses)):
        assert sum(found.values()) == len(written)
        assert (found["secondary"], found["memory"]) == (expected["secondary"], expected["memory"])
        assert found["copy"] > 40
        assert found["official"] > 0
    assert said["reviewed"] == sum("reviewed" in one for one in written)
    whole = sum(one["evidence"] == one.get("clause_evidence", "read") == "read" for one in written)
    assert len(said["unread"]) == len(written) - whole
    assert all(one["publisher"] or one["kind"] == "unnoted" for one in said["records"])
    assert "standing" not in json.loads(law("check", "--format", "json"))


def test_what_was_not_read_says_what_was_tried() -> None:
    text = law("check", "--on", "2026-11-30", "--evidence", "--lang", "en", COLUMNS="200")
    assert "read on an official page" in text
    assert "Not read, or not all of it" in text
    assert "the review did not find it (MOF, STA, MIIT and MOST Announcement No. 172 of 2017)" in text
    shown = law("vat.exemption", "--at", "2024", "--lang", "en", COLUMNS="200")
    assert "read in a copy (kszdf/taxjing, fgk.chinatax.gov.cn) · the maintainers · 2026-11-30" in shown


def test_the_records_quote_nothing() -> None:
    """Who read what, not what it says: no line of the register is long enough for a clause."""
    text = (shipped_tables() / "evidence.toml").read_text(encoding="utf-8")
    assert max(len(part) for part in text.split('"')[1::2]) < 130
    assert Path(PAGE).is_file()
