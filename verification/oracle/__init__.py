"""A second calculator, written from the law alone, to check the first one against.

It shares no line, no table and no helper with `taxcalc`: whole fen, ifs and elses. Start at `outcome.assess`.
Where the law leaves a choice, the choice is told in the docstring of the function that makes it.
"""

from .outcome import Outcome, assess

__all__ = ["Outcome", "assess"]
