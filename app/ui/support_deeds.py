"""Deeds over support and its register, over needs and what closes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.core.errors import InvalidRecord
from app.core.fields import Field, Kind
from app.ui.ask import ask_text, ask_values
from app.ui.deeds import special
from app.ui.record_card import Deed
from app.ui.short_words import quoted
from app.usecases import needs, support

if TYPE_CHECKING:
    from app.ui.register_page import RegisterPage


@special("support")
def support_deeds(page: RegisterPage, card: Any) -> list[Deed]:
    """The entry in the register, its publication, a termination."""
    values = card.values
    found: list[Deed] = []
    if values.get("entry_no") is None and values.get("form") in ("211", "212", "213", "214", "215"):
        found.append(("Внести в реестр", "stamp", partial(_enter, page, card)))
    if values.get("entry_no") is not None and values.get("published_on") is None:
        found.append(("Отметить публикацию", "megaphone", partial(_publish, page, card)))
    if not values.get("terminates_id"):
        found.append(("Прекратить поддержку", "prohibit", partial(terminate, page, card)))
    return found


def _enter(page: RegisterPage, card: Any) -> None:
    today = page.desk.clock.today()

    def act(values: dict[str, Any]) -> None:
        page.desk.write(
            "edit", f"Реестр: внесено решение {quoted(page.name_of(card))}", support.enter_in_register, card.id,
            entered_on=values["entered_on"], published_on=values["published_on"], changed={"support"},
        )  # fmt: skip

    fields = [
        Field("entered_on", "Внесена в реестр", Kind.DATE, required=True),
        Field("published_on", "Опубликована на сайте", Kind.DATE, help="Если уже опубликована."),
    ]
    ask_values(
        page.window_, page.desk, "Решение вносится в реестр получателей",
        "Запись получит следующий номер. Срок — 3 рабочих дня со дня решения. Убрать её из реестра будет нельзя, "
        "только прекратить поддержку.",
        fields, "Внести в реестр", act, given={"entered_on": today},
    )  # fmt: skip


def _publish(page: RegisterPage, card: Any) -> None:
    def act(values: dict[str, Any]) -> None:
        number = card.values["entry_no"]
        page.desk.write(
            "edit", f"Реестр: опубликована запись №\u00a0{number}", support.publish, card.id, values["on"],
            changed={"support"},
        )  # fmt: skip

    ask_values(
        page.window_, page.desk, "Запись реестра опубликована", "День, с которого она стоит на официальном сайте.",
        [Field("on", "День", Kind.DATE, required=True)], "Отметить публикацию", act,
        given={"on": page.desk.clock.today()},
    )  # fmt: skip


def terminate(page: RegisterPage, card: Any) -> None:
    """Ask for the decision that ends the support."""

    def act(values: dict[str, Any]) -> None:
        page.desk.write(
            "edit", f"Поддержка прекращена: решение {quoted(page.name_of(card))}", support.terminate, card.id,
            decision_no=values["decision_no"] or "", decision_on=values["decision_on"],
            purpose=values["purpose"] or "", enter=bool(values["enter"]), changed={"support"},
        )  # fmt: skip

    fields = [
        Field("decision_no", "№ решения о прекращении", Kind.TEXT, width=20),
        Field("decision_on", "Дата решения", Kind.DATE, required=True),
        Field("purpose", "Почему", Kind.TEXT, width=60),
        Field("enter", "Сразу внести в реестр", Kind.FLAG),
    ]
    ask_values(
        page.window_, page.desk, "Поддержка прекращается",
        "Появится своя запись реестра с суммой 0, связанная с первой. Первая запись не изменится.",
        fields, "Прекратить поддержку", act, given={"decision_on": page.desk.clock.today(), "enter": True},
    )  # fmt: skip


@special("need")
def need_deeds(page: RegisterPage, card: Any) -> list[Deed]:
    """Closed by services or otherwise, withdrawn, opened anew."""
    if card.values.get("status") != "open":
        return [("Возобновить", "arrow-counter-clockwise", partial(_reopen, page, card))]
    return [
        ("Закрыть услугой центра", "handshake", partial(_close_by_service, page, card)),
        ("Закрыта иначе", "check-circle", partial(_close_otherwise, page, card)),
        ("Снять", "minus-circle", partial(_withdraw, page, card)),
    ]


def _said(page: RegisterPage, deed: str, card: Any) -> str:
    return f"Потребность: {deed} {quoted(page.name_of(card)[:60])}"


def _close_by_service(page: RegisterPage, card: Any) -> None:
    def act(values: dict[str, Any]) -> None:
        if not values["services"]:
            raise InvalidRecord({"services": "Укажите услугу, которая закрыла потребность."})
        page.desk.write(
            "edit", _said(page, "закрыта", card), needs.close_need, card.id, values["on"], "closed_centre",
            services=[(service, "closes") for service in values["services"]], changed={"need", "service"},
        )  # fmt: skip

    fields = [
        Field("on", "День", Kind.DATE, required=True),
        Field("services", "Услуги, которые закрыли", Kind.LINKS, required=True, register="service"),
    ]
    ask_values(
        page.window_, page.desk, "Потребность закрыта услугой центра",
        "Закрытая потребность считается один раз и снова не открывается: «Возобновить» создаст новую.",
        fields, "Закрыть потребность", act, given={"on": page.desk.clock.today()},
    )  # fmt: skip


def _close_otherwise(page: RegisterPage, card: Any) -> None:
    def act(values: dict[str, Any]) -> None:
        page.desk.write(
            "edit", _said(page, "закрыта", card), needs.close_need, card.id, values["on"], "closed_other",
            closed_by=values["closed_by"], changed={"need"},
        )  # fmt: skip

    fields = [
        Field("on", "День", Kind.DATE, required=True),
        Field("closed_by", "Чем закрыта", Kind.TEXT, required=True, width=60),
    ]
    ask_values(
        page.window_, page.desk, "Потребность закрыта администрацией или партнёром", "",
        fields, "Закрыть потребность", act, given={"on": page.desk.clock.today()},
    )  # fmt: skip


def _withdraw(page: RegisterPage, card: Any) -> None:
    def act(reason: str) -> None:
        today = page.desk.clock.today()
        page.desk.write(
            "edit", _said(page, "снята", card), needs.withdraw_need, card.id, today, reason, changed={"need"}
        )

    ask_text(
        page.window_, "Потребность снимается сегодня", "Никто её не закрыл, но она больше не нужна.", "Почему",
        "Снять потребность", act,
    )  # fmt: skip


def _reopen(page: RegisterPage, card: Any) -> None:
    new = page.desk.write("edit", _said(page, "возобновлена", card), needs.reopen_need, card.id, changed={"need"})
    page.choose(new)
