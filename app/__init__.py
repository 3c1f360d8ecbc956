"""Куратор НКО: records of non-profit organisations of a district and the quarterly return."""

__version__ = "0.1.0"
