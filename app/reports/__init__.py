"""Files out: a report is a list of blocks, and writers turn blocks into PDF and XLSX.

Nothing is imported here: reportlab, openpyxl and segno are heavy and load in the action that needs them.
"""
