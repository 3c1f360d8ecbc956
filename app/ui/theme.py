"""Colours, sizes and the Qt style of the window: one set of tokens for light, one for dark.

Fusion with a palette of its own and a little QSS (docs/adr: the look).  Widgets that paint
themselves ask `tokens()`; a switch of theme reaches them as Qt's own PaletteChange.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.stylesheet import stylesheet
from app.ui.tokens import DARK, LIGHT, Tokens


@dataclass
class _Current:
    tokens: Tokens = LIGHT


_current = _Current()


def tokens() -> Tokens:
    """The colours in force."""
    return _current.tokens


def colour(name: str) -> QColor:
    """A token as a QColor: `colour("accent")`; a `#RRGGBB` passes through."""
    return QColor(name if name.startswith("#") else getattr(_current.tokens, name))


def is_dark() -> bool:
    return _current.tokens is DARK


def apply_theme(app: QApplication, *, dark: bool) -> None:
    """Give the whole program the light or the dark theme; open windows repaint themselves."""
    _current.tokens = DARK if dark else LIGHT
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(_current.tokens))
    app.setStyleSheet(stylesheet(_current.tokens))


def _palette(t: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, value in {
        roles.Window: t.ground,
        roles.WindowText: t.text,
        roles.Base: t.surface,
        roles.AlternateBase: t.alt,
        roles.Text: t.text,
        roles.Button: t.surface,
        roles.ButtonText: t.text,
        roles.ToolTipBase: t.surface,
        roles.ToolTipText: t.text,
        roles.PlaceholderText: t.muted,
        roles.Highlight: t.accent,
        roles.HighlightedText: t.on_accent,
        roles.Link: t.accent_text,
        roles.LinkVisited: t.accent_text,
        roles.BrightText: t.err,
        roles.Accent: t.accent,
        roles.Light: t.surface,
        roles.Midlight: t.raised,
        roles.Mid: t.line,
        roles.Dark: t.field,
        roles.Shadow: t.line,
    }.items():
        palette.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.muted))
    return palette
