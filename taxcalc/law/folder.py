"""The tables as data: read once, checked strictly, and kept compiled.

`tables/*.toml` is the only source. Parsing TOML takes longer than all the rest of a run, so the checked
result is kept as JSON beside the tables, in `__pycache__` and under the hash of its source like Python's
own compiled modules: edited tables, and an edited reader, are simply another hash.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

from taxcalc.base.bounded import read_whole
from taxcalc.base.kept import keep, own_folder, read_kept
from taxcalc.law.schema import Compiled, Content
from taxcalc.law.strict import TableError

FORMAT = b"3\0"
"""Part of the hash that results name the law by: raise it when the same text comes to mean something else."""


def shipped_tables() -> Path:
    """Where the tables of this installation are: inside the package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "tables"
    return inside if inside.is_dir() else package.parent / "tables"


def load_tables(folder: Path | None = None, more: Iterable[Path] = (), *, anew: bool = False) -> Content:
    """The checked content of a folder of tables, and the `sha256` of its text; `more` folders add to it, each to
    what those before it say. Where `anew`, of the text itself, whatever is kept. Raises TableError."""
    folder = folder or shipped_tables()
    texts = _read(folder)
    whole = _whole(texts)
    content = _compiled(texts, whole) if anew else _kept_or_compiled(folder, texts, whole)
    for one in more:
        texts = _read(one)
        whole += _whole(texts)
        content = _compiled(texts, whole, content)
    return content


def _whole(texts: dict[str, bytes]) -> bytes:
    return FORMAT + b"\0".join(name.encode() + b"\0" + text for name, text in texts.items())


def _compiled(texts: dict[str, bytes], whole: bytes, base: Compiled | None = None) -> Content:
    from taxcalc.law.compile import compile_tables

    return {**compile_tables(texts, base), "sha256": hashlib.sha256(whole).hexdigest()}


def _kept_or_compiled(folder: Path, texts: dict[str, bytes], whole: bytes) -> Content:
    """From the compiled form, if it is there; else made, and kept where the tables are the user's."""
    source = hashlib.sha256(_reader() + whole).digest()
    place = folder / "__pycache__" / f"tables-{source.hex()}.json"
    if (kept := read_kept(place, source)) is not None:
        with contextlib.suppress(ValueError):
            found: Content = json.loads(kept)
            return {**found, "sha256": hashlib.sha256(whole).hexdigest()}
    content = _compiled(texts, whole)
    if not sys.dont_write_bytecode and own_folder(folder):
        keep(place, source, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
    return content


def _reader() -> bytes:
    """The text of the modules that make the compiled form: another edition of the program reads nothing of this one."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))


def _text(path: Path) -> bytes:
    """The text of a table. Raises OSError where it is a pipe or a device, which may have no end, or too long."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, f"{path.name}: not a regular file")
    return read_whole(path)


def _read(folder: Path) -> dict[str, bytes]:
    try:
        texts = {path.name: _text(path) for path in sorted(folder.glob("*.toml"))}
    except OSError as error:
        raise TableError("tables_unreadable", path=str(folder), why=error.strerror or str(error)) from None
    if not texts:
        raise TableError("tables_missing", path=str(folder))
    return texts
