"""Data that the program reads: icons, dictionaries, the demo set."""
