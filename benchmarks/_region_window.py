"""The pages of the region's window in a process of their own: `python -m benchmarks._region_window FILE TIMES`.

Prints JSON: name of the page -> seconds of processor time until it stands, the best of so many.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from app.core.clock import Clock
from app.core.collecting import spare_what_is_here
from benchmarks._region import TODAY

PAGES = {"board": "доска", "intake": "приём", "whole": "свод", "tiles": "карта", "matrix": "матрица",
         "holes": "незакрытые", "duplicates": "дублирование"}  # fmt: skip


def main() -> None:
    from app.bootstrap import Program, make_application
    from app.ui.region.pictures import pictures_of
    from app.usecases import region_whole

    path, times = Path(sys.argv[1]), int(sys.argv[2])
    app = make_application(["bench"])
    program = Program(path, Clock.fixed(TODAY), keeps_copies=False)
    window = program.window
    window.resize(1366, 768)
    window.show()
    program.start()
    told: dict[str, float] = {}

    def settle() -> None:
        while not window.desk.jobs.idle:
            app.processEvents()
            time.sleep(0.005)
        app.processEvents()

    def seconds(key: str) -> float:
        page: Any = window.open("help")
        settle()
        region_whole.forget()
        pictures = pictures_of(window.desk)
        pictures.picture = None
        pictures.forget()
        if key in window.pages:
            page = window.pages[key]
            page.shown, page._stale = None, True
        began = time.process_time()
        page = window.open(key)
        while hasattr(page, "pictures") and (page.shown is None or page.stack.currentWidget() is page.empty):
            app.processEvents()
            time.sleep(0.001)  # a window that waits does not spin: that would be counted with the reading
            assert not pictures.failed
        page.repaint()
        taken = time.process_time() - began
        for job in list(window.desk.jobs.running):
            job.cancel()
        settle()
        window.desk.jobs.wait()
        return taken

    settle()
    spare_what_is_here()
    for key, name in PAGES.items():
        seconds(key)  # what is imported and built once
        told[name] = min(seconds(key) for _ in range(times))
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
