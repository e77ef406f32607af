"""What is near, what is missing and what would be: the curve of what is to pay, read along one fact."""
