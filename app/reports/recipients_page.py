"""The register of recipients as one page for the official site: opens in any browser and fetches nothing.

Only what order 223 names is on it: no marks of what was late, no decisions that still wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.core.russian import day, day_in_words, plural
from app.records.choices import SUPPORT_FORMS
from app.reports.blocks import shown
from app.reports.recipients_paper import LAW, TITLE, period_words
from app.reports.return_annexes import register_columns, register_line
from app.returns.recipients import Entry, RecipientsRegister
from app.returns.records import Unit

NARROW = ' class="n"'
_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;padding:24px;font:16px/1.4 "PT Sans",Arial,"Liberation Sans",sans-serif;color:#1a2430;background:#fff}
main{max-width:1400px;margin:0 auto}
h1{font-size:22px;line-height:1.25;margin:8px 0}
p{margin:4px 0;color:#465464}
form{display:flex;gap:12px;align-items:center;flex-wrap:wrap;margin:16px 0}
label{color:#465464}
input{font:inherit;padding:6px 10px;border:1px solid #7a8897;border-radius:4px;min-width:280px;max-width:100%}
input:focus{outline:2px solid #1d5fa7;outline-offset:1px}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{border:1px solid #d8dfe7;padding:6px 8px;vertical-align:top;text-align:left;overflow-wrap:anywhere}
th{background:#eaeff4;position:sticky;top:0}
td.n{white-space:nowrap}
tr:nth-child(even) td{background:#f8fafc}
@media print{form{display:none}body{padding:0}th{position:static}tr{break-inside:avoid}
thead{display:table-header-group}}
"""
# The page works without the script: it only hides rows that lack the words sought.
_SCRIPT = """
(function(){
var box=document.getElementById('sought'),rows=[].slice.call(document.querySelectorAll('tbody tr')),
told=document.getElementById('told');
function fold(t){return t.toLowerCase().replace(/\\u0451/g,'\\u0435').replace(/[\\u00ab\\u00bb"']/g,'')
.replace(/\\s+/g,' ')}
var texts=rows.map(function(r){return fold(r.textContent)});
function sift(){var words=fold(box.value).trim().split(' '),n=0;
rows.forEach(function(r,i){var has=words.every(function(w){return texts[i].indexOf(w)>=0});r.hidden=!has;n+=has?1:0});
told.textContent=box.value.trim()?'Найдено: '+n:''}
document.getElementById('search').hidden=false;
box.addEventListener('input',sift);
document.getElementById('search').addEventListener('submit',function(e){e.preventDefault()});
})();
"""


def register_html(register: RecipientsRegister, unit: Unit, territory: str) -> bytes:
    """The page as UTF-8: a table of 11 columns with a search of its own; the same bytes for the same register."""
    return "".join(_page(register, unit, territory)).encode("utf-8")


def _page(register: RecipientsRegister, unit: Unit, territory: str) -> Iterator[str]:
    title = f"{TITLE}: {territory}"
    words = period_words(register).capitalize()
    count = plural(len(register.entries), "запись", "записи", "записей")
    yield f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><main>
<p>{escape(unit.administration or territory)}</p>
<h1>{escape(TITLE)}</h1>
<p>{escape(words)}: {escape(count)}. Сведения на {escape(day_in_words(register.as_of))}</p>
<p>Реестр ведётся по закону: {escape(LAW)}.</p>
<form id="search" role="search" hidden><label for="sought">Поиск по всем графам</label>
<input id="sought" type="search" autocomplete="off" placeholder="Название, ОГРН, форма поддержки">
<span id="told" role="status"></span></form>
"""
    if not register.entries:
        yield "<p>Записей за это время нет.</p>\n"
    else:
        yield from _table(register)
    if unit.executor.phone:
        yield f"<p>Справки и выписки из реестра: {escape(unit.name)}, {escape(unit.executor.phone)}</p>\n"
    yield "</main>"
    if register.entries:
        yield f"<script>{_SCRIPT}</script>"
    yield "</body></html>\n"


def _table(register: RecipientsRegister) -> Iterator[str]:
    columns = register_columns([entry.row for entry in register.entries])
    yield '<div class="wide"><table><thead><tr>'
    for number, column in enumerate(columns, 1):
        yield f'<th scope="col">{number}. {_words(column.title)}</th>'
    yield "</tr></thead><tbody>\n"
    for entry in register.entries:
        yield _row(entry)
    yield "</tbody></table></div>\n"


def _row(entry: Entry) -> str:
    row = entry.row
    cells = [shown(content) for content in register_line(row)]
    cells[7] = SUPPORT_FORMS.get(row.form, row.form)
    told = "".join(
        f"<td{NARROW if place in (0, 1, 4, 5) else ''}>{_words(text)}</td>" for place, text in enumerate(cells)
    )
    return f'<tr id="entry-{row.number}" data-entered="{day(row.entered_on)}">{told}</tr>\n'


def _words(text: str) -> str:
    return escape(text.replace("\u00ad", "")).replace("\n", "<br>")
