"""The department's own sign-in service (OpenID Connect), asked who somebody is.

By authorisation code and PKCE (RFC 7636). It is not believed before signature, by the keys that it
publishes at that moment, issuer, audience, age and nonce were looked at.
"""

import base64
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.settings import Settings

PATIENCE_SECONDS = 8.0
"""For each answer; somebody waits before a page."""

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA", "RS384", "RS512", "PS384", "PS512")
"""Signed with a key that the provider alone has: no shared secret, and never none."""

CLOCK_DIFFERENCE = 120
"""Seconds by which its clock and ours may differ."""

SCOPE = "openid profile email"

DESCRIPTION = "/.well-known/openid-configuration"


class ProviderAway(Exception):
    """It cannot be reached, or does not answer as a provider does; the text says why."""


class ProviderRefused(Exception):
    """It vouches for nobody, or what it says cannot be believed; the text says why."""


@dataclass(frozen=True)
class Trip:
    """One way there and back, known by a secret that only its browser holds.

    What goes with it is derived from that secret, so that nothing is kept here meanwhile.
    """

    seed: str

    @property
    def state(self) -> str:
        """Comes back with the browser."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Comes back in what the provider signs."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Shows that who brings the code is who set out (PKCE)."""
        return self._derived("verifier")

    def _derived(self, what: str) -> str:
        digest = hmac.digest(self.seed.encode("utf-8", "surrogatepass"), what.encode(), sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class IdentityProvider:
    """The provider of the settings. Blocking."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._issuer = settings.oidc_issuer

    @property
    def is_on(self) -> bool:
        """Whether one is set."""
        return bool(self._issuer)

    def address(self, trip: Trip, back: str) -> str:
        """Where a browser is sent. `back`: the address at which it comes back.

        Raises:
            ProviderAway: the provider cannot be asked where that is.
        """
        described = self._described()
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                described["authorization_endpoint"],
                state=trip.state,
                nonce=trip.nonce,
                code_challenge=create_s256_code_challenge(trip.verifier),
                code_challenge_method="S256",
            )
        return str(address)

    def claims(self, trip: Trip, code: str, back: str, *, now: datetime) -> Mapping[str, Any]:
        """What the provider says of whoever came back with a code.

        Raises:
            ProviderAway: the provider cannot be asked.
            ProviderRefused: the code is not taken, or what it stands for cannot be believed.
        """
        described = self._described()
        token = self._token(described["token_endpoint"], trip, code, back)
        signed = token.get("id_token")
        if not isinstance(signed, str):
            raise ProviderRefused("no id_token")
        try:
            keys = KeySet.import_key_set(self._fetched(described["jwks_uri"]))  # type: ignore[arg-type]
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise ProviderAway(f"its keys: {error}") from error
        return self._believed(signed, keys, trip, now)

    def _believed(self, signed: str, keys: KeySet, trip: Trip, now: datetime) -> Mapping[str, Any]:
        ours = self._settings.oidc_client_id
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=CLOCK_DIFFERENCE,
            iss={"essential": True, "value": self._issuer},
            sub={"essential": True},
            aud={"essential": True, "value": ours},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": trip.nonce},
            azp={"value": ours},
        )
        try:
            claims = jwt.decode(signed, keys, algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, TypeError, ValueError) as error:
            raise ProviderRefused(str(error)) from error
        for_others = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if for_others and claims.get("azp") != ours:
            raise ProviderRefused("made for another party")
        return claims

    def _token(self, endpoint: str, trip: Trip, code: str, back: str) -> Mapping[str, Any]:
        try:
            with self._client(back) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=trip.verifier,
                )
        except AuthlibBaseError as error:
            raise ProviderRefused(str(error)) from error
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderAway(str(error)) from error
        return token

    def _described(self) -> Mapping[str, str]:
        described = self._fetched(self._issuer.rstrip("/") + DESCRIPTION)
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(isinstance(described.get(name), str) for name in wanted):
            raise ProviderAway("it does not say where its endpoints are")
        if described.get("issuer") != self._issuer:
            raise ProviderAway(f"it calls itself {described.get('issuer')}, not {self._issuer}")
        return described

    def _fetched(self, address: str) -> Mapping[str, Any]:
        try:
            answer = httpx.get(address, timeout=PATIENCE_SECONDS)
            answer.raise_for_status()
            read = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise ProviderAway(f"{address}: {error}") from error
        if not isinstance(read, dict):
            raise ProviderAway(f"{address}: no object")
        return read

    def _client(self, back: str) -> OAuth2Client:
        password = self._settings.oidc_client_secret.get_secret_value()
        return OAuth2Client(
            client_id=self._settings.oidc_client_id,
            client_secret=password or None,
            token_endpoint_auth_method="client_secret_basic" if password else "none",
            scope=SCOPE,
            redirect_uri=back,
            timeout=PATIENCE_SECONDS,
        )
