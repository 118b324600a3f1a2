"""An intent classifier that reads each message with and without its accents.

TF-IDF of words and of characters over both views, a linear SVM on the examples and their
noisy copies (`vietnamese.augment`), and a softmax whose temperature is fitted on
held-out examples. Messages are read by a speller that knows the examples' words. Why not DIET:
docs/adr/0003-intents.md.
"""

from collections import Counter
from typing import Any, Dict, List, Optional, Tuple, Type

import numpy as np
import numpy.typing as npt
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import hstack
from scipy.special import softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from engine.nlu.one_message import OneMessageScorer
from engine.nlu.wish import Ranking, WishGate
from vietnamese import strip_accents, tokens
from vietnamese.augment import noisy_copies
from vietnamese.foreign.english_wishes import english_intent
from vietnamese.lexicon import Lexicon
from vietnamese.speller import Speller

View = Tuple[str, str]
"""A message with accents and without, both normalised."""

TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""What skops may build beside what it knows: the IDF weights inside a vectorizer."""

PLENTY = 1000
"""Examples from which an intent needs no shorthand and typos of each."""

TEMPERATURES = tuple(float(value) for value in np.arange(1.0, 10.25, 0.25))
"""In small steps: what is fitted on confidences (`wish.json`) must outlive the next training."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DualViewIntentClassifier(IntentClassifier, GraphComponent):
    """Ranks the intents of a message; confidences sum to 1."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """It reads tokens."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        """Beyond the standard library."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`C`: the SVM's penalty; `folds`: for the temperature; `ranking_length`: 0 for all."""
        return {"C": 0.5, "folds": 3, "ranking_length": 6}

    def __init__(
        self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._features: Optional[_DualViewFeatures] = None
        self._svm: Optional[LinearSVC] = None
        self._scorer: Optional[OneMessageScorer] = None
        self._temperature = 1.0
        self._texts: List[str] = []
        self._speller = _speller([])
        self._gate = WishGate.read()

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "DualViewIntentClassifier":
        """A new, untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fits features, SVM and temperature."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        self.learn([e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples])
        self._persist()
        return self._resource

    def learn(self, texts: List[str], intents: List[str]) -> None:
        """Fits everything to examples, text by intent."""
        labels = np.array(intents)
        self._temperature = self._fit_temperature(texts, labels)
        self._features, self._svm = self._fit(texts, labels)
        self._scorer = OneMessageScorer(self._features.vectorizers, self._svm)
        self._texts, self._speller = texts, _speller(texts)

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets `intent` and `intent_ranking` of each message."""
        for message in messages:
            foreign = english_intent(message.get(TEXT) or "")
            if foreign is not None:
                # Its examples are Vietnamese: of English words it would make anything.
                certain = {"name": foreign, "confidence": 1.0}
                message.set(INTENT, certain, add_to_output=True)
                message.set("intent_ranking", [certain], add_to_output=True)
                continue
            words = [token.text for token in message.get(TOKENS_NAMES[TEXT], [])]
            ranking, wish = self._gate.weigh(self.rank(words), len(words))
            if wish is not None:
                found = message.get(ENTITIES, [])
                asked = {"entity": "wish", "value": wish}
                message.set(ENTITIES, [*found, asked], add_to_output=True)
            message.set(INTENT, ranking[0], add_to_output=True)
            length = self._config["ranking_length"] or len(ranking)
            message.set("intent_ranking", ranking[:length], add_to_output=True)
        return messages

    def rank(self, words: List[str]) -> Ranking:
        """All intents of a message's words, as likely as the SVM says, likeliest first."""
        view = _view_of_words(self._speller.read(words))
        if self._svm is None or self._scorer is None or not view[0]:
            return [{"name": "nonsense", "confidence": 1.0}]
        scores = self._scorer.scores(view)
        confidences = softmax(scores * self._temperature)
        order = np.argsort(-confidences)
        return [
            {"name": str(self._svm.classes_[n]), "confidence": float(confidences[n])} for n in order
        ]

    def _fit(
        self, texts: List[str], labels: "npt.NDArray[np.str_]"
    ) -> Tuple["_DualViewFeatures", LinearSVC]:
        views: List[View] = []
        intents: List[str] = []
        counts = Counter(labels)
        for text, label in zip(texts, labels):
            for copy in [text, *_copies(text, plenty=counts[label] > PLENTY)]:
                views.append(_view_of_text(copy))
                intents.append(label)
        features = _DualViewFeatures()
        svm = LinearSVC(C=self._config["C"], class_weight="balanced", random_state=7)
        svm.fit(features.fit_transform(views), intents)
        return features, svm

    def _fit_temperature(self, texts: List[str], labels: "npt.NDArray[np.str_]") -> float:
        """The temperature with the least log loss on folds that the SVM has not seen."""
        folds = StratifiedKFold(self._config["folds"], shuffle=True, random_state=7)
        train, held_out = next(iter(folds.split(texts, labels)))
        features, svm = self._fit([texts[n] for n in train], labels[train])
        scores = svm.decision_function(
            features.transform([_view_of_text(texts[n]) for n in held_out])
        )
        column = {label: n for n, label in enumerate(svm.classes_)}
        truth = np.array([column[label] for label in labels[held_out]])

        def loss(temperature: float) -> float:
            chances = softmax(scores * temperature, axis=1)[np.arange(len(truth)), truth]
            # Every intent weighs the same: `ask` has by far the most examples.
            weights = 1.0 / np.bincount(truth, minlength=len(column))[truth]
            return float(-(weights * np.log(chances + 1e-9)).sum())

        return min(TEMPERATURES, key=loss)

    def _persist(self) -> None:
        if self._features is None:
            return
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(
                {
                    "vectorizers": self._features.vectorizers,
                    "svm": self._svm,
                    "temperature": self._temperature,
                    "texts": "\n".join(self._texts),
                },
                folder / "classifier.skops",
            )

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DualViewIntentClassifier":
        """The classifier of a trained model; skops refuses types that it does not know."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            stored = skops.io.load(folder / "classifier.skops", trusted=TRUSTED)
        component._features = _DualViewFeatures(stored["vectorizers"])
        component._svm = stored["svm"]
        component._scorer = OneMessageScorer(stored["vectorizers"], stored["svm"])
        component._temperature = stored["temperature"]
        # A model of before the speller has no texts: it reads what was typed.
        component._texts = stored.get("texts", "").splitlines()
        component._speller = _speller(component._texts)
        return component


class _DualViewFeatures:
    """Words of both views and letters of the bare one, as one sparse row a message."""

    def __init__(self, vectorizers: Optional[List[TfidfVectorizer]] = None) -> None:
        words = {"ngram_range": (1, 2), "sublinear_tf": True, "token_pattern": r"\S+"}
        letters = {"analyzer": "char_wb", "ngram_range": (2, 4), "sublinear_tf": True, "min_df": 2}
        self.vectorizers = vectorizers or [
            TfidfVectorizer(lowercase=False, **words),
            TfidfVectorizer(lowercase=False, **words),
            TfidfVectorizer(lowercase=False, **letters),
        ]

    def fit_transform(self, views: List[View]) -> Any:
        """Learns the vocabularies; the rows of the views."""
        return hstack(
            [v.fit_transform(text) for v, text in zip(self.vectorizers, _columns(views))],
            format="csr",
        )

    def transform(self, views: List[View]) -> Any:
        """The rows of the views."""
        return hstack(
            [v.transform(text) for v, text in zip(self.vectorizers, _columns(views))],
            format="csr",
        )


def _copies(text: str, plenty: bool) -> List[str]:
    """Noisy copies; only the bare one where an intent has plenty, lest it swallow the others."""
    return [strip_accents(text)] if plenty else noisy_copies(text)


def _columns(views: List[View]) -> Tuple[List[str], List[str], List[str]]:
    """What each vectorizer reads: words with accents, words without, letters without.

    `OneMessageScorer` reads the same.
    """
    accented, bare = [view[0] for view in views], [view[1] for view in views]
    return accented, bare, bare


def _view_of_text(text: str) -> View:
    return _view_of_words(tokens(text))


def _view_of_words(words: List[str]) -> View:
    accented = " ".join(words)
    return accented, strip_accents(accented)


def _speller(texts: List[str]) -> Speller:
    return Speller(Lexicon([tokens(text) for text in texts]))
