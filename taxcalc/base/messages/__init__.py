"""Every sentence that the program says to people, in Chinese and in English, side by side.

A message names the value, what was expected, and what to do. Both languages are one entry, so neither can
be missing. A module holds the sentences of one theme.
"""

from taxcalc.base.messages.batches import BATCHES
from taxcalc.base.messages.checks import CHECKS
from taxcalc.base.messages.columns import COLUMNS
from taxcalc.base.messages.files import FILES
from taxcalc.base.messages.law import LAW
from taxcalc.base.messages.rows import ROWS
from taxcalc.base.messages.settings import SETTINGS
from taxcalc.base.messages.sources import SOURCES
from taxcalc.base.messages.statements import STATEMENTS
from taxcalc.base.messages.supposed import SUPPOSED
from taxcalc.base.messages.values import VALUES

MESSAGES = {
    **VALUES,
    **STATEMENTS,
    **SUPPOSED,
    **FILES,
    **CHECKS,
    **COLUMNS,
    **SOURCES,
    **BATCHES,
    **SETTINGS,
    **ROWS,
    **LAW,
}
"""All of them, in the order of docs/errors.md."""
