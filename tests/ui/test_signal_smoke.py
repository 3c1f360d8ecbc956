"""Signals that carry None, True and False: a PySide6 that loses references to them aborts."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

class Sender(QObject):
    anything = Signal(object)
    yes_or_no = Signal(bool)

class Receiver(QObject):
    def __init__(self):
        super().__init__()
        self.seen = []

    @Slot(object)
    def take(self, value):
        self.seen.append(value)

app = QCoreApplication([])
sender, receiver = Sender(), Receiver()
sender.anything.connect(receiver.take)
sender.anything.connect(lambda value: receiver.seen.append(value))
sender.yes_or_no.connect(lambda value: receiver.seen.append(value))
for number in range(1000):
    value = (None, True, False)[number % 3]
    sender.anything.emit(value)
    sender.yes_or_no.emit(bool(value))
assert len(receiver.seen) == 3000, len(receiver.seen)
print("emitted")
"""


def test_a_thousand_signals_leave_the_process_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "emitted"), done.stderr
