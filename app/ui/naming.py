"""Names of widgets for those who do not see them: tests, screen readers, a person who tells of a fault.

A widget that takes keys is called by the path of attributes under which its owners hold it
(`ngo.filters.search`), so that the name is the one in the code and nobody has to invent a second one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def is_interactive(widget: QWidget) -> bool:
    """Does it take keys or the mouse as a control of its own?  The inner parts of Qt's own controls do not."""
    above = widget.parentWidget()
    if isinstance(above, QComboBox | QLineEdit):
        return False
    if isinstance(above, QAbstractScrollArea) and above.viewport() is widget:
        return False
    if isinstance(widget, _KINDS):
        return not isinstance(above, QAbstractItemView)  # the corner button of a table
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget, QAbstractScrollArea)


def interactive(root: QWidget) -> Iterator[QWidget]:
    """Every control below the root."""
    for widget in root.findChildren(QWidget):
        if is_interactive(widget):
            yield widget


def name_widgets(root: QWidget, prefix: str) -> None:
    """Give each control below the root that has no objectName the path of attributes that lead to it."""
    unnamed = [widget for widget in interactive(root) if not widget.objectName()]
    if not unnamed:
        return
    held = {widget: name for owner in (root, *root.findChildren(QWidget)) for name, widget in _attributes(owner)}
    counted: Counter[str] = Counter()
    for widget in unnamed:
        path = [held.get(widget) or type(widget).__name__]
        above = widget.parentWidget()
        while above is not None and above is not root:
            if above in held:
                path.append(held[above])
            above = above.parentWidget()
        name = ".".join((prefix, *reversed(path)))
        counted[name] += 1
        widget.setObjectName(name if counted[name] == 1 else f"{name}.{counted[name]}")


def _attributes(owner: QWidget) -> Iterator[tuple[str, QWidget]]:
    for name, value in vars(owner).items() if hasattr(owner, "__dict__") else ():
        inside = value.items() if isinstance(value, dict) else [("", value)]
        for key, widget in inside:
            if isinstance(widget, QWidget) and owner.isAncestorOf(widget):
                yield (f"{name.strip('_')}.{key}" if key else name.strip("_")), widget
