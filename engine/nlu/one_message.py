"""The scores of one message, without the machinery that scikit-learn has for many.

Its transformers check, copy and assemble sparse matrices at every call, which for one message is
twelve times the work itself: an eighth of a turn (measured with py-spy).
"""

from collections import Counter
from itertools import pairwise
from typing import List, Tuple

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC


class OneMessageScorer:
    """What `svm.decision_function(hstack(v.transform(…)))` gives; shape `(intents,)`.

    The vectorizers, in the order of the SVM's columns, read words with accents, words without and
    letters without; each weighs with `sublinear_tf`, IDF and length 1.
    """

    def __init__(self, vectorizers: List[TfidfVectorizer], svm: LinearSVC) -> None:
        self._analyzers = [vectorizer.build_analyzer() for vectorizer in vectorizers]
        self._vocabularies = [vectorizer.vocabulary_ for vectorizer in vectorizers]
        self._idf = [np.asarray(vectorizer.idf_) for vectorizer in vectorizers]
        sizes = np.cumsum([0, *(len(idf) for idf in self._idf)])
        # A row a term, so that a message gathers a few rows.
        by_term = np.ascontiguousarray(svm.coef_.T)
        self._weights = [by_term[a:b] for a, b in pairwise(sizes)]
        self._intercept = svm.intercept_

    def scores(self, view: Tuple[str, str]) -> "npt.NDArray[np.float64]":
        """The score of each class for a message with accents and without."""
        accented, bare = view
        total: npt.NDArray[np.float64] = self._intercept.copy()
        for place, text in enumerate((accented, bare, bare)):
            total += self._part(place, text)
        return total

    def _part(self, place: int, text: str) -> "npt.NDArray[np.float64]":
        vocabulary = self._vocabularies[place]
        counts = Counter(vocabulary.get(term) for term in self._analyzers[place](text))
        counts.pop(None, None)
        if not counts:
            return np.zeros(len(self._intercept))
        terms = np.fromiter(counts.keys(), dtype=np.intp)
        weights = 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64))
        weights *= self._idf[place][terms]
        weights /= np.linalg.norm(weights)
        part: npt.NDArray[np.float64] = weights @ self._weights[place][terms]
        return part
