"""The life of a return: sent, accepted, sent back with remarks; no step is skipped, and no frozen byte moves."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core.errors import AppError
from app.core.periods import Quarter
from app.models import FrozenReturn
from app.returns.answers import Answer, read_answer, write_answer
from app.returns.life import Remark, State, Step
from app.usecases import quarter_returns as returns
from app.usecases import return_life as life
from app.usecases.backup import check_database
from app.usecases.setup import save_unit
from tests.factories import District
from tests.returns.test_freezing import SIGNERS, a_quarter_of_work

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """The return for the third quarter is approved on 5 October 2026."""
    with District(tmp_path, today="2026-07-01") as found:
        found.write(save_unit, SIGNERS)
        a_quarter_of_work(found)
        freeze(found.at("2026-10-05"), Q3)
        yield found


def freeze(district: District, quarter: Quarter, reason: str = "") -> returns.KeptReturn:
    return district.write(returns.freeze, quarter, reason=reason, kind="return", title="Утверждён отчёт")


def send(district: District, how: str = "электронной почтой", **kwargs: object) -> life.Life:
    return district.write(life.send, Q3, how, kind="return", **kwargs)


def answer_to(district: District, step: Step, on: str = "2026-10-08", **kwargs: object) -> Answer:
    known = district.read(life.life, Q3)
    day = date.fromisoformat(on)
    return Answer(step, known.oktmo, Q3, known.correction, known.sha256, day, **kwargs)  # type: ignore[arg-type]


def take(district: District, answer: Answer) -> life.Life:
    return district.write(life.take_answer, write_answer(answer), kind="return")


def test_a_return_is_sent_and_accepted(district: District) -> None:
    assert district.read(life.life, Q3).state is State.FROZEN
    sent = send(district, on=date(2026, 10, 5), whom="Комитет общественных коммуникаций")
    assert sent.state is State.SENT
    district.at("2026-10-12")
    accepted = district.write(life.accept, Q3, number="01-14/2317", on=date(2026, 10, 12))
    assert accepted.state is State.ACCEPTED
    assert [life.told(event) for event in accepted.standing] == [
        "отправлен 05.10.2026 электронной почтой (Комитет общественных коммуникаций)",
        "принят 12.10.2026, №\u00a001-14/2317",
    ]


def test_no_answer_comes_before_the_sending(district: District) -> None:
    with pytest.raises(AppError, match="ещё не отправлен"):
        district.write(life.accept, Q3)
    send(district.at("2026-10-07"), on=date(2026, 10, 7))
    with pytest.raises(AppError, match="раньше отправки"):
        district.write(life.accept, Q3, on=date(2026, 10, 6))
    with pytest.raises(AppError, match="ещё не наступило"):
        district.write(life.accept, Q3, on=date(2026, 10, 8))


def test_what_is_not_approved_is_not_sent(district: District) -> None:
    with pytest.raises(AppError, match="не утверждён"):
        district.write(life.send, Q4, "электронной почтой")
    with pytest.raises(AppError, match="раньше утверждения"):
        send(district, on=date(2026, 10, 4))
    with pytest.raises(AppError, match="как отправлен"):
        send(district, how=" ")


def test_a_corrected_return_replaces_the_one_before_it(district: District) -> None:
    send(district)
    freeze(district, Q3, "исправлена сумма")
    with pytest.raises(AppError, match="Есть уточнённый"):
        send(district, correction=0)
    first, second = district.read(life.lives)
    assert (first.superseded, first.state) == (True, State.SENT)
    assert (second.superseded, second.state) == (False, State.FROZEN)
    assert district.write(life.accept, Q3, correction=0).state is State.ACCEPTED, "its answer may still come"


def test_a_return_sent_back_waits_for_its_correction(district: District) -> None:
    send(district)
    remark = Remark("211.3.quarter", "Не сходится с реестром")
    back = take(district.at("2026-10-08"), answer_to(district, Step.SENT_BACK, remarks=(remark,), text="Исправьте"))
    assert (back.state, back.remarks) == (State.SENT_BACK, (remark,))
    district.at("2027-01-05")
    with pytest.raises(AppError, match="возвращён с замечаниями"):
        freeze(district, Q4)
    freeze(district, Q3, "по замечаниям области")
    assert district.read(life.life, Q3).remarks == ()
    assert freeze(district, Q4).correction == 0


def test_the_previous_return_is_the_one_that_was_not_sent_back(district: District) -> None:
    """Checks of the next quarter compare with the version before the one that was sent back."""
    freeze(district, Q3, "добавлена услуга")
    send(district)
    district.write(life.send_back, Q3, text="Ошибка в разделе 3", kind="return")
    made = district.at("2027-01-05").read(returns.draft, Q4)
    latest = made.records.latest_frozen(Q3)
    assert latest is not None
    assert latest.ret.head.correction == 0


def test_a_receipt_finds_its_return_by_the_hash(district: District) -> None:
    district.at("2026-10-08")
    receipt = answer_to(district, Step.ACCEPTED, number="118", by="Комитет")
    taken = take(district, receipt)
    assert taken.state is State.ACCEPTED
    assert taken.standing[0].how == life.BY_ANSWER, "a sending that nobody marked is marked by its answer"
    assert take(district, receipt) == taken, "the same file again changes nothing"
    kept = district.read(life.attached, taken.standing[1].id)
    assert kept == life.Attached("НКО-47-кв_41612000_2026-Q3_0_квитанция.json", write_answer(receipt))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sha256": "0" * 64}, "контрольная строка не совпала"),
        ({"oktmo": "41648000"}, "пришёл не по адресу"),
        ({"quarter": Q4}, "не утверждён"),
        ({"correction": 2}, "не утверждён"),
    ],
)
def test_an_answer_to_another_return_is_refused(district: District, wrong: dict[str, object], said: str) -> None:
    district.at("2026-10-08")
    with pytest.raises(AppError, match=said):
        take(district, replace(answer_to(district, Step.ACCEPTED), **wrong))  # type: ignore[arg-type]
    assert district.read(life.life, Q3).state is State.FROZEN


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff\xfe\x00", b'{"kind":"\xd0\x9d"}', b"[" * 100_000, b"x" * 3_000_000]
)
def test_a_file_that_is_no_answer_says_so(district: District, content: bytes) -> None:
    with pytest.raises(AppError):
        district.write(life.take_answer, content)


def test_a_spoilt_answer_is_told_from_a_whole_one(district: District) -> None:
    whole = write_answer(answer_to(district, Step.SENT_BACK, remarks=(Remark("101.quarter", "Нет трёх НКО"),)))
    assert read_answer(whole).remarks[0].text == "Нет трёх НКО"
    with pytest.raises(AppError, match="испорчен при пересылке"):
        read_answer(whole.replace("трёх".encode(), "двух".encode()))


def test_a_mark_made_by_mistake_is_taken_back_and_stays_in_the_history(district: District) -> None:
    send(district)
    found = district.write(life.annul, Q3, "отправлен не тот файл")
    assert found.state is State.FROZEN
    assert [event.step for event in found.events] == [Step.SENT, Step.ANNULLED]
    with pytest.raises(AppError, match="отменять нечего"):
        district.write(life.annul, Q3, "ещё раз")
    assert send(district).state is State.SENT


@pytest.mark.parametrize("statement", ["UPDATE return_event SET step = 'accepted'", "DELETE FROM return_event"])
def test_sql_itself_refuses_to_change_what_happened(district: District, statement: str) -> None:
    send(district)

    def spoil(session: Session) -> None:
        session.execute(text(statement))

    with pytest.raises((DBAPIError, AppError)):
        district.write(spoil)


class ReturnLife(RuleBasedStateMachine):
    """Any sequence of deeds, in any order, with any days: the state only moves as the form's life allows."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.district = District(Path(self._folder.name), today="2026-07-01")
        self.district.write(save_unit, SIGNERS)
        self.district.at("2026-10-05")
        self.frozen: dict[int, str] = {}
        self.seen: dict[int, list[State]] = {}

    def teardown(self) -> None:
        assert not check_database(self.district.database).faults
        self.district.close()
        self._folder.cleanup()

    def _try(self, act: object, *args: object, **kwargs: object) -> None:
        with contextlib.suppress(AppError):  # a refusal is an answer; anything else is a fault
            self.district.write(act, *args, kind="return", **kwargs)  # type: ignore[arg-type]

    @rule(reason=st.sampled_from(["", "ошибка в сумме"]))
    def approve(self, reason: str) -> None:
        self._try(returns.freeze, Q3, reason=reason)

    @rule(correction=st.sampled_from([None, 0, 1]), day=st.integers(4, 6))
    def is_sent(self, correction: int | None, day: int) -> None:
        self._try(life.send, Q3, "почтой", correction=correction, on=date(2026, 10, day))

    @rule(correction=st.sampled_from([None, 0, 1]), day=st.integers(4, 6))
    def is_accepted(self, correction: int | None, day: int) -> None:
        self._try(life.accept, Q3, correction=correction, number="1", on=date(2026, 10, day))

    @rule(correction=st.sampled_from([None, 0, 1]))
    def comes_back(self, correction: int | None) -> None:
        self._try(life.send_back, Q3, correction=correction, text="исправьте")

    @rule(correction=st.sampled_from([None, 0, 1]))
    def was_marked_by_mistake(self, correction: int | None) -> None:
        self._try(life.annul, Q3, "ошибка", correction=correction)

    @rule(step=st.sampled_from([Step.ACCEPTED, Step.SENT_BACK]), sha256=st.sampled_from(["", "0" * 64]))
    def is_answered(self, step: Step, sha256: str) -> None:
        for known in self.district.read(life.lives):
            answer = Answer(step, known.oktmo, Q3, known.correction, sha256 or known.sha256, date(2026, 10, 5))
            self._try(life.take_answer, write_answer(answer))

    @invariant()
    def frozen_bytes_stay(self) -> None:
        def digests(session: Session) -> dict[int, str]:
            rows = session.scalars(select(FrozenReturn))
            return {
                r.id: hashlib.sha256(r.data.encode() + r.pdf + r.xlsx + r.envelope.encode()).hexdigest() for r in rows
            }

        found = self.district.read(digests)
        assert {id: found[id] for id in self.frozen} == self.frozen
        self.frozen = found

    @invariant()
    def no_state_is_skipped(self) -> None:
        for known in self.district.read(life.lives):
            steps = [event.step for event in known.standing]
            sent, answers = [s for s in steps if s is Step.SENT], [s for s in steps if s is not Step.SENT]
            assert len(answers) <= 1
            assert not answers or (sent and steps[-1] is answers[0]), "an answer follows a sending, and ends the life"
            days = [event.happened_on for event in known.standing if event.step is not Step.SENT]
            assert all(known.sent_on is not None and known.sent_on <= day for day in days)


TestReturnLife = ReturnLife.TestCase
TestReturnLife.settings = hypothesis_settings(max_examples=6, stateful_step_count=12, deadline=None)
