"""The answer an owner means when typing instead of pressing a button."""

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOTHING_ANSWERED,
    Answer,
    AnswerChoice,
    Answers,
    OwnChoice,
    Question,
    QuestionKind,
    Scale,
    is_number,
)
from bot.domain.input.cleaning import clean_line
from bot.domain.input.lengths import ANSWER_WORDS
from bot.domain.text.plain import accented, plain

LONGEST_ANSWER = 40
"""Characters: what is longer is a sentence with something else to say, not a score."""

LONGEST_UNKNOWN = 60

LONGEST_NUMBER = 20
"""Digits and marks of a number."""

MOST_DECIMALS = 3

WHOLE = 4 * ANSWER_WORDS
"""Characters of free words that are looked at: what is too long is told, and not cut."""

LEAST_BEGINNING = 3

MOST_BARE_WORDS = 3
"""Words without accents among which one syllable still names a choice."""

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
    r"(?:khong|ko|k|hong|chang) (?:(?:can|co) )?(?:ap dung|lien quan|phu hop|dinh dang)"
    r"(?: (?:gi|duoc|cho|toi|den|voi))*"
    rf"(?: (?:{_WHO}|{_THIS}|{_POLITE}|cua))*"
)
"""To whom the question does not apply."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BILLION = re.compile(r"\d (?:ty|ti)\b")
_MILLION = re.compile(r"\d (?:trieu|tr|cu)\b")
_THOUSAND = re.compile(r"\d (?:nghin|ngan|k)\b")
_MINUTES = re.compile(r"\d (?:phut|p)\b")
_HOURS = "gio"
_MONEY_UNIT = "trieu dong"
_DONG = re.compile(r"\d (?:dong|vnd|d)\b")
_HALF = re.compile(r"\bruoi\b")
_LETTER_THEN_DIGIT = re.compile(r"(?<=[a-z])(?=\d)")
_PARTED_BILLION = re.compile(r"(\d{1,4}) (?:ty|ti) (\d{1,3})(?: trieu| tr)?(?: dong)?")
_HALF_AN_HOUR = re.compile(r"nua (?:tieng|gio)(?: dong ho)?")
_BY_MONTH = re.compile(r"\b(?:thang|tuan|ngay|quy)\b")
_UNITS = {
    "trieu": re.compile(r"\d (?:ty|ti|trieu|tr|cu|dong|vnd)\b"),
    "nguoi": re.compile(r"\d (?:nguoi|lao dong|cong nhan|tho|nhan vien|nv|cn)\b"),
    "gio": re.compile(r"\d (?:gio|tieng|phut)\b"),
}
"""Words of a unit, by the first word of its name."""

_DIGIT_THEN_LETTER = re.compile(r"(?<=\d)(?=[a-z])")
_PER_MILLION = Decimal(1_000_000)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_BETWEEN_CHOICES = re.compile(
    r"\s*(?:[,;+/&\n]|\bv[a\N{LATIN SMALL LETTER A WITH GRAVE}]\b"
    r"|\bv[o\N{LATIN SMALL LETTER O WITH HORN AND ACUTE}]i\b)\s*",
    re.IGNORECASE,
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
        case QuestionKind.TEXT:
            said = clean_line(text, WHOLE)
            return (said,) if 0 < len(said) <= (question.longest or 0) else None


def is_plausible(question: Question, answer: Answer, answers: Answers = NOTHING_ANSWERED) -> bool:
    """Whether a number lies within what is possible, beside the other answers."""
    if question.kind not in (QuestionKind.NUMBER, QuestionKind.YEAR):
        return True
    number, most = float(answer[0]), highest(question, answers)
    return (question.least is None or number >= question.least) and (most is None or number <= most)


def highest(question: Question, answers: Answers) -> float | None:
    """The highest number that a question takes: its own bound, or the answer it may not exceed."""
    other = answers.get(question.at_most, ()) if question.at_most else ()
    bounds = [float(token) for token in other if is_number(token)]
    if question.most is not None:
        bounds.append(question.most)
    return min(bounds, default=None)


def read_number(text: str, unit: str = "") -> Decimal | None:
    """The one number in a text, in the unit asked for; None where there is none or two.

    A point or comma before three digits parts thousands. Money asked for in million đồng may be
    typed in thousand million (“2,5 tỷ”, “1 tỷ 2”) or in đồng, hours in minutes. A number of another
    unit, or by the month where none is asked for, is no answer.
    """
    if len(text) > LONGEST_ANSWER or re.search(r"-\s*\d", text):
        return None
    said = _DIGIT_THEN_LETTER.sub(" ", _LETTER_THEN_DIGIT.sub(" ", plain(text)))
    wanted = plain(unit)
    if wanted and _is_of_another(said, wanted):
        return None
    if wanted == _MONEY_UNIT and (parted := _PARTED_BILLION.fullmatch(said)):
        return _in_parts(parted)
    if wanted == _HOURS and _HALF_AN_HOUR.fullmatch(said):
        return Decimal("0.5")
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(found[0]) > LONGEST_NUMBER:
        return None
    number = _decimal(found[0])
    if wanted == _HOURS:
        return number / 60 if _MINUTES.search(said) else number + _half(said)
    return _in_million(number, said) if wanted == _MONEY_UNIT else number


def _is_of_another(said: str, wanted: str) -> bool:
    """Whether a unit is typed that is none of the one asked for, or a shorter time than a year."""
    if wanted == _MONEY_UNIT and _BY_MONTH.search(said):
        return True
    own = next(
        (words for name, words in _UNITS.items() if name == wanted.split(maxsplit=1)[0]), None
    )
    return any(words.search(said) for words in _UNITS.values() if words is not own)


def _in_parts(parted: re.Match[str]) -> Decimal:
    """“1 tỷ 2” is 1.200 million, “1 tỷ 200” too: one digit is of a tenth."""
    rest = Decimal(parted[2])
    return Decimal(parted[1]) * 1000 + (rest * 100 if len(parted[2]) == 1 else rest)


def _half(said: str) -> Decimal:
    return Decimal("0.5") if _HALF.search(said) else Decimal(0)


def _in_million(number: Decimal, said: str) -> Decimal:
    if _BILLION.search(said):
        return (number + _half(said)) * 1000
    if _MILLION.search(said):
        return number + _half(said)
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
    held = [c for c, of_it in ways if any(_stands_in(way, c, said, text) for way in of_it)]
    return held[0] if len(held) == 1 and len(text) <= LONGEST_ANSWER else None


def _stands_in(way: str, choice: OwnChoice, said: str, text: str) -> bool:
    """Whether words name a choice: one syllable needs its accents, or hardly a word beside it.

    “Cho em hỏi” names no market, though “chợ” without its accent is the same.
    """
    if not _is_meant(way, said):
        return False
    if " " in way or (len(said.split()) <= MOST_BARE_WORDS and accented(text) == said):
        return True
    own = {accented(one) for one in (choice.title, *choice.words) if plain(one) == way}
    return not own.isdisjoint(accented(text).split())


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
    spoken = _spelt(text)
    by_title = _meant(spoken, scale)
    if by_title is not None:
        return by_title
    bare = _without_fillers(spoken, scale)
    bare = _SPOKEN.get(bare, bare)
    return _in_range(bare, scale) if bare.isdecimal() else _meant(bare, scale)


_DIALECT = (
    (re.compile(r"\b(?:ko|k|kg|hong|hok|hem|hon|hom)\b"), "khong"),
    (re.compile(r"\bj\b"), "gi"),
    (re.compile(r"\b1 phan\b"), "mot phan"),
)
"""Ways to spell what the words of a scale say."""


def _spelt(text: str) -> str:
    bare = plain(text)
    for pattern, word in _DIALECT:
        bare = pattern.sub(word, bare)
    return bare


def _meant(spoken: str, scale: Scale) -> int | None:
    return next((c.score for c in scale.choices if spoken in _ways(c)), None)


def _ways(choice: AnswerChoice) -> set[str]:
    # A button's title repeats the score in front.
    ways = (choice.title, f"{choice.score} {choice.title}", *choice.words)
    return {_spelt(way) for way in ways}


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
