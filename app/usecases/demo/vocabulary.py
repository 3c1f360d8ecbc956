"""The invented words of the demo district: names, people, streets, numbers that belong to nobody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from random import Random
from typing import Any

from app.core.identifiers import inn_with_check_digit, ogrn_with_check_digit

INVENTED_OFFICE = "4799"
"""Region 47 with a tax office that does not exist: no real number begins so."""


def words(name: str) -> Any:
    """The vocabulary of `resources/demo/<name>.json`."""
    text = resources.files("resources").joinpath("demo", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form as the demo uses it: how its names are made and how often it occurs."""

    kind: str
    okopf: str | None
    full: str
    short: str
    activities: tuple[str, ...]
    sonko: bool


class Vocabulary:
    """Draws names, people and numbers, none of them twice.  The same source gives the same ones.

    serial: the numbers begin after it, so that districts have series of their own.
    """

    def __init__(self, random: Random, serial: int = 0) -> None:
        self._random = random
        self._names = words("names")
        self.work: dict[str, Any] = words("work")
        self._own = self._own_names()
        self._aims = [(aim, tuple(codes)) for aim, codes in self._names["aims"]]
        self._serial = serial

    def forms(self, count: int) -> list[Form]:
        """So many forms: each at least once where room allows, the rest by their shares."""
        every = self._names["forms"]
        chosen = sorted(every, key=lambda entry: -entry["share"])[:count]
        if len(chosen) < count:
            shares = [entry["share"] for entry in every]
            chosen += self._random.choices(every, shares, k=count - len(chosen))
        self._random.shuffle(chosen)
        return [self._form(entry) for entry in chosen]

    def legal_form(self) -> Form:
        """A form that most newcomers have: АНО, or a local public organisation."""
        return self._form(self._random.choice(self._names["forms"][:2]))

    def body_form(self) -> Form:
        """A group without a legal entity."""
        return self._form(self._names["forms"][-1])

    def _form(self, entry: dict[str, Any]) -> Form:
        return Form(
            entry["kind"], entry["okopf"], entry["full"], entry["short"],
            tuple(entry.get("activities", ())), entry.get("sonko", True),
        )  # fmt: skip

    def name(self, form: Form) -> tuple[str, str, tuple[str, ...]]:
        """Full name, short name, and the kinds of activity that the name speaks of."""
        own = self._own.pop()
        aim, activities = self._random.choice(self._aims)
        full = form.full.format(aim=aim, own=own)
        return full, form.short.format(own=own), form.activities or activities

    def own_name(self) -> str:
        return self._own.pop()

    def numbers(self, year: int) -> tuple[str, str]:
        """ОГРН and ИНН with right check digits, of an office that does not exist."""
        self._serial += 1
        ogrn = ogrn_with_check_digit(f"1{year % 100:02d}{INVENTED_OFFICE}{self._serial:05d}")
        return ogrn, inn_with_check_digit(f"{INVENTED_OFFICE}{self._serial:05d}")

    def person(self) -> str:
        """«Горницына Агния Глебовна»."""
        man = self._random.random() < 0.5
        surname = self._random.choice(self._names["surnames"])[0 if man else 1]
        first, patronymic = self._random.choice(self._names["men" if man else "women"])
        return f"{surname} {first} {patronymic}"

    def signer(self) -> str:
        """«А. Г. Горницына»: a person as papers are signed."""
        surname, first, patronymic = self.person().split(" ")
        return f"{first[0]}. {patronymic[0]}. {surname}"

    def address(self, place: str | None) -> str:
        """In the place, or in St Petersburg: there those are on record who only work in the district."""
        street = self._random.choice(self._names["streets"])
        where = f"Ленинградская область, {place}" if place else "Санкт-Петербург"
        return f"{where}, ул. {street}, д. {self._random.randint(1, 60)}"

    def branch_suffix(self, number: int) -> str:
        suffixes: list[str] = self._names["branch_of"]
        return suffixes[number % len(suffixes)]

    def _own_names(self) -> list[str]:
        """All «adjective noun» pairs, shuffled; the last one is drawn first."""
        found = [
            f"{first} {second}"
            for firsts, seconds in self._names["own_names"].values()
            for first in firsts
            for second in seconds
        ]
        self._random.shuffle(found)
        return found


def entrepreneur_inn(random: Random) -> str:
    """An ИНН of 12 digits with its two check digits, of the same invented office."""
    digits = [int(d) for d in f"{INVENTED_OFFICE}{random.randint(0, 999999):06d}"]
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        digits.append(sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 % 10)
    return "".join(map(str, digits))
