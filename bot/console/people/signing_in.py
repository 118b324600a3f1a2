"""Signing in, between two transactions: a password takes a second to hash, and nobody waits for it.

The rules are `services.staff.sign_in`'s.
"""

from datetime import datetime

from bot.services.staff.passwords import hash_password, is_outdated, password_matches
from bot.services.staff.sign_in import SignInRefused, SignInService
from bot.storage.database import Database


def sign_in(  # noqa: PLR0913  (each is one fact of a try)
    database: Database,
    username: str,
    password: str,
    *,
    address: str,
    now: datetime,
    device: str = "",
) -> str:
    """Signs a person in; the session's token.

    Raises:
        SignInRefused: wrong user or password, or too many failures.
    """
    with database.transaction() as session:
        officer = SignInService(session).count_try(username, address, now=now, device=device)
    kept = officer.password_hash if officer else None
    if not password_matches(kept, password) or officer is None or kept is None:
        raise SignInRefused("wrong")
    fresh = hash_password(password) if is_outdated(kept) else kept
    with database.transaction() as session:
        service = SignInService(session)
        service.renew_password(officer.id, kept, fresh)
        return service.succeed(officer.id, address, now=now, device=device)
