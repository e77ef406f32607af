"""File names made of what came from the input: they lead nowhere else, and no two are one on any disk."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60
"""Signs of a name, its number among others of the same name not counted; no more than 180 bytes."""
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", re.IGNORECASE)
"""Names that Windows keeps for itself."""


class FileNames:
    """Gives names that were not given before. `taken` are those of other files, without their endings."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def unused(self, text: str, after: str) -> str:
        """A name, without an ending, that says as much of a text as a file name may, and what stands `after` it."""
        name = f"{safe(text)}-{after}"
        number, given = 1, name
        while given.casefold() in self._taken:
            number += 1
            given = f"{name}-{number}"
        self._taken.add(given.casefold())
        return given


def safe(text: str) -> str:
    """Letters, digits and a few signs of a text; any others become lines, and it neither begins nor ends with one."""
    signs = (sign if sign.isalnum() or sign in "-（）·" else "_" for sign in unicodedata.normalize("NFC", text))
    name = re.sub("[_-]*_[_-]*", "_", "".join(signs)).strip("_-")[:_LONGEST]
    name = name.encode()[: 3 * _LONGEST].decode(errors="ignore").rstrip("_-")
    return f"{name}_" if not name or _RESERVED.fullmatch(name) else name
