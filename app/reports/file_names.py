"""What the files of a return are called."""

from __future__ import annotations

from app.core.periods import Quarter

FORM_NAME = "НКО-47-кв"


def return_file_name(oktmo: str, quarter: Quarter, correction: int, ext: str) -> str:
    """`НКО-47-кв_41612000_2026-Q3_0.pdf`; ext without a dot."""
    return f"{FORM_NAME}_{oktmo}_{quarter}_{correction}.{ext}"


def whole_file_name(oktmo: str, quarter: Quarter, correction: int) -> str:
    """`НКО-47-кв_41612000_2026-Q3_0_с_приложениями.pdf`: the return with annexes Д and Е, printed on request."""
    return f"{FORM_NAME}_{oktmo}_{quarter}_{correction}_с_приложениями.pdf"


def protocol_file_name(oktmo: str, quarter: Quarter, correction: int) -> str:
    """`НКО-47-кв_41612000_2026-Q3_0_протокол.pdf`: in place of a return that errors block."""
    return f"{FORM_NAME}_{oktmo}_{quarter}_{correction}_протокол.pdf"
