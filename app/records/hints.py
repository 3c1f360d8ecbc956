"""Hints that stand under fields of several registers."""

NO_PRIVATE = "Личные телефоны, даты рождения и паспортные данные сюда не пишут."
"""Under notes: they go out in tables and are no place for personal data (152-ФЗ)."""
