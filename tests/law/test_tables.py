"""The tables: strict loading, no holes, every figure cited."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from helpers.sample_table import GOOD
from taxcalc.base import bounded
from taxcalc.base import kept as kept_files
from taxcalc.base.period import OPEN, Period
from taxcalc.graph.law import Law
from taxcalc.law import folder
from taxcalc.law.book import LawBook
from taxcalc.law.compile import compile_tables
from taxcalc.law.folder import load_tables, shipped_tables
from taxcalc.law.schema import Compiled
from taxcalc.law.strict import TableError

DOCUMENTS = b'[law-1]\nzh = "\xe6\xb3\x95"\nen = "law"\n'


def compiled(table: str, facts: str = "") -> Compiled:
    return compile_tables({"documents.toml": DOCUMENTS, "levy.toml": table.encode(), "facts.toml": facts.encode()})


def test_the_sample_is_good() -> None:
    assert compiled(GOOD)["tables"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('rate = "5%"', 'rate = "5%"\nrat = "6%"'), "rat: the version and the table's parameters do not agree"),
        (('rate = "5%"', ""), "rate: the version and the table's parameters do not agree"),
        (('rate = "5%"', "rate = 0.05"), "bare number 0.05 has no unit"),
        (('rate = "5%"', "rate = 5"), "is not a quantity"),
        (('rate = "5%"', 'rate = "5 percent"'), "is not a quantity"),
        (('rate = "5%"', 'rate = "5"'), "is not a quantity"),
        (("until = 2027-12-31", ""), "until must be a date"),
        (("until = 2027-12-31", 'until = "2027"'), "until must be a date"),
        (("until = 2027-12-31", "until = 2022-12-31"), "ends before it begins"),
        (("from = 2023-01-01", ""), "from must be a date"),
        (('clause = "1"', ""), "every figure must have one"),
        (('document = "law-1"', 'document = "law-2"'), "law-2' is not in documents.toml"),
        (('evidence = "read"', 'evidence = "sure"'), "evidence must be one of"),
        (('en = "levy"', 'en = "levy"\ncolour = 1'), "the key 'colour' is not known"),
        (('en = "levy"', ""), "needs a label"),
        (('["税率", "rate"]', '["税率"]'), "a label in Chinese and in English"),
    ],
)
def test_a_wrong_table_is_refused(change: tuple[str, str], says: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(TableError, match=r"levy") as caught:
        compiled(GOOD.replace(*change, 1))
    assert says in str(caught.value)


def test_overlapping_versions_are_refused() -> None:
    second = (
        GOOD.split("\n\n", 1)[1].replace("2023-01-01", "2027-12-31").replace("until = 2027-12-31", 'until = "open"')
    )
    with pytest.raises(TableError, match="overlap"):
        compiled(GOOD + "\n" + second)


def test_a_key_twice_is_refused() -> None:
    with pytest.raises(TableError, match="not valid TOML"):
        compiled(GOOD.replace('rate = "5%"', 'rate = "5%"\nrate = "6%"'))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ('[a]\nzh="甲"\nen="A"\ntype="money"\ngroup="g"\ncolour=1', "the key 'colour' is not known"),
        ('[a]\nzh="甲"\nen="A"\ntype="float"\ngroup="g"', "type must be one of"),
        ('[a]\nzh="甲"\nen="A"\ntype="choice"\ngroup="g"', "a choice needs them"),
        (
            '[a]\nzh="甲"\nen="A"\ntype="flag"\ngroup="g"\n[b]\nzh="甲"\nen="B"\ntype="flag"\ngroup="g"',
            "belongs to both",
        ),
    ],
)
def test_a_wrong_catalogue_is_refused(facts: str, says: str) -> None:
    with pytest.raises(TableError) as caught:
        compiled(GOOD, facts)
    assert says in str(caught.value)


def test_the_shipped_tables_are_found_and_whole() -> None:
    book = LawBook(load_tables(shipped_tables()))
    assert len(book.paths()) >= 20
    for path in book.paths():
        for version in book.table(path).versions:
            for document, clause in version.cites:
                assert book.document(document)
                assert clause


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("vat.exemption", 2019, 2027),
        ("six_taxes", 2019, 2027),
        ("cit.small_low_profit", 2019, 2027),
        ("cit.rd", 2019, 2027),
        ("cit.western", 2019, 2030),
        ("iit.business", 2019, 2027),
        ("urban_construction", 2019, 2027),
    ],
)
def test_a_table_has_no_hole(path: str, first: int, last: int) -> None:
    """Every month of its life is under exactly one version."""
    book = LawBook(load_tables())
    for year in range(first, last + 1):
        for month in Period(year).parts(1):
            assert book.version(path, month) is not None, (path, str(month))


def test_a_date_outside_every_version_has_no_rule() -> None:
    """Never the last value: absent, and the levy says so."""
    law = Law(LawBook(load_tables()), Period(2031))
    assert law.cit.western.in_force is False
    assert law.cit.western.rate.value is None


def test_an_edited_table_takes_effect(tmp_path: Path) -> None:
    """One line of one table is one rate: no cache stands in the way."""
    for file in shipped_tables().glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = Law(LawBook(load_tables(tmp_path)), Period(2023)).cit.standard.rate.value
    table = tmp_path / "corporate_income.toml"
    text = table.read_text(encoding="utf-8")
    assert 'rate = "25%"' in text
    table.write_text(text.replace('rate = "25%"', 'rate = "24%"', 1), encoding="utf-8")
    after = Law(LawBook(load_tables(tmp_path)), Period(2023)).cit.standard.rate.value
    assert (before * 100, after * 100) == (25, 24)


def test_no_table_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no table"):
        load_tables(tmp_path)


def test_open_ends_are_written() -> None:
    book = LawBook(load_tables())
    ends = {version.until for path in book.paths() for version in book.table(path).versions}
    assert OPEN in ends
    assert all(end == OPEN or end <= date(2030, 12, 31) for end in ends)


# ---------------------------------------------------------------------- what is kept compiled


def kept(folder: Path) -> Path:
    """Where the compiled form of a copy of the shipped tables is kept."""
    for file in shipped_tables().glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    load_tables(folder)
    (found,) = (folder / "__pycache__").iterdir()
    return found


def signed(text: bytes, place: Path) -> bytes:
    """As the program would have kept it, made of the source whose hash is in the name."""
    return sha256(bytes.fromhex(place.stem.removeprefix("tables-")) + text).digest() + text


def changed(place: Path) -> bytes:
    """With a rate changed, and signed: whoever believes this file computes another tax."""
    return signed(place.read_bytes()[32:].replace(b'["rate",1,4]', b'["rate",1,5]'), place)


def linked(place: Path) -> None:
    place.with_name("elsewhere").write_bytes(changed(place))
    place.unlink()
    place.symlink_to(place.with_name("elsewhere"))


def linked_hard(place: Path) -> None:
    place.with_name("elsewhere").write_bytes(changed(place))
    place.unlink()
    place.hardlink_to(place.with_name("elsewhere"))


def piped(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


def a_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def huge(place: Path) -> None:
    text = changed(place)[32:]
    place.write_bytes(signed(text[:-1] + b" " * (kept_files.MOST - len(text)) + text[-1:], place))


def written_by_others(place: Path) -> None:
    place.write_bytes(changed(place))
    place.chmod(0o666)


def folder_written_by_others(place: Path) -> None:
    place.write_bytes(changed(place))
    place.parent.chmod(0o777)


def folder_linked(place: Path) -> None:
    place.write_bytes(changed(place))
    place.parent.rename(place.parent.with_name("other"))
    place.parent.symlink_to("other")


def with_bytes(spoil: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(place: Path) -> None:
        whole = place.read_bytes()
        assert spoil(whole) != whole
        place.write_bytes(spoil(whole))

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        with_bytes(lambda whole: whole.replace(b'["rate",1,4]', b'["rate",1,5]')),
        with_bytes(lambda whole: whole[:-1]),
        with_bytes(lambda whole: whole[:4]),
        with_bytes(lambda whole: b""),
        with_bytes(lambda whole: whole[32:]),
        with_bytes(lambda whole: sha256(whole[32:]).digest() + whole[32:]),
        with_bytes(lambda whole: signed(whole[32:], Path(f"tables-{'01' * 32}.json"))),
        *(linked, linked_hard, piped, a_folder, huge, written_by_others, folder_written_by_others, folder_linked),
    ],
)
def test_what_is_kept_is_checked_before_it_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = kept(tmp_path)
    damage(place)
    assert load_tables(tmp_path) == load_tables()
    if damage in (linked, linked_hard, piped, written_by_others):
        assert stat.S_ISREG(place.lstat().st_mode)
        assert place.lstat().st_mode & 0o022 == 0


def test_what_is_kept_is_used_but_not_for_the_digest_nor_where_the_law_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = kept(tmp_path)
    digest = load_tables()["sha256"]
    place.write_bytes(signed(changed(place)[32:].replace(digest.encode(), b"0" * 64), place))
    assert load_tables(tmp_path) != load_tables()
    assert load_tables(tmp_path)["sha256"] == digest
    assert load_tables(tmp_path, anew=True) == load_tables()


def test_what_is_signed_and_no_json_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = kept(tmp_path)
    place.write_bytes(signed(b"{", place))
    assert load_tables(tmp_path) == load_tables()


def test_of_another_user_nothing_is_believed_and_beside_his_tables_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    place = kept(tmp_path)
    place.write_bytes(changed(place))
    os.chown(place, 12345, -1) if os.getuid() == 0 else monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert load_tables(tmp_path) == load_tables()
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    place.unlink()
    assert load_tables(tmp_path) == load_tables()
    assert not place.exists()


def test_files_are_kept_so_that_nobody_else_may_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    before = os.umask(0)
    try:
        place = kept(tmp_path)
    finally:
        os.umask(before)
    assert [place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777] == [0o644, 0o755]


def test_another_edition_of_the_program_reads_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    before = kept(tmp_path)
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "tables.py").write_text("another reader", encoding="utf-8")
    monkeypatch.setattr(folder, "__file__", str(edition / "folder.py"))
    assert load_tables(tmp_path) == load_tables(tmp_path, anew=True)
    assert before.name not in [path.name for path in (tmp_path / "__pycache__").iterdir()]


def test_a_heading_of_many_parts_is_refused_at_once() -> None:
    with pytest.raises(TableError) as refused:
        compile_tables({"x.toml": b"[" + b"a." * 500_000 + b"a]\nx = 1\n"})
    assert "a key of more than 64 points" in refused.value.problem.text("en")


@pytest.mark.parametrize("kind", ["pipe", "device", "long"])
def test_a_table_that_may_have_no_end_is_refused(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "x.toml"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        place.symlink_to("/dev/zero")
    else:
        place.write_bytes(b"#" * (bounded.MOST + 1))
    with pytest.raises(TableError) as refused:
        load_tables(more=[tmp_path])
    assert refused.value.problem.key == "tables_unreadable"
