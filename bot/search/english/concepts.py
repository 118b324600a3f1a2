"""The words of an English question as what they mean: "price" and "how much" are one."""

import re

COST, TIME, PLACE, PAPERS, DUTY = "#cost", "#time", "#place", "#papers", "#duty"
STEPS = "#steps"

ASPECTS = frozenset({COST, TIME, PLACE, PAPERS, DUTY})
"""What is asked of a matter; they name none."""

_GROUPS: dict[str, str] = {
    COST: "cost price fee money pay paid paying expensive charge cheap much amount annual yearly"
    " quotation euro dollar",
    TIME: "time duration month day long fast quick quickly timeline soon frequently often period"
    " week when frequency",
    PLACE: "where office submit file filing place authority",
    PAPERS: "document paper dossier",
    DUTY: "mandatory compulsory required must force obligatory require obliged",
    "#company": "company enterprise business firm",
    "#goods": "goods product",
    "#register": "register registration registered registering",
    "#apply": "apply application applicant applying",
    "#trademark": "trademark brand logo",
    "#label": "label labelling labeling sticker packaging package",
    "#certificate": "certificate certification certified certify",
    "#abroad": "abroad foreign overseas countries international parent headquarters mother country",
    "#used": "used old second hand age",
    "#machine": "machine machinery equipment line",
    "#scale": "scale weighing meter",
    "#verify": "verify verification verified calibration checked check",
    "#import": "import imported importing importer shipment",
    "#export": "export exporting",
    "#renew": "renew renewal expired expire validity valid",
    STEPS: "step procedure process",
    "#permit": "permit licence license",
    "#support": "support subsidy subsidies funding grant financial government",
    "#worker": "worker employee labour labor",
    "#shape": "design shape look",
    "#barcode": "barcode gs1",
    "#electric": "electronics electronic electrical electric appliance fan cooker",
    "#trace": "traceability trace",
    "#incentive": "incentive benefit advantage",
    "#prepacked": "prepacked prepackaged packed packaged",
}

_CONCEPTS = {word: concept for concept, words in _GROUPS.items() for word in words.split()}

_STOP = frozenset(
    {"a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "is", "are", "do"}
    | {"does", "i", "we", "my", "our", "me", "us", "you", "your", "it", "its", "this"}
    | {"that", "with", "and", "or", "be", "have", "has", "can", "could", "may"}
    | {"should", "would", "want", "need", "please", "how", "what", "which", "who", "if"}
    | {"not", "no", "any", "from", "as", "into", "than", "then", "will", "shall", "was"}
    | {"were", "get", "got", "make", "there", "here", "them", "they", "their", "one"}
    | {"new", "per", "after", "before", "am", "so"}
)

_TOGETHER = (
    (re.compile(r"\bbar codes?\b"), "barcode"),
    (re.compile(r"\bpre-?pack"), "prepack"),
    (re.compile(r"\bhi(?:gh)?[- ]?tech(?:nology)?\b"), "hitech"),
    (re.compile(r"\bhow much\b"), "cost"),
    (re.compile(r"\bhow (?:long|often|fast|many (?:days|weeks|months|years))\b"), "time"),
)

_WORD = re.compile(r"[a-z0-9&]+")
_ENDINGS = ("ing", "ed", "ies", "es", "s")
_FEWEST_LETTERS = 4

_LEANING = re.compile(r"\b(?:it|this|that|them|one|these)\b")
_NEUTRAL = frozenset({"#apply", "#register", "take", STEPS, "it", "ask", "go", "about"})
"""What is done with any matter: "where do I apply" names none."""

LONGEST_LEANING = 9
"""Words of a question that leans on the answer before it."""


def concepts_of(text: str) -> frozenset[str]:
    """What the words of a text mean, without those that mean nothing by themselves."""
    said = text.lower()
    for pattern, word in _TOGETHER:
        said = pattern.sub(word, said)
    return frozenset(_concept(word) for word in _WORD.findall(said) if word not in _STOP)


def aspects_of(text: str) -> frozenset[str]:
    """What of a matter a text asks: its cost, its time, where, which papers, whether one must."""
    return concepts_of(text) & ASPECTS


def leans(text: str) -> bool:
    """Whether a question names no matter of its own: "how much?", "where do I apply for it"."""
    few = len(text.split()) <= LONGEST_LEANING
    named = concepts_of(text) - ASPECTS - _NEUTRAL
    return few and (not named or (len(named) == 1 and _LEANING.search(text.lower()) is not None))


def without_aspects(subject: str) -> str:
    """A subject without what is asked of it: "cost of a patent" is about "a patent"."""
    asked = ASPECTS | {STEPS}
    words = [word for word in subject.split() if _concept(word.lower()) not in asked]
    return " ".join(words)


def _concept(word: str) -> str:
    stem = _stem(word)
    return _CONCEPTS.get(word) or _CONCEPTS.get(stem) or stem


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _FEWEST_LETTERS:
            return word.removesuffix(ending)
    singular = len(word) == _FEWEST_LETTERS and word.endswith("s")
    return word.removesuffix("s") if singular else word
