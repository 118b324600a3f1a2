"""Second factors and the sign-ins that wait for them, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from bot.domain.access.second_factor import BEGUN_LIFE, RECOVERY_CODES
from bot.services.staff.half_sign_ins import LIFE, MOST_OF_A_PERSON, HalfSignIns
from bot.services.staff.officers import OfficerService
from bot.services.staff.second_factors import (
    CODES,
    GROWING,
    SecondFactorRefused,
    SecondFactorService,
)
from bot.services.staff.sign_in import SignInService
from bot.services.staff.tries import TooManyTries, Tries
from bot.storage.database import Database
from bot.storage.models import HalfSignIn, SecondFactor
from bot.storage.seal import Seal
from tests.support.data.seed import Seed

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SEAL = Seal("k" * 40)
STEP = timedelta(seconds=30)
HOME = "192.0.2.1"


def code(at: datetime) -> str:
    return pyotp.TOTP(KEY).at(at)


@pytest.fixture
def lan(any_database: Database, now: datetime) -> int:
    with any_database.transaction() as session:
        return Seed(session, now).officer("lan").id


@pytest.fixture
def people(any_database: Database, lan: int) -> Database:
    return any_database


def begin(database: Database, lan: int, now: datetime) -> None:
    with database.transaction() as session:
        SecondFactorService(session, SEAL, lambda: KEY).begin(lan, now=now)


def confirm(database: Database, lan: int, typed: str, now: datetime) -> list[str]:
    with database.transaction() as session:
        return SecondFactorService(session, SEAL).confirm(lan, typed, now=now)


def set_up(database: Database, lan: int, now: datetime) -> list[str]:
    begin(database, lan, now)
    return confirm(database, lan, code(now), now)


def accepts(database: Database, lan: int, typed: str, now: datetime, seal: Seal = SEAL) -> str:
    """Empty where the code opens; else why not."""
    try:
        with database.transaction() as session:
            SecondFactorService(session, seal).accept(lan, typed, now=now)
    except SecondFactorRefused as refused:
        return refused.reason
    return ""


def kept(database: Database) -> SecondFactor:
    with database.reading() as session:
        row = session.scalars(select(SecondFactor)).one()
        session.expunge(row)
        return row


def test_it_counts_once_its_first_code_was_right(people: Database, lan: int, now: datetime) -> None:
    begin(people, lan, now)
    with people.reading() as session:
        service = SecondFactorService(session, SEAL)
        assert service.of(lan) is None
        assert service.key_to_confirm(lan, now=now) == KEY
    with pytest.raises(SecondFactorRefused, match="code"):
        confirm(people, lan, "000000", now)
    assert accepts(people, lan, code(now), now) == "gone"
    assert len(set(confirm(people, lan, code(now), now))) == RECOVERY_CODES
    with people.reading() as session:
        service = SecondFactorService(session, SEAL)
        assert service.of(lan) is not None
        assert service.key_to_confirm(lan, now=now) is None
    with pytest.raises(SecondFactorRefused, match="on"):
        confirm(people, lan, code(now), now)
    with pytest.raises(SecondFactorRefused, match="on"):
        begin(people, lan, now)


def test_a_key_that_was_shown_stays_in_another_tab_and_goes_after_an_hour(
    people: Database, lan: int, now: datetime
) -> None:
    begin(people, lan, now)
    first = kept(people).secret
    begin(people, lan, now + STEP)
    assert kept(people).secret == first
    late = now + BEGUN_LIFE
    with pytest.raises(SecondFactorRefused, match="gone"):
        confirm(people, lan, code(late), late)
    begin(people, lan, late)
    assert kept(people).secret != first


@pytest.mark.parametrize(("steps", "why"), [(-2, "code"), (-1, ""), (0, ""), (1, ""), (2, "code")])
def test_a_telephone_may_be_a_step_wrong_and_no_more(
    people: Database, lan: int, now: datetime, steps: int, why: str
) -> None:
    set_up(people, lan, now)
    later = now + 10 * STEP
    assert accepts(people, lan, code(later + steps * STEP), later) == why


def test_no_code_opens_twice_nor_one_from_before_it(
    people: Database, lan: int, now: datetime
) -> None:
    set_up(people, lan, now)
    assert accepts(people, lan, code(now), now) == "code"
    later = now + 5 * STEP
    assert accepts(people, lan, code(later), later) == ""
    assert accepts(people, lan, code(later), later) == "code"
    assert accepts(people, lan, code(later - STEP), later) == "code"
    assert accepts(people, lan, code(later + STEP), later) == ""


def test_of_one_code_typed_many_times_at_once_one_opens(
    people: Database, lan: int, now: datetime
) -> None:
    set_up(people, lan, now)
    later = now + 5 * STEP
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda _: accepts(people, lan, code(later), later), range(6)))
    assert sorted(told) == ["", *["code"] * 5]


def test_a_clock_set_back_keeps_nobody_out(people: Database, lan: int, now: datetime) -> None:
    set_up(people, lan, now)
    before = now - timedelta(days=400)
    assert accepts(people, lan, code(before), before) == ""


def test_a_recovery_code_opens_once_and_new_ones_take_the_place_of_all(
    people: Database, lan: int, now: datetime
) -> None:
    codes = set_up(people, lan, now)
    assert accepts(people, lan, f"{codes[0][:4]} {codes[0][4:]}", now) == ""
    assert accepts(people, lan, codes[0], now) == "code"
    assert len(kept(people).recovery_hashes) == RECOVERY_CODES - 1
    with people.transaction() as session:
        fresh = SecondFactorService(session, SEAL).renew_recovery_codes(lan)
    assert accepts(people, lan, codes[1], now) == "code"
    assert accepts(people, lan, fresh[1], now) == ""


def test_neither_key_nor_recovery_codes_can_be_read_in_the_database(
    people: Database, lan: int, now: datetime
) -> None:
    codes = set_up(people, lan, now)
    row = kept(people)
    assert KEY not in row.secret
    assert not any(one in str(row.recovery_hashes) for one in codes)


def test_with_another_key_of_the_house_the_recovery_codes_still_open(
    people: Database, lan: int, now: datetime
) -> None:
    codes = set_up(people, lan, now)
    later = now + 5 * STEP
    for seal in (Seal("o" * 40), Seal("")):
        assert accepts(people, lan, code(later), later, seal) == "unreadable"
        assert accepts(people, lan, codes.pop(), later, seal) == ""


def test_what_was_kept_open_is_closed_once_there_is_a_key(
    people: Database, lan: int, now: datetime
) -> None:
    with people.transaction() as session:
        SecondFactorService(session, Seal(""), lambda: KEY).begin(lan, now=now)
    with people.transaction() as session:
        SecondFactorService(session, Seal("")).confirm(lan, code(now), now=now)
    assert kept(people).secret == KEY
    later = now + 5 * STEP
    assert accepts(people, lan, code(later), later) == ""
    assert KEY not in kept(people).secret
    assert accepts(people, lan, code(later + STEP), later) == ""


def test_dropped_it_is_gone(people: Database, lan: int, now: datetime) -> None:
    codes = set_up(people, lan, now)
    with people.transaction() as session:
        SecondFactorService(session, SEAL).drop(lan)
        SecondFactorService(session, SEAL).drop(lan)
    assert accepts(people, lan, codes[0], now) == "gone"
    with pytest.raises(SecondFactorRefused, match="gone"), people.transaction() as session:
        SecondFactorService(session, SEAL).renew_recovery_codes(lan)


# — guesses —


def guess(database: Database, now: datetime, address: str = HOME) -> bool:
    """Whether one more guess would be looked at."""
    try:
        with database.transaction() as session:
            Tries(session, CODES).count("lan", address, now=now)
    except TooManyTries:
        return False
    return True


def test_the_pauses_between_guesses_grow_up_to_a_day(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        officer = Seed(session, now).officer("lan")
    looked_at = []
    for quarter in range(4 * 24):
        at = now + quarter * timedelta(minutes=15)
        while guess(database, at):
            looked_at.append(quarter)
    assert looked_at == [0] * 5 + [1] * 5 + [8] * 5 + [9] * 5
    assert len(looked_at) == GROWING[-1].failures
    with database.transaction() as session:
        SignInService(session).unlock(officer)
    assert guess(database, at)


def test_many_addresses_get_thirty_guesses_a_day(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        Seed(session, now).officer("lan")
    told = [guess(database, now, f"198.51.100.{number}") for number in range(35)]
    assert told == [True] * 30 + [False] * 5


# — half sign-ins —


def test_a_half_sign_in_waits_ten_minutes(people: Database, lan: int, now: datetime) -> None:
    with people.transaction() as session:
        token = HalfSignIns(session).open(OfficerService(session).known(lan), now=now)
    for later, is_there in ((LIFE - STEP, True), (LIFE, False), (-timedelta(hours=1), False)):
        with people.transaction() as session:
            found = HalfSignIns(session).find(token, now=now + later)
            assert (found is not None) == is_there
    with people.transaction() as session:
        HalfSignIns(session).close(token)
        assert HalfSignIns(session).find(token, now=now) is None
        assert HalfSignIns(session).find("", now=now) is None


def test_it_ends_with_the_password_and_with_its_person(
    people: Database, lan: int, now: datetime
) -> None:
    for end in ("set_password", "sign_out"):
        with people.transaction() as session:
            officer = OfficerService(session).known(lan)
            token = HalfSignIns(session).open(officer, now=now)
            if end == "sign_out":
                OfficerService(session).sign_out(officer)
            else:
                OfficerService(session).set_password(officer, "mot cau khac rat dai day")
            assert HalfSignIns(session).find(token, now=now) is None


def test_who_knows_a_password_fills_no_disk(people: Database, lan: int, now: datetime) -> None:
    with people.transaction() as session:
        officer = OfficerService(session).known(lan)
        for second in range(MOST_OF_A_PERSON + 5):
            newest = HalfSignIns(session).open(officer, now=now + timedelta(seconds=second))
        counted = session.scalar(select(func.count()).select_from(HalfSignIn))
        assert counted == MOST_OF_A_PERSON
        assert HalfSignIns(session).find(newest, now=now + timedelta(seconds=60)) is not None
