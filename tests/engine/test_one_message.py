"""The quick scores of one message are those of scikit-learn."""

import subprocess

import pytest

from bot.processes.model import engine_python
from bot.settings import ROOT, Settings

pytestmark = pytest.mark.engine

PROGRAM = """
import numpy as np
from sklearn.svm import LinearSVC
from engine.nlu.dual_view import _DualViewFeatures, _view_of_text
from engine.nlu.one_message import OneMessageScorer

lines = ["đăng ký nhãn hiệu ở đâu", "phí mã vạch bao nhiêu", "xin chào ad", "cảm ơn nha",
         "tra cứu yêu cầu HT-26-0F3K7", "em muốn gặp cán bộ", "chào em", "phí đăng ký mã vạch"]
labels = ["ask", "ask", "greet", "thanks", "status", "officer", "greet", "ask"]
features = _DualViewFeatures()
svm = LinearSVC(C=0.5).fit(features.fit_transform([_view_of_text(x) for x in lines]), labels)
scorer = OneMessageScorer(features.vectorizers, svm)
for text in [*lines, "PHÍ PHÍ PHÍ mã vạch 😀", "zzz qqq", "dang ky nhan hieu o dau", "ơ", ""]:
    view = _view_of_text(text)
    whole = svm.decision_function(features.transform([view]))[0]
    assert np.allclose(whole, scorer.scores(view), atol=1e-12), text
print("the same")
"""


def test_one_message_scores_as_many_do() -> None:
    said = subprocess.run(  # noqa: S603  (our own interpreter)
        [str(engine_python(Settings(_env_file=None))), "-W", "ignore", "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == "the same", said.stderr[-1500:]
