"""The house stands: rooms import from rooms below them alone, and no module leads back to itself."""

from __future__ import annotations

from pathlib import Path

import taxcalc
from verification.house import between_rooms, circles, imports, room

BELOW = [
    "base",
    "facts",
    "law",
    "graph",
    "rules engines",
    "assessment",
    "advice",
    "returns",
    "report",
    "firms",
    "(face)",
    "cli",
    "__main__",
]
"""The rooms from the ground up. Two on one floor do not know each other; the face is what `import taxcalc` gives."""
FLOOR = {name: number for number, names in enumerate(BELOW) for name in names.split()}
UNSEEN = {"report": {"graph", "rules", "engines"}}
"""What a room must not import from although it is below: a report sees results, not how they came about."""


def _name(room: str) -> str:
    return room.partition(".")[2] or "(face)"


def test_every_room_has_a_floor() -> None:
    assert {_name(room(module)) for module in imports()} == FLOOR.keys()


def test_rooms_import_from_below_alone() -> None:
    found = {(_name(a), _name(b)) for a, others in between_rooms(imports()).items() for b in others}
    wrong = {(a, b) for a, b in found if FLOOR[b] >= FLOOR[a] or b in UNSEEN.get(a, ())}
    assert wrong == set(), "imports from a room above, or from one that it must not see"


def test_no_module_leads_back_to_itself() -> None:
    assert circles(imports()) == []


def test_late_and_relative_imports_count(tmp_path: Path) -> None:
    for name, text in {
        "": "",
        "a/": "",
        "b/": "",
        "a/x": "from ..b import y",
        "b/y": "def f():\n import taxcalc.a.x",
    }.items():
        path = tmp_path / "taxcalc" / (f"{name}.py" if name[-1:].isalpha() else f"{name}__init__.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert circles(imports(tmp_path)) == [["taxcalc.a.x", "taxcalc.b.y"]]


def test_private_parts_of_typer_stand_in_one_file() -> None:
    package = Path(taxcalc.__file__).parent
    assert {file.name for file in package.rglob("*.py") if "typer._" in file.read_text("utf-8")} == {"parser.py"}
