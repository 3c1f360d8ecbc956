"""Opening balances of the story: what the unit knew of the year before it had the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from app.usecases.demo.actions import Save, SetOpening
from app.usecases.demo.plot import Plot
from app.usecases.demo.plot_services import CATEGORY, HOURLY, ask
from app.usecases.demo.plot_support import WEIGHTS

FORM_ROWS = {
    "20200": "111", "20202": "111", "20210": "111", "20211": "111", "21100": "115", "71400": "113", "71500": "114",
    "70400": "112", "70401": "112", "70403": "112", "70404": "112",
}  # fmt: skip
MARK_ROWS = {"sonko": "102", "iopu": "103", "federal_register": "104", "social_provider": "105"}
STATUS_ROWS = {"active": "107", "inactive": "108", "liquidating": "108", "unverified": "119"}

Figures = dict[str, Decimal]
Keys = dict[str, tuple[str, ...]]


def open_with_needs(plot: Plot) -> None:
    """Needs that were open when the records began."""
    for _ in range(plot.shape.needs // 2):
        day = plot.start - timedelta(days=plot.random.randint(5, 70))
        ask(plot, plot.random.choice(plot.here(plot.start)), day, before=True)


def balance(plot: Plot) -> None:
    """The opening balances that fit the records «до начала учёта»; called before any quarter is lived."""
    quarter = plot.shape.opening
    if quarter is None:
        return
    none_yet = ("601", "602", "603", "604", "305", "508")
    figures: Figures = {f"{code}.year": Decimal(0) for code in none_yet}
    lent = (support.values["area"] for support in _saves(plot, "support") if support.values["before_records"])
    figures["212.5.year"] = sum(lent, Decimal(0))
    keys: Keys = {}
    stocks = _stocks(plot)
    figures |= {f"{code}.year": Decimal(count) for code, count in stocks.items()}
    _tell_needs(plot, figures, keys)
    if quarter.number < 4:
        _tell_sector_and_business(plot, quarter.number, figures)
        _tell_support(plot, quarter.number, figures, keys)
        _tell_services(plot, quarter.number, figures, keys)
    plot.add(SetOpening(plot.start, quarter, figures, keys))


def _saves(plot: Plot, register: str) -> Iterator[Save]:
    return (a for a in plot.planned() if isinstance(a, Save) and a.register == register)


def _stocks(plot: Plot) -> Counter[str]:
    """Rows 101–119 and 501 as the records «до начала учёта» give them on the last day."""
    assert plot.shape.opening is not None
    day = plot.shape.opening.last_day
    count: Counter[str] = Counter(dict.fromkeys([*map(str, range(101, 109)), *map(str, range(111, 120)), "501"], 0))
    for ngo in _saves(plot, "ngo"):
        count["101"] += 1
        count["106" if ngo.values["kind"] == "body" else FORM_ROWS.get(ngo.values["okopf"], "116")] += 1
        count[STATUS_ROWS[ngo.lines["ngo_status"][0]["status"]]] += 1
        for mark in ngo.lines.get("ngo_mark", ()):
            if mark.get("valid_to") is None or mark["valid_to"] >= day:
                count[MARK_ROWS[mark["mark"]]] += 1
        for year in ngo.lines.get("ngo_year", ()):
            count["117"] += year["staff"]
            count["118"] += year["volunteers"]
    count["501"] = sum(1 for agreement in _saves(plot, "agreement") if agreement.values["before_records"])
    return count


def _tell_sector_and_business(plot: Plot, quarters: int, figures: Figures) -> None:
    told = {
        "109": quarters * max(1, plot.shape.ngos // 36), "110": quarters // 2,
        "502": quarters * max(1, plot.shape.agreements // 6), "510": 0, "509": quarters, "706": quarters,
        "505.1": plot.shape.agreements * quarters * 9000, "505.2": plot.shape.agreements * quarters * 9000,
        "506": plot.shape.agreements * quarters, "507": plot.shape.agreements * quarters * 2,
    }  # fmt: skip
    figures |= {f"{code}.year": Decimal(value) for code, value in told.items()}


def _tell_support(plot: Plot, quarters: int, figures: Figures, keys: Keys) -> None:
    """Rows 203–233 at the pace of the quarters that follow."""
    total = sum(WEIGHTS.values())
    decided = {
        form: quarters * max(1, round(plot.shape.decisions * weight / total)) for form, weight in WEIGHTS.items()
    }
    everyone: dict[str, None] = {}
    legal = [a for a in plot.legal_here(plot.start) if a.counted_as == a.name]
    for form, count in decided.items():
        taken = plot.random.sample(legal, min(len(legal), max(1, count * 2 // 3)))
        keys[f"{form}.1.year"] = tuple(a.name for a in taken)
        everyone |= dict.fromkeys(keys[f"{form}.1.year"])
    keys["210.year"] = tuple(everyone)
    money = decided["211"] * 165_000
    spent = plot.shape.decisions * 900 * 18 * quarters
    events = quarters * max(1, plot.shape.decisions // 26)
    told = {
        "211.2": decided["211"], "211.3": money, "211.4": money * 7 // 10, "211.5": money * 3 // 10, "211.6": 0,
        "211.7": 0, "212.2": decided["212"], "212.3": decided["212"], "212.4": decided["212"] * 40,
        "212.6": decided["212"] * 36_000, "213.2": decided["213"] * 2, "214.2": decided["214"],
        "214.3": decided["214"], "215.2": events, "215.3": decided["215"], "215.4": decided["215"] * 2,
        "215.5": events * 5, "216.2": decided["216"] * 40_000, "217.2": decided["217"],
        "217.3": decided["217"] * 75_000, "218.2": decided["218"], "220.1": 0, "220.2": 0, "220.3": 0, "221": 0,
        "222": 0, "223": 0, "230": 1, "231": 15_000, "232": decided["211"] + decided["212"] + decided["213"],
        "233": decided["211"] + decided["212"], "203": spent + spent * 3 // 10, "204": spent, "205": spent * 3 // 10,
        "206": 0, "207": 0,
    }  # fmt: skip
    figures |= {f"{code}.year": Decimal(value) for code, value in told.items()}


def _tell_services(plot: Plot, quarters: int, figures: Figures, keys: Keys) -> None:
    """Table 3 and rows 301–304: each centre and code at an even pace."""
    lines = [(centre, code) for centre, codes in plot.centres for code in codes]
    records = max(1, plot.shape.services * quarters // len(lines))
    everyone: dict[str, None] = {}
    actors = [a for a in plot.here(plot.start) if a.counted_as == a.name]
    for centre, code in lines:
        served = plot.random.sample(actors, min(len(actors), max(1, records * 2 // 3)))
        told = {
            "records": records, "cases": records, "volume": records, "hours": records if code in HOURLY else 0,
            "people": records * 2, "evidenced": records, "unevidenced": 0,
        }  # fmt: skip
        figures |= {f"3.{centre}.{code}.{column}.year": Decimal(value) for column, value in told.items()}
        keys[f"3.{centre}.{code}.ngos.year"] = tuple(a.name for a in served)
        everyone |= dict.fromkeys(a.name for a in served)
    keys["302.year"] = tuple(everyone)
    keys["303.year"] = tuple(centre for centre, _ in plot.centres)
    figures |= {"301.year": Decimal(records * len(lines)), "304.year": Decimal(0)}


def _tell_needs(plot: Plot, figures: Figures, keys: Keys) -> None:
    """Table 4: what was open at the start of the year, found, closed, and is open now."""
    assert plot.shape.opening is not None
    opened: dict[str, list[Save]] = {category: [] for category in dict.fromkeys(CATEGORY.values())}
    for need in _saves(plot, "need"):
        opened[need.values["category_code"]].append(need)
    for category, open_now in opened.items():
        start, closed, other = 1, 2, 1
        key = f"4.{category}"
        if plot.shape.opening.number == 4:
            figures[f"{key}.end.year"] = Decimal(len(open_now))
            continue
        told = {
            "start": start, "opened": len(open_now) + closed + other - start, "closed_centre": closed,
            "closed_other": other, "withdrawn": 0, "end": len(open_now),
        }  # fmt: skip
        figures |= {f"{key}.{column}.year": Decimal(value) for column, value in told.items()}
        keys[f"{key}.ngos.year"] = tuple(dict.fromkeys(need.values["ngo_id"].name for need in open_now))

