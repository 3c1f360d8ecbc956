"""Cells of the return as a person and as a workbook call them."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.text import NBSP
from app.returns.cell_names import cell_name
from app.returns.form import FORMS, Form

__all__ = ["cell_name", "cell_words"]

ROW_COLUMNS = {"quarter": 5, "year": 6, "plan": 7, "percent": 8, "before": 9, "note": 10}
HEAD = {
    "head.correction": "титул, вид документа",
    "head.date": "титул, дата",
    "head.executor": "подписи, исполнитель",
    "head.oktmo": "титул, ОКТМО",
    "head.signer": "подписи, уполномоченное лицо",
}
PERIODS = {"quarter": "за квартал", "year": "с начала года"}


def cell_words(cell: str, form: Form | None = None, titles: Mapping[str, str] | None = None) -> str:
    """`211.3.quarter` -> «211.3, графа 5»; `4.legal.end.year` -> «табл. 4, Юридическая, Открыто на конец».

    titles: names of need categories by code and of centres by key.  What is no cell stays as it is.
    """
    known = titles or {}
    form = form or next(reversed(FORMS.values()))
    if cell in HEAD:
        return HEAD[cell]
    head, _, rest = cell.partition(".")
    if head == "1а":
        return f"табл.{NBSP}1а, {rest}"
    if head in ("3", "4") and rest:
        columns = form.service_columns if head == "3" else form.need_columns
        heads = {column.key: column.title.replace("\u00ad", "") for column in columns}
        words = [known.get(part, heads.get(part, PERIODS.get(part, part))) for part in rest.split(".")]
        return ", ".join([f"табл.{NBSP}{head}", *words])
    row, _, column = cell.rpartition(".")
    if column in ROW_COLUMNS:
        row = next((spec.code for spec in form.rows if spec.measure == row), row)
        return f"{row}, графа{NBSP}{ROW_COLUMNS[column]}"
    return cell
