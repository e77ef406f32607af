"""The version of the program: an answer names it."""

__version__ = "0.1.0"
