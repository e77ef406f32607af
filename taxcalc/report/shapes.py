"""What the JSON of every command has in common: its schema comes first, labels are in both languages, an open end is null."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from taxcalc.base.period import OPEN
from taxcalc.base.problem import json_escaped
from taxcalc.base.units import Label

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""A value of JSON; amounts and numbers that are not whole are strings."""


def dumped(schema: str, content: Mapping[str, Json], *, flat: bool = False) -> str:
    """The document as text, ending in a newline. `schema` names its file: taxcalc/law/1 is taxcalc/schema/law.schema.json.

    Where `flat`, it is one line among others."""
    document = {"schema": f"taxcalc/{schema}", **content}
    return json_escaped(json.dumps(document, ensure_ascii=False, indent=None if flat else 2)) + "\n"


def both(label: Label) -> dict[str, str]:
    """A label in both languages."""
    return {"zh": label[0], "en": label[1]}


def until_of(day: date) -> str | None:
    """The last day; null where the end is open."""
    return None if day == OPEN else day.isoformat()
