"""Many businesses at once: a table of facts in, the same table with its savings out."""
