"""Where the territories of the oblast stand on the map of tiles: their rough places, by ОКТМО."""

from __future__ import annotations

from dataclasses import dataclass

from app.region.expected import District


@dataclass(frozen=True, slots=True)
class Spot:
    """column and row of the grid; town: the short name that a tile has room for."""

    column: int
    row: int
    town: str


PLACES = {
    "41615000": Spot(1, 0, "Выборг"), "41639000": Spot(2, 0, "Приозерск"), "41627000": Spot(4, 0, "Лодейное Поле"),
    "41636000": Spot(5, 0, "Подпорожье"), "41612000": Spot(2, 1, "Всеволожск"), "41609000": Spot(4, 1, "Волхов"),
    "41645000": Spot(5, 1, "Тихвин"), "41754000": Spot(0, 2, "Сосновый Бор"), "41630000": Spot(1, 2, "Ломоносов"),
    "41625000": Spot(3, 2, "Кировск"), "41624000": Spot(4, 2, "Кириши"), "41603000": Spot(5, 2, "Бокситогорск"),
    "41621000": Spot(0, 3, "Кингисепп"), "41606000": Spot(1, 3, "Волосово"), "41518000": Spot(2, 3, "Гатчина"),
    "41618000": Spot(2, 3, "Гатчина"), "41648000": Spot(3, 3, "Тосно"), "41642000": Spot(0, 4, "Сланцы"),
    "41633000": Spot(2, 4, "Луга"),
}  # fmt: skip
SHORTER = {"Лодейное Поле": "Лод. Поле", "Сосновый Бор": "Сосн. Бор"}
"""What a narrow tile writes instead."""
CITY = (2, 2, "Санкт-Петербург")
WATERS = ((0, 0, "Финский залив"), (3, 0, "Ладожское озеро"))
"""(column, row, name) of what is no territory of the oblast: for orientation alone."""
COLUMNS, ROWS = 6, 5


def placed(districts: tuple[District, ...]) -> dict[str, Spot]:
    """The place of each district; one that the map does not know stands in a row below all others."""
    found: dict[str, Spot] = {}
    spare = 0
    for one in districts:
        spot = PLACES.get(one.oktmo) or next((PLACES[code] for code in one.before if code in PLACES), None)
        if spot is None or (spot.column, spot.row) in {(known.column, known.row) for known in found.values()}:
            spot = Spot(spare % COLUMNS, ROWS + spare // COLUMNS, one.name.split(" ")[0])
            spare += 1
        found[one.oktmo] = spot
    return found
