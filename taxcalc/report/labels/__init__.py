"""The fixed words of reports, in Chinese and in English: a module for each theme."""

from taxcalc.report.labels.advice import ADVICE
from taxcalc.report.labels.answer import ANSWER
from taxcalc.report.labels.due import DUE
from taxcalc.report.labels.law import LAW
from taxcalc.report.labels.returns import RETURNS

LABELS = ANSWER | DUE | ADVICE | RETURNS | LAW
"""All of them by their keys."""
