"""The little QSS there is: fields, buttons, cards.  Tables, rail and charts paint themselves."""

from __future__ import annotations

from string import Template

from app.ui.tokens import Tokens

# Focus makes a border of 2 px out of 1: padding gives the pixel back, or the text would jump.
# `[kind]` after `:focus` has equal weight, so that each kind names its own focus.
_QSS = Template("""
QWidget { color: $text; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 4px 8px; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[separator="true"] { background: $line; border: 0; }
QFrame#actionBar { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame#dialogCard { background: $surface; border: 1px solid $line; border-radius: 6px; }
QWidget#statusLine { background: $raised; }
QWidget#verdict[tone="err"] { background: $err_soft; }
QWidget#verdict[tone="warn"] { background: $warn_soft; }
QWidget#verdict[tone="accent"] { background: $soft; }
QWidget#verdict[tone="ok"] { background: $ok_soft; }
QWidget#copyBanner { background: $warn_soft; border-bottom: 1px solid $warn_line; }
QWidget#band { background: $raised; }

QLabel[tone="text2"] { color: $text2; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="err"] { color: $err; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="accent"] { color: $accent_text; }

QLineEdit, QPlainTextEdit { background: $surface; border: 1px solid $field; border-radius: 4px; padding: 1px 10px;
  placeholder-text-color: $muted; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: 28px; max-height: 28px; }
QPlainTextEdit { padding: 4px 6px; }
QLineEdit:focus { border: 2px solid $accent; padding: 0px 9px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $raised; border-color: $line;
  color: $text2; }
QLineEdit:read-only { background: $raised; border-color: $line; color: $text2; }
QLineEdit[tone="err"] { border: 2px solid $err_line; padding: 0px 9px; }
QLineEdit[tone="err"]:focus { border: 2px solid $err_line; }
QLineEdit[tone="warn"] { border: 2px solid $warn_line; padding: 0px 9px; }
QLineEdit[tone="warn"]:focus { border: 2px solid $warn_line; }
QPlainTextEdit[tone="err"] { border: 2px solid $err_line; padding: 3px 5px; }
QLineEdit[bare="true"] { border: 0; background: transparent; padding: 0; }
QLineEdit[bare="true"]:focus { border: 0; padding: 0; }

QPushButton { background: $surface; border: 1px solid $field; border-radius: 4px; padding: 1px 12px;
  min-height: 28px; max-height: 28px; }
QPushButton:hover { background: $raised; }
QPushButton:focus { border: 2px solid $accent; padding: 0px 11px; }
QPushButton:disabled { background: $raised; border-color: $line; color: $muted; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: bold; }
QPushButton[kind="primary"]:hover { background: $hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; border-color: $line; color: $muted; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent_text;
  padding: 1px 8px; }
QWidget#statusLine QPushButton { min-height: 22px; max-height: 22px; padding: 0 6px; }
QWidget#statusLine QPushButton:focus { padding: 0 5px; }
QPushButton[kind="link"][tone="warn"] { color: $warn; }
QPushButton[kind="link"]:hover { background: $soft; }
QPushButton[kind="link"]:focus { border: 2px solid $accent; padding: 0px 7px; }
QPushButton[kind="pill"] { border: 1px solid $line; border-radius: 14px; min-height: 24px; max-height: 24px;
  padding: 1px 13px; }
QPushButton[kind="pill"]:focus { border: 2px solid $accent; padding: 0px 12px; }
QPushButton[kind="pill-on"] { border: 1px solid $accent; border-radius: 14px; min-height: 24px; max-height: 24px;
  background: $soft; color: $accent_text; padding: 1px 13px; }
QPushButton[kind="pill-on"]:focus { border: 2px solid $accent; padding: 0px 12px; }
QPushButton[kind="tab"] { background: transparent; border: 0; border-bottom: 3px solid transparent; border-radius: 0;
  padding: 0 6px; min-height: 32px; max-height: 32px; color: $text2; }
QPushButton[kind="tab"]:checked { border-bottom: 3px solid $accent; color: $text; font-weight: bold; }
QPushButton[kind="tab"]:hover { background: $raised; }
QPushButton[kind="tab"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0 4px 3px 4px;
  min-height: 28px; max-height: 28px; }
QPushButton[kind="bare"] { background: transparent; border: 0; padding: 0; min-width: 28px; max-width: 28px; }
QPushButton[kind="bare"]:hover { background: $raised; }
QPushButton[kind="bare"]:focus { border: 2px solid $accent; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[clear="true"] { background: transparent; }
QAbstractScrollArea { outline: 0; }
QTableView, QListView, QTreeView { background: $surface; border: 0; outline: 0; }
QListView[boxed="true"] { border: 1px solid $field; border-radius: 4px; padding: 2px; }
QListView[boxed="true"]:focus { border: 2px solid $accent; padding: 1px; }
QListView[boxed="true"][tone="err"] { border: 2px solid $err_line; padding: 1px; }
QListWidget::item { min-height: 28px; }
QListWidget::item:selected { background: $select; color: $text; }
QListWidget::item:disabled { color: $text2; background: $raised; }
QListView#popup { border: 1px solid $field; border-radius: 4px; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $select; color: $text; }
QMenu::item:disabled { color: $muted; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $field; border-radius: 3px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; border: 0;
  width: 0; height: 0; }
QProgressBar { background: $raised; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The QSS with the colours of a theme."""
    return _QSS.substitute({name: getattr(tokens, name) for name in tokens.__slots__ if name != "ramp"})
