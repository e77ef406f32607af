"""Files of the user that are read whole: neither one without an end nor one that takes its reader for ever."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

MOST = 4 << 20
"""Bytes: ten times what all shipped tables take."""
_POINTS = 64
"""Points in a key of TOML: one of many parts takes time and memory that grow as the square of them."""
_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![\w-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_POINTS},}}")


def read_whole(path: Path) -> bytes:
    """The bytes of a file. Raises OSError where it cannot be read, or is too long."""
    with path.open("rb") as file:
        content = file.read(MOST + 1)
    if len(content) > MOST:
        raise OSError(errno.EFBIG, f"{path.name}: more than {MOST >> 20} MB")
    return content


def read_toml(text: str, number: Callable[[str], Any]) -> dict[str, Any]:
    """A document of TOML, `number` taking what is written with a point. Raises ValueError where it is none."""
    import tomllib

    if any(
        _LONG_KEY.search(line)
        for line in text.splitlines()
        if line.count(".") >= _POINTS and not line.lstrip().startswith("#")
    ):
        raise ValueError(f"a key of more than {_POINTS} points")
    try:
        return tomllib.loads(text, parse_float=number)
    except RecursionError as error:
        raise ValueError(str(error)) from None
