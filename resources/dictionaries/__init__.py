"""Dictionaries as they come with the program: UTF-8 CSV, a heading row, days of validity where they matter."""
