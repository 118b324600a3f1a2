"""What answers propose to the register, on the page of an enterprise: taken over, or left."""

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.assessments.counter_view import onlooker
from bot.console.enterprises.known import gone_to, profiles_of, typed_fields
from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.profile_edits import EnterpriseMoved, ProfileEdits
from bot.services.proposals.proposals import (
    ProposalMoved,
    ProposalService,
    ProposalSettled,
    Wish,
)

router = APIRouter(
    prefix="/enterprises/{enterprise_id}/proposals",
    dependencies=[Depends(requires(Permission.EDIT_ENTERPRISES))],
)

TAKE, LEAVE = "take", "leave"

CONSENTS = ("consent_version", "paper_consent_version")
"""Of the sentences as they stand now, which say who sees what."""


def proposals_of(session: Session, house: House) -> ProposalService:
    """The proposals, by the instruments as their files are now."""
    tables = house.library.tables
    instruments = {**tables.assessments, **tables.surveys}
    agreed = [house.texts.say(f"survey.{name}") for name in CONSENTS]
    return ProposalService(session, profiles_of(session, house), instruments, agreed=agreed)


@router.post("", name="settle_proposal")
def settle_proposal(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Takes one over or leaves it; what somebody else settled meanwhile is told."""
    attempt_id, step = row_id(form, "attempt"), field(form, "step")
    if attempt_id is None or step not in (TAKE, LEAVE):
        raise HTTPException(400)
    wish = Wish(attempt_id, field(form, "field"), field(form, "value"), field(form, "register"))
    done = "proposal_taken" if step == TAKE else "proposal_left"
    try:
        with house.database.transaction() as session:
            officer, visitor = at_this_instant(session, visitor)
            edits = ProfileEdits(session, profiles_of(session, house), typed_fields(house))
            enterprise = edits.held(enterprise_id)
            if enterprise is None:
                raise HTTPException(404)
            proposals_of(session, house).settle(
                enterprise,
                wish,
                onlooker(visitor),
                taken=step == TAKE,
                officer=officer,
                now=house.clock(),
            )
    except EnterpriseMoved as moved:
        return gone_to(request, moved.kept_id, "show_enterprise", done="enterprise_moved")
    except ProposalSettled as settled:
        if settled.taken != (step == TAKE):
            done = "proposal_was_taken" if settled.taken else "proposal_was_left"
    except ProposalMoved:
        done = "proposal_moved"
    return gone_to(request, enterprise_id, "show_enterprise", done=done)
