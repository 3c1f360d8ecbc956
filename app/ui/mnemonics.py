"""Alt with a letter of its word presses a button: in forms and dialogs, under both layouts.

Letters are given out in the order of the buttons; figures stay free, Alt+1…8 are sections of the return.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from app.ui.widgets import Button, shortcut, to_latin


def give_mnemonics(owner: QWidget, buttons: Iterable[Button], taken: Iterable[str] = ()) -> set[str]:
    """Underline a letter of each button, and let Alt with it press the button while the focus is in the owner.

    taken: letters that are given already.  Returns all that are given now.
    """
    given = {letter.lower() for letter in taken}
    for button in buttons:
        letter = free_letter(button.word, given)
        if letter:
            give_mnemonic(owner, button, letter)
    return given


def free_letter(word: str, taken: set[str]) -> str:
    """The first letter of a word that is not taken, which it is from now on; '' for none.

    A key is taken under both layouts: the E of «Excel» is the key of «у».
    """
    keys = {to_latin(letter) for letter in taken}
    letter = next((char for char in word if _fits(char) and to_latin(char) not in keys), "")
    if letter:
        taken.add(letter.lower())
    return letter


def _fits(char: str) -> bool:
    """Letters on keys of punctuation are left out: they would be other keys under the other layout."""
    return char.isalpha() and to_latin(char).isascii() and to_latin(char).isalpha()


def give_mnemonic(owner: QWidget, button: Button, letter: str) -> None:
    """Alt+letter presses the button wherever the focus is in the owner; hidden and disabled ones are left alone."""
    button.underline(letter)

    def press() -> None:
        if button.isVisible() and button.isEnabled():
            button.click()

    shortcut(owner, f"Alt+{to_latin(letter)}", press)
