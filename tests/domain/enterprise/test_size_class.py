"""The size of an enterprise: one at most, and open only where a figure that lacks could change it.

Lines and rules: Nghị định 80/2021/NĐ-CP, Điều 5 to 9.
"""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enterprise.size_class import (
    LINES,
    BusinessField,
    Criterion,
    SizeClass,
    SizeFigures,
    SizeFound,
    SizeGround,
    size_of,
)
from bot.knowledge.library import Library

BILLION = 1_000_000_000
MAKES, SELLS = BusinessField.PRODUCTION, BusinessField.SERVICES
STAFF, REVENUE, CAPITAL = Criterion.STAFF, Criterion.REVENUE, Criterion.CAPITAL
ORDER = list(SizeClass)

fields = st.sampled_from(BusinessField)


def around(criterion: Criterion) -> st.SearchStrategy[int]:
    """Amounts on both sides of each line, and anywhere."""
    lines = {line for by in LINES.values() for line in by[criterion]}
    edges = [amount for line in lines for amount in (line, line + 1)]
    return st.sampled_from(edges) | st.integers(1, 2 * max(lines))


figures = st.builds(
    SizeFigures, staff=around(STAFF), revenue=around(REVENUE), capital=around(CAPITAL)
)
some = st.builds(
    SizeFigures,
    staff=st.none() | around(STAFF),
    revenue=st.none() | st.just(0) | around(REVENUE),
    capital=st.none() | around(CAPITAL),
)


def by_the_letter(known: SizeFigures, field: BusinessField) -> list[SizeClass]:
    """The clauses that hold, read one by one as the decree words them."""
    staff, revenue, capital = known.staff, known.revenue, known.capital
    assert staff is not None
    assert revenue is not None
    assert capital is not None
    made = field is MAKES
    micro = staff <= 10 and (0 < revenue <= (3 if made else 10) * BILLION or capital <= 3 * BILLION)
    small = staff <= (100 if made else 50) and (
        0 < revenue <= (50 if made else 100) * BILLION or capital <= (20 if made else 50) * BILLION
    )
    medium = staff <= (200 if made else 100) and (
        0 < revenue <= (200 if made else 300) * BILLION or capital <= 100 * BILLION
    )
    return [
        size
        for size, holds in (
            (SizeClass.MICRO, micro),
            (SizeClass.SMALL, small and not micro),
            (SizeClass.MEDIUM, medium and not micro and not small),
            (SizeClass.LARGE, not (micro or small or medium)),
        )
        if holds
    ]


@given(figures, fields)
def test_known_figures_make_one_size_and_it_is_the_one_of_the_decree(
    known: SizeFigures, field: BusinessField
) -> None:
    assert by_the_letter(known, field) == [size_of(known, field).size]


@given(figures, fields, st.sampled_from(Criterion), st.integers(0, 400 * BILLION))
def test_who_grows_is_never_of_a_smaller_size(
    known: SizeFigures, field: BusinessField, criterion: Criterion, more: int
) -> None:
    grown = replace(known, **{criterion: getattr(known, criterion) + more})

    before, after = size_of(known, field).size, size_of(grown, field).size

    assert before is not None
    assert after is not None
    assert ORDER.index(before) <= ORDER.index(after)


def filled(known: SizeFigures, field: BusinessField) -> list[SizeFigures]:
    """Every way in which the missing figures may turn out, one for each side of each line."""
    ways = []
    for criterion in Criterion:
        told = getattr(known, criterion)
        lines = LINES[field][criterion]
        ways.append([told] if told is not None else [1, *(line + 1 for line in lines)])
    return [SizeFigures(*one) for one in product(*ways)]


@given(some, fields)
def test_it_is_open_only_where_a_missing_figure_could_change_it(
    known: SizeFigures, field: BusinessField
) -> None:
    found = size_of(known, field)

    possible = {size_of(one, field).size for one in filled(known, field)}

    assert None not in possible
    assert (found.size is None) == (len(possible) > 1)
    assert found.size is None or possible == {found.size}


@given(some, fields)
def test_what_is_missing_is_each_figure_that_could_change_it(
    known: SizeFigures, field: BusinessField
) -> None:
    found = size_of(known, field)

    ways = filled(known, field)

    weighing = [
        criterion
        for criterion in Criterion
        if getattr(known, criterion) is None
        and any(
            size_of(one, field).size != size_of(other, field).size
            for one in ways
            for other in ways
            if replace(one, **{criterion: 1}) == replace(other, **{criterion: 1})
        )
    ]
    assert list(found.missing) == ([] if found.size is not None else weighing)


@given(some, fields)
def test_its_ground_says_what_lies_within_the_line_and_what_above_the_smaller_one(
    known: SizeFigures, field: BusinessField
) -> None:
    found = size_of(known, field)
    if found.size is None:
        assert found.ground is None
        return
    ground = found.ground
    assert ground is not None
    place, lines = ORDER.index(found.size), LINES[field]
    assert ground.clause == min(place + 1, 3)
    for criterion in ground.kept:
        assert getattr(known, criterion) <= lines[criterion][place]
    for criterion in ground.exceeded:
        assert getattr(known, criterion) > lines[criterion][place - 1]
    # The staff, and one figure of money at least; a large enterprise keeps within nothing.
    is_large = found.size is SizeClass.LARGE
    assert bool(ground.kept) != is_large
    assert is_large or (ground.kept[0] is STAFF and len(ground.kept) > 1)
    # What keeps it from being smaller: the staff, or all the money that counts.
    assert bool(ground.exceeded) == (found.size is not SizeClass.MICRO)


@pytest.mark.parametrize(
    ("known", "field", "size", "ground"),
    [
        # A workshop of 40 people: its staff alone keep it from being a micro enterprise.
        (
            SizeFigures(40, 2 * BILLION, None), MAKES,
            SizeClass.SMALL, SizeGround(2, (STAFF, REVENUE), (STAFF,)),
        ),
        # The same as a shop.
        (
            SizeFigures(60, None, 10 * BILLION), SELLS,
            SizeClass.MEDIUM, SizeGround(3, (STAFF, CAPITAL), (STAFF,)),
        ),
        # A family firm with dear machines and little revenue.
        (
            SizeFigures(8, 3 * BILLION, 90 * BILLION), MAKES,
            SizeClass.MICRO, SizeGround(1, (STAFF, REVENUE), ()),
        ),
        # Few people, much money either way.
        (
            SizeFigures(9, 60 * BILLION, 30 * BILLION), MAKES,
            SizeClass.MEDIUM, SizeGround(3, (STAFF, REVENUE, CAPITAL), (REVENUE, CAPITAL)),
        ),
        # Too many people, whatever it earns.
        (
            SizeFigures(201), MAKES,
            SizeClass.LARGE, SizeGround(3, (), (STAFF,)),
        ),
        # Above both lines of money, whoever works there.
        (
            SizeFigures(None, 201 * BILLION, 101 * BILLION), MAKES,
            SizeClass.LARGE, SizeGround(3, (), (REVENUE, CAPITAL)),
        ),
        # The mean of twelve months lies above ten.
        (
            SizeFigures(10.25, BILLION, BILLION), SELLS,
            SizeClass.SMALL, SizeGround(2, (STAFF, REVENUE, CAPITAL), (STAFF,)),
        ),
    ],
)  # fmt: skip
def test_enterprises_of_every_kind(
    known: SizeFigures, field: BusinessField, size: SizeClass, ground: SizeGround
) -> None:
    assert size_of(known, field) == SizeFound(size, ground)


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (SizeFigures(), (STAFF, REVENUE, CAPITAL)),
        (SizeFigures(staff=8), (REVENUE, CAPITAL)),
        # Above the line of its size by what is known: the other one may still lie within.
        (SizeFigures(staff=8, revenue=4 * BILLION), (CAPITAL,)),
        (SizeFigures(staff=8, capital=4 * BILLION), (REVENUE,)),
        # Small money either way: how much the other is changes nothing, how many people does.
        (SizeFigures(revenue=BILLION), (STAFF,)),
    ],
)
def test_what_is_open_names_the_figures_to_ask_for(
    known: SizeFigures, missing: tuple[Criterion, ...]
) -> None:
    assert size_of(known, MAKES) == SizeFound(None, missing=missing)


def test_without_any_revenue_the_capital_alone_decides() -> None:
    dear = SizeFigures(staff=5, revenue=0, capital=120 * BILLION)
    cheap = SizeFigures(staff=5, revenue=0, capital=2 * BILLION)

    assert size_of(dear, MAKES) == SizeFound(SizeClass.LARGE, SizeGround(3, (), (CAPITAL,)))
    assert size_of(cheap, MAKES) == SizeFound(SizeClass.MICRO, SizeGround(1, (STAFF, CAPITAL), ()))
    assert size_of(replace(cheap, capital=None), MAKES).missing == (CAPITAL,)


@pytest.mark.parametrize("criterion", Criterion)
def test_a_figure_below_zero_is_refused(criterion: Criterion) -> None:
    with pytest.raises(ValueError, match="below zero"):
        SizeFigures(**{criterion: -1})


def test_the_lines_are_those_by_which_support_is_told(library: Library) -> None:
    sizes = library.current.support.sizes
    assert sizes is not None
    told = [
        {
            criterion: tuple(getattr(limits, criterion) for limits in sector.limits)
            for criterion in Criterion
        }
        for sector in sizes.sectors
    ]
    assert told == [LINES[MAKES], LINES[SELLS]]
