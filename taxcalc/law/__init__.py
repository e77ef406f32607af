"""The law as dated, cited figures: the folder of tables, their strict reading, the book of versions, its check."""
