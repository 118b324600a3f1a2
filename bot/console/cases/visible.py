"""Which request a visitor may see."""

from fastapi import HTTPException
from sqlalchemy.orm import Session

from bot.console.frame.gate import Visitor
from bot.services.requests.requests import RequestService
from bot.storage.models import Request


def visible_request(session: Session, visitor: Visitor, request_id: int) -> Request:
    """A request that the visitor may see.

    Raises:
        HTTPException: 404, there is none, or it belongs to an office the visitor does not see.
    """
    found = RequestService(session).get(request_id)
    if found is None or not visitor.sees(found.office):
        raise HTTPException(404)
    return found
