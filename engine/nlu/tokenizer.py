"""Tokens of a Vietnamese message, each seen with its accents (`text`) and without (`lemma`)."""

import re
from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from vietnamese import strip_accents, tokens

_WORD = re.compile(r"[^\W_]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Writes shorthand out and keeps the offsets of the words as typed.

    One typed word may become several tokens with the same offsets (`cty` → `công`, `ty`).
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Intents are not split."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """The tokens of one attribute of a message."""
        return [
            Token(word, typed.start(), typed.end(), lemma=strip_accents(word))
            for typed in _WORD.finditer(message.get(attribute))
            for word in tokens(typed[0])
        ]
