"""What a message in English wishes: the name of an intent, by its words."""

import re

from vietnamese.foreign.english import is_english

ASKS = "ask"
"""The intent of English words that wish nothing else."""

_I = r"(?:i|we)(?: (?:would|d))?(?: (?:want|like|need|wish|prefer|have))?(?: to)?"
_PERSON = (
    r"(?:some ?(?:one|body)|any ?(?:one|body)|(?:an?|the|your)? ?(?:real|live)? ?"
    r"(?:officers?|person|human(?: being)?|people|staff|agents?|officials?|operator|employee))"
)
_TALKS = r"(?:speak|talk|chat|connect(?: me)?|get through|transfer me|put me through)"
_HERE = r"(?:here|in (?:this|the) (?:chat|conversation)|(?:this|the) chat)"
_THING = (
    r"(?:one|any|it|them|that|files?|documents?|papers?|pictures?|photos?|attachments?|company"
    r"|enterprise|business|tax code|tax number|registration)"
)
_ASKS_HOW = re.compile(r"^(?:how|where|who|what|which|why|when)\b")

_ASKS = re.compile(
    r"^(?:(?:and|but|so|also|ok|sorry|please|hello|hi) )*"
    r"(?:how|where|who|what|which|why|when|is|are|do|does|can|could|may|must|should|will|would"
    r"|tell me|explain)\b"
)

_PHRASES: dict[str, tuple[str, ...]] = {
    "greet": (
        (
            r"(?:(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|greetings|there|sir|madam"
            r"|team|everyone|all|and|(?:do|can) you (?:speak|understand|write|answer in) english"
            r"|is english (?:ok|okay|possible)|(?:in )?english"
            r"|can (?:i|we) (?:ask|write|speak|talk|chat) in english"
            r"|(?:i|we) (?:do not|dont|cannot|cant) speak vietnamese"
            r"|(?:do you have|is there) (?:an? |the )?(?:english version|anything in english)"
            r"|(?:i|we) need (?:help|information|answers) in english"
            r"|(?:i|we) (?:only )?speak english(?: only)?"
            r"|how are you(?: doing)?(?: today)?)(?: |$))+"
        ),
    ),
    "thanks": (
        (
            r"(?:(?:ok|great|perfect|good|many|very) )*(?:thanks?(?: you| u)?|thx|cheers)"
            r"(?: (?:so|very|a lot|much|for .{1,60}|again|indeed|that|this|is|was|helpful))*"
        ),
        r"(?:that|this|it) (?:is|was|s)?(?: very| really)? ?(?:helpful|useful|great|clear)",
    ),
    "goodbye": (
        r"good ?bye",
        r"bye(?: bye)?",
        r"see you(?: (?:later|soon))?",
        r"have a (?:nice|good) day",
    ),
    "bot_identity": (
        r"wh(?:o|at) are you",
        (
            r"(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:an? )?"
            r"(?:bot|robot|chatbot|human|real person|person|machine|ai|computer)"
            r"(?: or (?:an? )?\w+(?: \w+)?)?"
        ),
        r"what is your name",
    ),
    "menu": (
        r"what (?:can|do) you (?:do|help(?: me)?(?: with)?|know|offer)(?: for (?:me|us))?",
        r"how can you help(?: (?:me|us))?",
        r"what can (?:i|we) ask(?: (?:you|here))?",
        r"what (?:is|are) this (?:for|about)",
        r"(?:i need|can you) help(?: me)?",
    ),
    "request_help": (
        (
            rf"(?:{_I} )?(?:send|make|submit|leave|file|create|write|open)(?: you)? "
            r"(?:a|an|my|the)? ?(?:new |support |help )*request(?: for (?:help|support))?"
        ),
        r"(?:i|we) (?:want|need) (?:some )?(?:support|assistance)(?: from the department)?",
    ),
    "request_status": (
        r"(?:(?:what is|whats|check|tell me|see) )?(?:the )?status of (?:my|our) requests?",
        r"where is (?:my|our) request",
        r"(?:my|our) request status",
        r"any news (?:on|about) (?:my|our) request",
        r"has (?:my|our) request been answered(?: yet)?",
        r"(?:has|did) (?:anybody|anyone|someone|the officer) answer(?:ed)? (?:my|our) request",
    ),
    "privacy_see": (
        r"what (?:data|information) do you (?:keep|have|store)(?: (?:about|of|on) (?:me|us))?",
        r"(?:show|see) (?:me )?my (?:data|information)",
    ),
    "privacy_erase": (
        rf"(?:{_I} )?(?:delete|erase|remove) (?:all )?my (?:personal )?(?:data|information)",
    ),
    "cancel": (
        (
            r"(?:cancel|abort|quit|forget|never ?mind|stop)"
            r"(?: (?:it|this|that|the form|(?:the|my) request|everything))*"
        ),
        r"(?:i|we) (?:do not|dont) want (?:to send|this|it)(?: it)?(?: any ?more)?",
    ),
    "affirm": (
        (
            r"(?:yes|yeah|yep|yup|correct|exactly|sure|right)"
            r"(?: (?:it is|that is right|correct|send(?: it)?|go ahead|thanks|thank you|i do))*"
        ),
        r"(?:thats|that is|it is|its|looks|everything is) (?:right|correct|good|fine|ok|okay)",
        r"send(?: (?:it|the request|my request))?",
        r"submit(?: it)?|confirm(?:ed)?|go ahead|i (?:agree|confirm)",
    ),
    "deny": (
        r"no (?:thanks|thank you)|nope|something else|another one",
        r"none of (?:these|them|those)|not (?:that|this|these|right|correct)",
    ),
    "skip": (
        r"skip(?: (?:it|this|that))?|not yet|none yet|nothing(?: (?:more|else))?",
        rf"no (?:more )?{_THING}(?: yet| to send| to attach)?",
        rf"(?:i|we) (?:do not|dont) have (?:an? |any |the )?{_THING}(?: yet)?",
        rf"(?:(?:you can )?(?:reply|answer|write|contact|message)(?: to)?(?: me| us)? )?{_HERE}",
        r"thats (?:all|it)|that is all|leave it (?:out|open|empty)",
    ),
}
"""What a whole message may be, by the intent that it has."""

_WHOLE = tuple(
    (
        intent,
        re.compile(
            rf"(?:(?:please|ok|okay|well|so) )*(?:{'|'.join(phrases)})(?: (?:please|now|then))*"
        ),
    )
    for intent, phrases in _PHRASES.items()
)

_CALLS_A_PERSON = re.compile(
    rf"\b{_TALKS}(?: directly)? (?:to|with) {_PERSON}\b"
    rf"|\b(?:is|are) there {_PERSON}(?: here)? (?:who|that|to)\b"
    r"|\b(?:call|get|find|want|need|meet|see) (?:me )?(?:with )?(?:an? |the )?"
    r"(?:real person|human|officer)\b"
    r"|^(?:officer|human|real person|a person)(?: please)?$"
)

LOOSE = {
    "no": "deny",
    "none": "skip",
    "ok": "affirm",
    "okay": "affirm",
    "send": "affirm",
    "here": "skip",
    "done": "skip",
    "finished": "skip",
    "later": "skip",
    "help": "menu",
    "hello": "greet",
    "hi": "greet",
    "hey": "greet",
    "good morning": "greet",
    "good afternoon": "greet",
}
"""Words that Vietnamese messages hold too; what they wish once the talk is in English."""

POLITE = frozenset({"thanks", "goodbye"})
"""Wishes in English that Vietnamese owners write too."""

_CODE = re.compile(r"\bht \d\d [a-z0-9]{5}\b")
"""The code of a request, between words that tell the language."""

_NO_WORD = re.compile(r"[^a-z0-9]+")


def english_intent(text: str) -> str | None:
    """The intent of a message that is English; None where it is not, or may not be."""
    return english_wish(text) or (ASKS if is_english(text) else None)


def english_wish(text: str) -> str | None:
    """What a whole message says it wishes, in words that are English alone; None where none."""
    said = _said(text)
    if not said or said in LOOSE:
        return None
    if _CODE.search(said) and is_english(text):
        return "request_status"
    for intent, words in _WHOLE:
        if words.fullmatch(said):
            return intent
    if _CALLS_A_PERSON.search(said) and not _ASKS_HOW.search(said):
        return "handover"
    return None


def speaks_english(text: str) -> bool:
    """Whether whoever writes this is answered in English from now on."""
    wish = english_wish(text)
    if wish is None or wish in POLITE:
        return wish is None and is_english(text)
    return len(_said(text).split()) > 1


def asks_in_english(text: str) -> bool:
    """Whether English words are a question: by their first word, or by the mark at their end."""
    return _ASKS.search(_said(text)) is not None or text.rstrip().endswith("?")


def loose_wish(text: str) -> str | None:
    """What a message wishes where the talk is in English already."""
    return LOOSE.get(_said(text)) or english_wish(text)


def _said(text: str) -> str:
    """Small letters and single spaces; empty where a letter is not plain."""
    bare = re.sub(r"[’'`]", "", text.lower()).strip()
    return _NO_WORD.sub(" ", bare).strip() if bare.isascii() else ""
