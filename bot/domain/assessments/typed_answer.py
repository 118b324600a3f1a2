"""The answer an owner means when typing instead of pressing a button."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    Answer,
    AnswerChoice,
    OwnChoice,
    Question,
    QuestionKind,
    Scale,
)
from bot.domain.text.plain import plain

LONGEST_ANSWER = 40
"""Characters: what is longer is a sentence with something else to say, not a score."""

LONGEST_UNKNOWN = 60

LONGEST_NUMBER = 20
"""Digits and marks of a number."""

MOST_DECIMALS = 3

LEAST_BEGINNING = 3
"""Letters from which on the beginning of a title stands for it."""

_SPOKEN = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5"}
"""Numbers in words; not “không”, which says no as often as nought."""

_OUT_OF = re.compile(r"^(\d+)\s*/\s*(\d+)$")
_NEGATIVE_OR_FRACTION = re.compile(r"-\s*\d|\d\s*[.,]\s*\d")


_WHO = r"(?:em|toi|anh|chi|co|chu|bac|tui|minh|ben em|xuong|co so|cong ty|cho nay|o day)"
_THIS = r"(?:cau|muc|cai|phan|dieu|y) (?:nay|do|nay ne)"
_POLITE = r"(?:nha|nhe|a|ha|di|luon|nua|lam|ne|thoi|giup|gium|voi|nghe|qua|roi|em|anh|chi|ad)"
_UNKNOWN = re.compile(
    rf"(?:(?:da|u|um|a|ua|thoi|{_WHO}|{_THIS}) )*"
    r"(?:(?:khong|ko|k|kg|hong|hok|chua|cha|chang) (?:biet|ro|chac|nho|xac dinh(?: duoc)?|coi"
    r"|de y|danh gia duoc|cham duoc|tra loi duoc)"
    r"|bo qua|cho qua|qua cau (?:khac|sau|tiep)|cau (?:khac|tiep|ke)|skip|next|mien tra loi)"
    rf"(?: (?:{_WHO}|{_THIS}|{_POLITE}|cua))*"
)
"""Who cannot tell; "không" alone is nought."""

_NOT_APPLICABLE = re.compile(
    rf"(?:(?:da|u|um|a|ua|thoi|{_WHO}|{_THIS}) )*"
    r"(?:khong|ko|k|hong|chang) (?:(?:can|co) )?(?:ap dung|lien quan|phu hop|dinh dang|dung)"
    r"(?: (?:gi|duoc|cho|toi|den|voi))*"
    rf"(?: (?:{_WHO}|{_THIS}|{_POLITE}|cua))*"
)
"""To whom the question does not apply."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BILLION = re.compile(r"\b(?:ty|ti)\b")
_MILLION = re.compile(r"\b(?:trieu|tr|cu)\b")
_THOUSAND = re.compile(r"\b(?:nghin|ngan|k)\b")
_MINUTES = re.compile(r"\b(?:phut|p)\b")
_HOURS = "gio"
_MONEY_UNIT = "trieu dong"
_DONG = re.compile(r"\b(?:dong|vnd|d)\b")
_HALF = re.compile(r"\bruoi\b")
_DIGIT_THEN_LETTER = re.compile(r"(?<=\d)(?=[a-z])")
_PER_MILLION = Decimal(1_000_000)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_BETWEEN_CHOICES = re.compile(
    r"\s*(?:[,;+/&\n]|\bv[a\N{LATIN SMALL LETTER A WITH GRAVE}]\b)\s*", re.IGNORECASE
)
_NONE = re.compile(
    r"(?:(?:da|thoi|hien|gio) )*(?:khong|ko|k|hong|chua|chang)"
    r"(?: (?:co|gap|bi|thay|dung|lam|tung|cai|mon|thu|muc|loai|nhom|phan|chuyen|lan|gi|nao|ca|het"
    r"|a|dau))*"
)

_NOT = re.compile(r"\b(?:khong|ko|k|kg|hong|hok|chua|chang|khoi)\b")

LONGEST_CHOICES = 200
"""Characters of an answer that names several choices, or a product."""


def is_unknown(text: str) -> bool:
    """Whether an answer says that there is none: "chưa rõ", "bỏ qua câu này"."""
    return len(text) <= LONGEST_UNKNOWN and _UNKNOWN.fullmatch(plain(text)) is not None


def is_not_applicable(text: str) -> bool:
    """Whether an answer says that the question does not concern the enterprise."""
    return len(text) <= LONGEST_UNKNOWN and _NOT_APPLICABLE.fullmatch(plain(text)) is not None


def read_answer(text: str, assessment: Assessment, question: Question) -> Answer | None:
    """The answer typed, or None where it is unclear; a product is looked up elsewhere.

    A number is read whatever it is: whether it is plausible is `is_plausible`'s.
    """
    match question.kind:
        case QuestionKind.SCALE:
            score = read_score(text, assessment.scale_of(question))
            return None if score is None else (str(score),)
        case QuestionKind.ONE_OF:
            chosen = _chosen(text, question.choices)
            return None if chosen is None else (chosen.id,)
        case QuestionKind.SEVERAL:
            return _several(text, question.choices)
        case QuestionKind.NUMBER:
            number = read_number(text, question.unit)
            return None if number is None else (_token(number),)
        case QuestionKind.YEAR:
            years = _YEAR.findall(text)
            return (years[0],) if len(years) == 1 else None
        case QuestionKind.PRODUCT:
            return None


def is_plausible(question: Question, answer: Answer) -> bool:
    """Whether a number lies within what the question holds for possible."""
    if question.kind not in (QuestionKind.NUMBER, QuestionKind.YEAR):
        return True
    number = float(answer[0])
    return (question.least is None or number >= question.least) and (
        question.most is None or number <= question.most
    )


def read_number(text: str, unit: str = "") -> Decimal | None:
    """The one number in a text, in the unit asked for; None where there is none or two.

    A point or comma before three digits parts thousands. Money asked for in million đồng may be
    typed in thousand million (“2,5 tỷ”) or in đồng, hours in minutes.
    """
    if len(text) > LONGEST_ANSWER or re.search(r"-\s*\d", text):
        return None
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(found[0]) > LONGEST_NUMBER:
        return None
    number, said = _decimal(found[0]), _DIGIT_THEN_LETTER.sub(" ", plain(text))
    if plain(unit) == _HOURS and _MINUTES.search(said):
        return number / 60
    return _in_million(number, said) if plain(unit) == _MONEY_UNIT else number


def _in_million(number: Decimal, said: str) -> Decimal:
    half = Decimal("0.5") if _HALF.search(said) else Decimal(0)
    if _BILLION.search(said):
        return (number + half) * 1000
    if _MILLION.search(said):
        return number + half
    if _THOUSAND.search(said):
        return number / 1000
    is_in_dong = number >= _PER_MILLION or _DONG.search(said) is not None
    return number / _PER_MILLION if is_in_dong else number


def _decimal(digits: str) -> Decimal:
    """Groups of three behind a first of one to three, not 0, are thousands; else a fraction."""
    first, *groups = re.split(r"[.,]", digits)
    if groups and _is_first_group(first) and all(len(group) == 3 for group in groups):  # noqa: PLR2004
        return Decimal(first + "".join(groups))
    *whole, fraction = [first, *groups]
    return Decimal(f"{''.join(whole)}.{fraction}") if whole else Decimal(fraction)


def _is_first_group(digits: str) -> bool:
    return len(digits) <= 3 and digits[0] != "0"  # noqa: PLR2004


def _token(number: Decimal) -> str:
    return format(round(number, MOST_DECIMALS).normalize(), "f")


def _several(text: str, choices: Sequence[OwnChoice]) -> Answer | None:
    if len(text) > LONGEST_CHOICES:
        return None
    own = exact_choice(text, choices)
    if own is not None:
        return (own.id,)
    if _NONE.fullmatch(plain(text)):
        return (NONE_OF_THEM,)
    parts = [part for part in _BETWEEN_CHOICES.split(text.strip()) if part]
    if len(parts) == 1 and re.fullmatch(r"\d(?:\s+\d)+", parts[0]):
        parts = parts[0].split()
    chosen = [_chosen(part, choices) for part in parts]
    if not chosen or None in chosen:
        return None
    ids = {choice.id for choice in chosen if choice is not None}
    return tuple(choice.id for choice in choices if choice.id in ids)


def exact_choice(text: str, choices: Sequence[OwnChoice]) -> OwnChoice | None:
    """The one choice of which a text is the title or another way to say it, word for word."""
    said = plain(text)
    held = [one for one in choices if said in {plain(way) for way in (one.title, *one.words)}]
    return held[0] if said and len(held) == 1 else None


def _chosen(text: str, choices: Sequence[OwnChoice]) -> OwnChoice | None:
    """The choice that a text names: by its number in the list, its title, or a beginning of it."""
    said = plain(text)
    if not said or len(text) > LONGEST_CHOICES:
        return None
    if any(choice.within is not None for choice in choices):
        own = exact_choice(text, choices) or _by_number(text, choices)
        return own or _by_words(said, text, choices)
    if said.isdecimal():
        return choices[int(said) - 1] if 1 <= int(said) <= len(choices) else None
    return _by_words(said, text, choices)


def _by_number(text: str, choices: Sequence[OwnChoice]) -> OwnChoice | None:
    """The choice in whose range the one typed number lies: “12 người” of “11–50”."""
    number = read_number(text)
    if number is None:
        return None
    held = (one for one in choices if one.within is not None and one.within.holds(float(number)))
    return next(held, None)


def _by_words(said: str, text: str, choices: Sequence[OwnChoice]) -> OwnChoice | None:
    ways = [(choice, {plain(way) for way in (choice.title, *choice.words)}) for choice in choices]
    exact = [choice for choice, of_it in ways if said in of_it]
    if exact:
        return exact[0] if len(exact) == 1 else None
    begun = [choice for choice, of_it in ways if any(way.startswith(said) for way in of_it)]
    if len(begun) == 1 and len(said) >= LEAST_BEGINNING:
        return begun[0]
    held = [c for c, of_it in ways if any(_is_meant(way, said) for way in of_it)]
    return held[0] if len(held) == 1 and len(text) <= LONGEST_ANSWER else None


def read_score(text: str, scale: Scale) -> int | None:
    """The score typed: `4`, `4/5`, `4` among fillers, its number or a choice in words, or None.

    None means unclear. Accents, case and the scale's filler words do not matter. Two numbers, or
    words that the scale does not know, are unclear: better to ask again than to write down a wrong
    score.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_ANSWER or _NEGATIVE_OR_FRACTION.search(text):
        return None
    out_of = _OUT_OF.match(text)
    if out_of is not None:
        return _in_range(out_of[1], scale) if int(out_of[2]) == scale.most else None
    spoken = plain(text)
    by_title = _meant(spoken, scale)
    if by_title is not None:
        return by_title
    bare = _without_fillers(spoken, scale)
    bare = _SPOKEN.get(bare, bare)
    return _in_range(bare, scale) if bare.isdecimal() else _meant(bare, scale)


def _meant(spoken: str, scale: Scale) -> int | None:
    return next((c.score for c in scale.choices if spoken in _ways(c)), None)


def _ways(choice: AnswerChoice) -> set[str]:
    # A button's title repeats the score in front.
    return {plain(way) for way in (choice.title, f"{choice.score} {choice.title}", *choice.words)}


def _without_fillers(spoken: str, scale: Scale) -> str:
    fillers = {plain(filler) for filler in scale.fillers}
    return " ".join(word for word in spoken.split() if word not in fillers)


def _in_range(digits: str, scale: Scale) -> int | None:
    number = int(digits)
    return number if number <= scale.most else None


def _is_meant(way: str, said: str) -> bool:
    """Whether a way of saying it stands in the words, and no “không” that it does not have itself.

    “Không cân” names the scales, and is no answer that they are there.
    """
    if re.search(rf"\b{re.escape(way)}\b", said) is None:
        return False
    return _NOT.search(said) is None or _NOT.search(way) is not None


def shown_number(number: str) -> str:
    """A number with points between thousands and a comma before the fraction, without noughts."""
    whole, _, fraction = format(Decimal(number).normalize(), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{fraction}" if fraction else grouped
