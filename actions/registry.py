"""All custom actions, made with their desk."""

from actions.assessing.ending import ActionEndAssessment
from actions.assessing.form import AskAssessment, ValidateAssessmentForm
from actions.assessing.pause import ActionPauseAssessment
from actions.edits import ActionTakeEdit
from actions.filing.hand_over import ActionHandOver
from actions.filing.request_form import AskRequestField, ValidateRequestForm
from actions.filing.submission import ActionSubmitRequest
from actions.privacy import (
    ActionPrivacyErase,
    ActionPrivacySee,
    ActionSubmitCorrection,
    AskCorrection,
    ValidateCorrectionForm,
)
from actions.requests import ActionRateRequest, ActionRequestStatus
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction
from actions.talking.answer import (
    ActionAnswer,
    ActionNoneOfThese,
    ActionPickArticle,
    ActionRateAnswer,
    ActionShowDetail,
)
from actions.talking.talk import ActionCancel, ActionKeepFiles, ActionResume, ActionSmallTalk
from actions.wishes import ActionAffirm, ActionConfirmWish, ActionDeny

ACTIONS: tuple[type[HouseAction], ...] = (
    ActionAffirm,
    ActionAnswer,
    ActionCancel,
    ActionConfirmWish,
    ActionDeny,
    ActionEndAssessment,
    ActionHandOver,
    ActionKeepFiles,
    ActionNoneOfThese,
    ActionPauseAssessment,
    ActionPickArticle,
    ActionPrivacyErase,
    ActionPrivacySee,
    ActionRateAnswer,
    ActionRateRequest,
    ActionRequestStatus,
    ActionResume,
    ActionShowDetail,
    ActionSmallTalk,
    ActionSubmitCorrection,
    ActionSubmitRequest,
    ActionTakeEdit,
    AskAssessment,
    AskCorrection,
    ValidateAssessmentForm,
    ValidateCorrectionForm,
    ValidateRequestForm,
)

REQUEST_FIELDS = ("topic", "question", "enterprise", "reach", "files", "confirmed")


def all_actions(desk: Desk) -> list[HouseAction]:
    """One of each; the domain's list is held against it by a test."""
    return [
        *(action(desk) for action in ACTIONS),
        *(AskRequestField(desk, field) for field in REQUEST_FIELDS),
    ]
