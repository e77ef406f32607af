"""A table of firms comes in: kinds of file, the heading, careful and fast readers, cells."""
