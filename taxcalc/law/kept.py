"""The compiled form on disk: JSON under a checksum, and nothing of it is believed that was not checked.

The checksum finds what was changed or cut off since it was written, figures above all; the shape finds what
another edition of the program wrote.
"""

import functools
import json
from collections.abc import Callable, Iterable
from importlib.util import source_hash
from types import UnionType
from typing import Literal, TypeAlias, TypeGuard, Union, get_args, get_origin, is_typeddict

from taxcalc.law.schema import Content

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Check: TypeAlias = Callable[[Json], bool]
_CHECKSUM = 8
"""Bytes."""


def written(content: Content) -> bytes:
    """What is kept of the content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return source_hash(text) + text


def read(kept: bytes) -> Content | None:
    """The content that is kept; None where it is not what was written."""
    text = kept[_CHECKSUM:]
    if source_hash(text) != kept[:_CHECKSUM]:
        return None
    found: Json = json.loads(text)
    return found if _is_content(found) else None


def _is_content(found: Json) -> TypeGuard[Content]:
    return _check_of(Content)(found)


@functools.cache
def _check_of(hint: type) -> Check:
    """Is a value of this form? Made once for each form, as there are thousands of values."""
    origin, parts = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        return _check_of_typed_dict(hint)
    if origin is dict:
        of_values = _check_of_each(parts[1])
        return lambda value: isinstance(value, dict) and of_values(value.values())
    if origin is list:
        of_items = _check_of_each(parts[0])
        return lambda value: isinstance(value, list) and of_items(value)
    if origin is Literal:
        return lambda value: isinstance(value, str) and value in parts
    if origin in (Union, UnionType):
        plain = {part for part in parts if get_origin(part) is None}
        checks = [_check_of(part) for part in parts if part not in plain]
        return lambda value: type(value) in plain or any(check(value) for check in checks)
    return lambda value: type(value) is hint


def _check_of_each(hint: type) -> Callable[[Iterable[Json]], bool]:
    """The same of many values: of plain ones, only their types are looked at."""
    if hint in (str, int, bool) or get_args(hint) == (str, int):
        plain = set(get_args(hint) or (hint,))
        return lambda values: plain.issuperset(map(type, values))
    check = _check_of(hint)
    return lambda values: all(map(check, values))


def _check_of_typed_dict(hint: type) -> Check:
    checks = {key: _check_of(part) for key, part in hint.__annotations__.items()}
    needed: frozenset[str] = vars(hint)["__required_keys__"]

    def check(value: Json) -> bool:
        return (
            isinstance(value, dict)
            and needed <= value.keys() <= checks.keys()
            and all(checks[key](item) for key, item in value.items())
        )

    return check
