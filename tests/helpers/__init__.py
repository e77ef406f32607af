"""What several tests use: the command, made-up businesses, batches, and hostile files."""
