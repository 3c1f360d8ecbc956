# Куратор НКО. `make help` lists what there is; every target may be run again.
# All paths are relative: the folder may have spaces and Cyrillic in its name.

PY := .venv/bin/python
READY := .venv/.ready
OFFSCREEN := QT_QPA_PLATFORM=offscreen
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo demo-region run test test-long check pictures bench lock installer-linux installer-linux-old installer-windows wheels test-installer test-installer-windows clean

help: ## этот список
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name what; do printf '%-18s %s\n' "$$name" "$$what"; done

$(READY): requirements/dev.txt pyproject.toml installer/environment.sh installer/system-packages.sh
	@PYTHON='$(PYTHON)' sh installer/environment.sh
	@sh installer/system-packages.sh
	@touch $@

demo: $(READY) ## демонстрационный район и его отчёт в out/, окно (если есть экран)
	@mkdir -p out
	@$(PY) -m app demo --out out/demo
	@cp out/demo/НКО-47-кв_*.pdf out/demo/НКО-47-кв_*.xlsx out/
	@echo "Отчёт за последний полный квартал:"
	@ls out/НКО-47-кв_* | sed 's/^/  /'
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		sh installer/system-packages.sh; \
		echo "Открывается окно: out/demo/demo.db"; \
		$(PY) -m app --db out/demo/demo.db; \
	else \
		echo "Экрана нет, окно не открыто. Позже: make run, или $(PY) -m app --db out/demo/demo.db"; \
	fi

demo-region: $(READY) ## выдуманная область в out/region: что прислали районы, и файл области
	@mkdir -p out
	@$(PY) -m app demo --region --out out/region
	@test -f out/region.db || $(PY) -m app --db out/region.db init --region
	@$(PY) -m app --db out/region.db intake out/region/in || [ $$? -eq 1 ]
	@$(PY) -m app --db out/region.db plans --take out/region/plans.xlsx
	@$(PY) -m app --db out/region.db consolidate 2026-Q3 --out out || [ $$? -eq 1 ]
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		sh installer/system-packages.sh; \
		$(PY) -m app --db out/region.db; \
	else \
		echo "Экрана нет, окно не открыто. Позже: $(PY) -m app --db out/region.db"; \
	fi

run: $(READY) ## окно программы
	@$(PY) -m app

check: $(READY) ## стиль, типы, правила импорта
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache --no-logo

test: check ## все проверки (около 14 минут на двух ядрах)
	@sh installer/system-packages.sh desktop
	$(OFFSCREEN) $(PY) -m pytest -n $(JOBS) --dist worksteal -q

test-long: check ## все проверки, длинные прогоны целиком
	$(OFFSCREEN) KURATOR_LONG=1 $(PY) -m pytest -n $(JOBS) --dist worksteal -q --timeout 7200

pictures: $(READY) ## снимки страниц 1366×768 в docs/pictures/
	$(OFFSCREEN) $(PY) docs/pictures.py

bench: $(READY) ## замеры рядом с другими библиотеками: таблица и out/bench.json
	@mkdir -p out
	$(OFFSCREEN) $(PY) -m benchmarks --out out/bench.json

installer-linux: ## для рабочих мест без Python: .deb, .rpm и папка .tar.xz в out/installer/
	@PYTHON='$(PYTHON)' sh installer/linux.sh

installer-linux-old: ## то же для систем с glibc 2.28 (Astra 1.7, РЕД ОС 7.3, ALT p10) и новее; так собирается выпуск
	@PYTHON='$(PYTHON)' MIRROR='$(MIRROR)' sh installer/old-linux.sh

installer-windows: ## то же для Windows: установка setup.exe и папка .zip (PYTHON_EMBED=архив CPython)
	@PYTHON='$(PYTHON)' PYTHON_EMBED='$(PYTHON_EMBED)' sh installer/windows.sh

wheels: ## wheels/ для pip без сети, и проверка, что программа из неё ставится
	@PYTHON='$(PYTHON)' sh installer/wheels.sh

test-installer: ## установленная программа без Python и без сети (после make installer-linux)
	@sh installer/system-packages.sh installer
	@sh installer/system-packages.sh desktop
	@$(PY) installer/smoke.py out/installer
	@$(PY) installer/smoke_update.py out/installer
	@if [ "$$(id -u)" = 0 ] && command -v debootstrap >/dev/null; then $(PY) installer/chroot.py out/installer; \
	else echo "Пакет .deb не пробовали: нужны root и debootstrap"; fi
	@if [ "$$(id -u)" = 0 ] && command -v debootstrap >/dev/null && command -v rpm >/dev/null; then \
		$(PY) installer/rpm_root.py out/installer; \
	else echo "Пакет .rpm не пробовали: нужны root, debootstrap и rpm"; fi

	@$(MAKE) --no-print-directory test-installer-windows

test-installer-windows: ## программа для Windows под wine (после make installer-windows)
	@if ! ls out/installer/*-setup.exe >/dev/null 2>&1; then echo "Программу для Windows не пробовали: сначала make installer-windows"; \
	elif sh installer/system-packages.sh wine; then for part in wine wine_update wine_places; do \
		$(PY) installer/$$part.py out/installer || exit 1; done; fi

lock: ## записать requirements/*.txt заново (нужен uv)
	sh installer/lock.sh

clean: ## убрать out/ и всё, что создано проверками (окружение .venv остаётся)
	rm -rf out build wheels *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find app resources tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
