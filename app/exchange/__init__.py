"""Files in: lists of any shape."""
