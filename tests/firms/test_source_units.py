"""How the bytes of an input become blocks of text: encoding, delimiter, heading, and where blocks end."""

from __future__ import annotations

import codecs
import contextlib
import io
from pathlib import Path
from unittest import mock

import pytest

from taxcalc.base.atomic_file import replacing
from taxcalc.base.problem import InputError, problem
from taxcalc.firms.read import source
from taxcalc.firms.read.parse import Chunk
from taxcalc.firms.read.source import Source, encoding_called, last_record


def opened(content: bytes, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """An input of these bytes."""
    return Source(io.BytesIO(content), "test", encoding, delimiter)


def chunks(content: bytes, encoding: str | None = None) -> list[Chunk]:
    """What follows a heading in the first row."""
    read = opened(content, encoding)
    read.begin(1)
    return list(read)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(" UTF_8 ", "utf-8"), ("utf-8-sig", "utf-8"), ("GBK", "gb18030"), ("cp936", "gb18030"), ("utf-16le", "utf-16-le"),
     ("UTF-16BE", "utf-16-be"), ("unicode", "utf-16"), ("latin-1", None), ("", None)],
)  # fmt: skip
def test_encodings_are_called(name: str, encoding: str | None) -> None:
    assert encoding_called(name) == encoding


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("id,名称\na,b\n".encode(), "utf-8"),
        (codecs.BOM_UTF8 + b"id\n", "utf-8"),
        ("id,名称\na,b\n".encode("gb18030"), "gb18030"),
        ("id,名称\na,b\n".encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + "id,a\n".encode("utf-16-be"), "utf-16"),
        ("id,name,revenue\na,b,5\n".encode("utf-16-le"), "utf-16-le"),
        ("id,name,revenue\na,b,5\n".encode("utf-16-be"), "utf-16-be"),
        (b"id,name\n" + "饮食,b\n".encode() * 99 + b"\xff,c\n", "utf-8"),
        (b"id,name\n" + "饮食,b\n".encode("gb18030") * 99 + b"\xff,c\n", "gb18030"),
        (b"id,name\na,caf\xe9s\nb,c\n", "utf-8"),
        (b"id,name\na," + "甲".encode("gb18030") + b"\nb,c\n", "gb18030"),
        ("id,名称\n甲,公司\n".encode() * 9 + b"caf\xe9s,c\n", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(content: bytes, encoding: str) -> None:
    read = opened(content)
    assert (read.encoding, read.stated, read.first_rows()[0][0]) == (encoding, False, "id")
    assert read.described()[1] == f"{encoding.upper()}, separated by commas"


def test_an_encoding_that_fits_nothing_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        opened(b"id,\xff\xfe\xff\xfa\xff\xfa\xff\n")
    assert caught.value.problems == [problem("encoding_unknown", path="test", position=3)]
    assert opened(b"id\n\xff\n", "utf-8").described() == (
        "UTF-8（指定）、逗号分隔",
        "UTF-8 (as told), separated by commas",
    )


@pytest.mark.parametrize(
    ("text", "delimiter", "cells"),
    [
        ("a,b;c\n", ",", ["a", "b;c"]),
        ("a;b;c,d\n", ";", ["a", "b", "c,d"]),
        ("a\tb,c\td\n", "\t", ["a", "b,c", "d"]),
        ("a|b\n", "|", ["a", "b"]),
        ("a\n", ",", ["a"]),
        ('"a;b;c",d\n', ",", ["a;b;c", "d"]),
        ("\n \na;b\n,,,,\n", ";", ["a", "b"]),
        ("a,b,c,d\nx;y\n1;2\n", ";", ["x", "y"]),
    ],
)
def test_the_delimiter_is_found_out(text: str, delimiter: str, cells: list[str]) -> None:
    read = opened(text.encode())
    assert read.delimiter == delimiter
    assert cells in read.first_rows()
    assert opened(b"a,b\n", None, "|").first_rows() == [["a,b"]]


def test_a_line_that_says_the_delimiter_is_no_row() -> None:
    read = opened(b"sep=;\r\na;b,c,d\r\n1;2,3,4\r\n")
    assert (read.delimiter, read.first_rows()) == (";", [[], ["a", "b,c,d"], ["1", "2,3,4"]])
    read.begin(2)
    assert list(read) == [Chunk(b"1;2,3,4\r\n", delimiter=";")]


def test_the_rows_after_the_heading_are_those_of_the_table() -> None:
    read = opened(b'\n,,\n"id\nx",b\n1,2\n')
    assert read.first_rows() == [[], ["", "", ""], ["id\nx", "b"], ["1", "2"]]
    read.begin(3)
    assert read.header_row == 3
    assert list(read) == [Chunk(b"1,2\n")]
    assert (read.read, read.size, read.rows_about(), read.large(1), read.large(2)) == (17, 0, 1, True, False)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", problem("file_empty", path="test")),
        (b" \n\t", problem("file_empty", path="test")),
        (b",,\n,,\n", problem("file_empty", path="test")),
        (b'"id,b\n1,2\n', problem("header_unreadable", source="test", why=problem("quote_open", lines=200))),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: object) -> None:
    with pytest.raises(InputError) as caught:
        opened(content)
    assert caught.value.problems == [why]


def test_old_line_ends_and_a_missing_one() -> None:
    assert chunks(b"id,b\r1,2\r3,4") == [Chunk(b"1,2\n3,4\n")]
    assert chunks(b"id,b\r\n1,2\r\n3,4") == [Chunk(b"1,2\r\n3,4\n")]
    assert chunks(b"id,b\n") == []
    assert chunks(codecs.BOM_UTF8 + b"id,b\n1,2\n") == [Chunk(b"1,2\n")]
    assert chunks("id,饮\n1,食\n".encode("utf-16")) == [Chunk("1,食\n".encode())]
    assert chunks(b"id,b\n\xff,2\n", "gb18030") == [Chunk(b"\xff,2\n")]


def test_blocks_end_where_records_end() -> None:
    with mock.patch.object(source, "BLOCK", 16):
        assert chunks(b"id,b\n1,2\n3,4\n5,6\n7,8\n9,0") == [
            Chunk(b"1,2\n3,4\n"),
            Chunk(b"5,6\n7,8\n"),
            Chunk(b"9,0\n"),
        ]
        assert chunks(b"id,b\n1,2\n3,4" + b"4" * 40 + b"\n5,6\n") == [
            Chunk(b"1,2\n"),
            Chunk(b"", problem("record_long", limit=0)),
            Chunk(b"5,6\n"),
        ]
        assert chunks(b"id,b\r1,2\r3,4" + b"4" * 40 + b"\r5,6\r")[-1] == Chunk(b"5,6\n")
        assert chunks(b"id,b\n1,2\n3" + b"4" * 60) == [
            Chunk(b"1,2\n"),
            Chunk(b"", problem("record_long", limit=0)),
        ]


def test_a_block_does_not_end_inside_quotes() -> None:
    assert last_record(b"a,b\nc,d\ne,", ",", 2) == 8
    assert last_record(b"a,b", ",", 2) == 0
    assert last_record(b'a,"b\nc"\nd', ",", 2) == 8
    with mock.patch.object(source, "MOST_LINES", 2):
        assert last_record(b'a,b\nc,d\ne,f\ng,"h\ni', ",", 2) == 8
        assert last_record(b'a,"b\nc', ",", 2) == 5
        assert last_record(b'"x\ny",b\nc,d\ne,f\ng,"h\ni', ",", 2) == 12


def test_the_size_of_a_file_is_known(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,b\n" + b"1,2\n" * 10)
    with path.open("rb") as stream:
        read = Source(stream, "test")
        read.begin(1)
        assert (read.size, read.read, read.rows_about(), read.whole) == (45, 45, 10, True)
    with mock.patch.object(source, "BLOCK", 25), path.open("rb") as stream:
        read = Source(stream, "test")
        read.begin(1)
        assert (read.size, read.read, read.whole, read.rows_about()) == (45, 25, False, 5)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with replacing(str(target)) as part:
        part.write_text("new")
        assert not target.exists()
        assert part.name.startswith(".out.csv.")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o600
    target.chmod(0o640)
    with replacing(str(target)) as part:
        part.write_text("newer")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("newer", 0o640)
    with contextlib.suppress(ZeroDivisionError), replacing(str(target)) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert target.read_text() == "newer"
    with pytest.raises(InputError) as caught, replacing(str(tmp_path)):
        pass
    assert caught.value.problems == [problem("output_folder", path=str(tmp_path))]
