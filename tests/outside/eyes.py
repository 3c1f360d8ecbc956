"""What a screen reader sees of the program, asked over a pipe.

Run by the system's own Python, which has AT-SPI (python3-pyatspi): a question a line in, an answer a line
out, both JSON.  It imports nothing of the program.

    {"ask": "see", "role": "push button", "name": "Сохранить", "seconds": 10}  -> the widget, or null
    {"ask": "focused"}                                                         -> names of what has the focus
    {"ask": "tree"}                                                            -> every widget on the screen
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time

import pyatspi

PATIENCE = 0.05  # s between two looks
_never = threading.Event()


def main() -> None:
    for line in sys.stdin:
        question = json.loads(line)
        whole = {"tree": tree, "focused": focused}.get(question["ask"])
        found = whole() if whole else look(question)
        print(json.dumps(found, ensure_ascii=False), flush=True)


def look(question: dict) -> dict | None:
    """The first widget of that role and name that shows, as soon as there is one; null when the time is over."""
    end = time.monotonic() + question.get("seconds", 0)
    while True:
        for widget in tree():
            if fits(widget, question):
                return widget
        if time.monotonic() >= end:
            return None
        _never.wait(PATIENCE)


def fits(widget: dict, question: dict) -> bool:
    for key in ("role", "name"):
        if question.get(key) is not None and widget[key] != question[key]:
            return False
    if question.get("begins") is not None and not widget["name"].startswith(question["begins"]):
        return False
    if question.get("holds") is not None and question["holds"] not in f"{widget['name']} {widget['text']}":
        return False
    return all(state in widget["states"] for state in question.get("states", ()))


def focused() -> list[str]:
    """The names of the controls that have the focus; asks no more of the others than whether they show."""
    found: list[str] = []

    def walk(widget) -> None:
        try:
            widget.clear_cache_single() if hasattr(widget, "clear_cache_single") else widget.clear_cache()
            states = widget.getState()
            if states.contains(pyatspi.STATE_FOCUSED) and states.contains(pyatspi.STATE_FOCUSABLE):
                found.append((widget.name or "").replace("\u00a0", " "))
            for child in widget:
                if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
                    walk(child)
        except Exception:  # the widget went while it was looked at
            return

    for program in pyatspi.Registry.getDesktop(0):
        if program is not None and program.name == "kurator-nko":
            for window in program:
                walk(window)
    return found


def tree() -> list[dict]:
    """Every widget of the program that shows, parents before children."""
    found: list[dict] = []
    desktop = pyatspi.Registry.getDesktop(0)
    for program in desktop:
        if program is not None and program.name == "kurator-nko":
            gather(program, found, 0)
    return found


def gather(widget, found: list[dict], depth: int) -> None:
    try:
        widget.clear_cache_single() if hasattr(widget, "clear_cache_single") else widget.clear_cache()
        states = {pyatspi.stateToString(state) for state in widget.getState().getStates()}
        role = widget.getRoleName()
        if depth and "showing" not in states:
            return
        found.append(told(widget, role, states, depth))
        if role != "table":  # rows come by the thousand: the model tells of them
            for child in widget:
                if child is not None:
                    gather(child, found, depth + 1)
    except Exception:  # the widget went while it was looked at
        return


def told(widget, role: str, states: set[str], depth: int) -> dict:
    place = (0, 0, 0, 0)
    text = ""
    try:
        box = widget.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        place = (box.x, box.y, box.width, box.height)
    except NotImplementedError:
        pass
    if role in ("text", "label", "combo box", "password text"):
        with contextlib.suppress(NotImplementedError):
            text = widget.queryText().getText(0, -1)
    text = f"{text} {widget.description or ''}".strip()
    name, text = (words.replace("\u00a0", " ") for words in (widget.name or "", text))
    return {"role": role, "name": name, "text": text, "place": place, "states": sorted(states), "depth": depth}


main()
