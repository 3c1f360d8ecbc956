"""The program gives its place to a newer one: closes, and tells at the next start how that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.errors import AppError

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.usecases.update_relay import Waiting
    from app.usecases.updating import Ready


class Successor:
    """One for the program.  What installs waits for its end; `go` once the window is closed."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._waiting: Waiting | None = None
        window.hand_over = self.take

    def take(self, ready: Ready) -> None:
        """Start what waits, and close the window."""
        from app.usecases.update_relay import Waiting, keep_ticket
        from app.usecases.updating import moment

        if self._waiting is not None:
            self._waiting.leave()
            self._waiting = None
        waiting = Waiting(ready.relay)
        try:
            keep_ticket(ready.found.package.version, ready.found.news, moment(), waiting.process.pid)
        except AppError:
            waiting.leave()
            raise
        self._waiting = waiting
        self._window.notify("Программа закрывается, чтобы обновиться.")
        self._window.close()

    def go(self) -> None:
        """The program ends: nothing of it runs any more when the installer begins."""
        if self._waiting is not None:
            self._waiting.go()

    def tell(self) -> None:
        """How the last update ended, once."""
        from app.usecases.update_relay import take_outcome

        outcome = take_outcome()
        if outcome is None:
            return
        from app.ui.update_dialogs import failed_dialog, news_dialog

        window = self._window
        if not outcome.done:
            window.ask(failed_dialog(outcome))
        elif outcome.news:
            window.remark(f"Программа обновлена с {outcome.before} до {outcome.after}", "Что нового", "",
                          lambda: window.ask(news_dialog(outcome)))  # fmt: skip
        else:
            window.notify(f"Программа обновлена с {outcome.before} до {outcome.after}.")
