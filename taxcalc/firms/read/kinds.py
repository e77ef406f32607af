"""Which kind of file a table is in: its content says it, whatever it is called. What is none is called by its name."""

from __future__ import annotations

import io
import os
import re
from typing import BinaryIO

from taxcalc.base.problem import InputError, Problem, problem
from taxcalc.base.units import Label
from taxcalc.firms.read.feed import Feed, Watched
from taxcalc.firms.read.source import Source
from taxcalc.firms.read.workbook import COMPOUND, ZIP, Workbook

_HEAD = 1 << 16
_SPOOLED, _MOST = 64 << 20, 1 << 30
"""Bytes of a workbook from a pipe that are kept in memory, and at all."""
_OLD = re.compile(rb"\t[\0\2\4\x08][\4-\x10]\0")
"""The first record of a binary workbook from before there were compound files."""
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|meta|title|style|script|table|div|center|font|tr)[\s>]")
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*", re.DOTALL)
_MAGIC: tuple[tuple[bytes, str, Label], ...] = (
    (b"%PDF-", "input_no_table", ("PDF 文件", "a PDF file")),
    (b"\x89PNG", "input_no_table", ("图片", "a picture")),
    (b"\xff\xd8\xff", "input_no_table", ("图片", "a picture")),
    (b"GIF8", "input_no_table", ("图片", "a picture")),
    (b"{\\rtf", "input_no_table", ("RTF 文档", "an RTF document")),
    (b"Rar!", "input_packed", ("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", "input_packed", ("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", "input_packed", ("gzip 压缩文件", "a gzip file")),
    (b"SQLite format 3", "input_no_table", ("SQLite 数据库", "an SQLite database")),
)
_TEXT: Label = ("分隔符文本", "delimited text")
_SUFFIXES = {
    "XLSX 工作簿": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "旧版 .xls 工作簿": (".xls", ".xlt", ".et", ".ett"),
    "ODS 工作簿": (".ods", ".ots"),
    "Parquet": (".parquet", ".pq"),
    "JSON 行": (".jsonl", ".ndjson", ".json"),
}

_NO_TEXT = {end for ends in _SUFFIXES.values() for end in ends}


def open_table(
    stream: BinaryIO, name: str, encoding: str | None = None, delimiter: str | None = None
) -> Workbook | Feed:
    """The table of a file, or the workbook that holds some. Raises InputError where it is neither."""
    head, stream = _begun(stream, name)
    if head.startswith((ZIP, COMPOUND)) or _OLD.match(head):
        return Workbook(_seekable(stream, name), name)
    if head.startswith(b"PAR1"):
        from taxcalc.firms.read.parquet import ParquetGrid
        from taxcalc.firms.read.sheet import Sheet, readable

        watched = Watched(stream, name)
        with readable(name, watched):
            return Sheet(name, ParquetGrid(_seekable(stream, name), name), watched)
    for magic, key, kind in _MAGIC:
        if head.startswith(magic):
            raise InputError([problem(key, path=name, kind=kind)])
    text = _start_of_text(head)
    if marked := _markup(text):
        raise InputError([problem("input_other_kind", path=name, kind=marked)])
    suffix = os.path.splitext(name)[1].lower()
    if suffix in (".jsonl", ".ndjson") or text.startswith(('{"', '{ "')):
        from taxcalc.firms.read.json_lines import JsonLines

        return JsonLines(stream, name)
    if suffix == ".json":
        raise InputError([problem("input_json", path=name)])
    unreadable = InputError([problem("workbook_unreadable", path=name, why=head[:4].hex(" "))])
    if head and not head.strip(b"\0"):  # what broken downloads leave
        raise unreadable
    try:
        return Source(stream, name, encoding, delimiter)
    except InputError as error:
        if error.problems[0].key == "encoding_unknown" and suffix in _NO_TEXT:
            raise unreadable from None
        raise


def called_otherwise(table: Workbook | Feed) -> Problem | None:
    """What is to be said where a name tells another kind than the content."""
    suffix = os.path.splitext(table.name)[1].lower()
    kind: Label = getattr(table, "kind", _TEXT)
    fits = suffix in _SUFFIXES.get(kind[0], ()) if kind != _TEXT else suffix not in _NO_TEXT
    return None if fits or not suffix else problem("input_called_otherwise", path=table.name, kind=kind)


def _begun(stream: BinaryIO, name: str) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that still has them."""
    parts: list[bytes] = []
    missing = _HEAD
    try:
        place = stream.tell() if stream.seekable() else None
        while missing and (part := stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        if place is not None:
            stream.seek(place)
    except OSError as error:
        raise InputError([problem("file_unreadable", path=name, why=error.strerror or str(error))]) from None
    head = b"".join(parts)
    if place is not None:
        return head, stream
    return head, io.BufferedReader(_Rejoined(head, stream))


class _Rejoined(io.RawIOBase):
    """A pipe with what was taken from it put back."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _seekable(stream: BinaryIO, name: str) -> BinaryIO:
    """A workbook is read from its end, so one from a pipe is kept first."""
    if stream.seekable():
        return stream
    import tempfile

    kept = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 - it ends with the workbook
    while part := stream.read(1 << 20):
        kept.write(part)
        if kept.tell() > _MOST:
            raise InputError([problem("workbook_oversized", path=name, part=f"> {_MOST >> 20} MB")])
    kept.seek(0)
    return kept  # type: ignore[return-value]


def _start_of_text(head: bytes) -> str:
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return head.removeprefix(b"\xef\xbb\xbf")[:4096].decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()


def _markup(text: str) -> Label | None:
    """The kind of a text that is marked up."""
    if text.startswith("mime-version:") or (text.startswith("from:") and "multipart/related" in text):
        return "网页存档（MHTML）", "a web archive (MHTML)"
    if not text.startswith("<"):
        return None
    root = text[_PROLOGUE.match(text).end() :]  # type: ignore[union-attr]
    if _PAGE.match(root):
        return "网页（HTML）", "a web page (HTML)"
    if "office:spreadsheet" in text or "excel.sheet" in text:
        return "XML 电子表格", "an XML spreadsheet"
    if "opendocument" in text:
        return "ODS 的单一 XML 形式（.fods）", "ODS as one XML file (.fods)"
    return ("XML 文件", "an XML file") if text.startswith("<?xml") or (root[1:2].isalpha() and ">" in root) else None
