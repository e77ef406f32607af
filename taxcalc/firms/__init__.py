"""Many firms at once: a table read, its columns computed, answers written."""
