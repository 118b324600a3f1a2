"""A sign-in service on loopback: small, strict where ours must be right, and a liar where told."""

import base64
import hashlib
import json
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey
from pydantic import SecretStr

CLIENT, PASSWORD = "donghanh", "mat khau cua ung dung"


class ProviderStand:
    """Signs in whoever `says` describes, without asking.

    `lies`: claims that stand in the token instead of the right ones; None: left out. `says`: what
    it tells of the person. `is_down`: it answers 503. `published`: the keys that it shows; it
    signs with the newest of `keys`, or not at all where it `is_unsigned`.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.says: dict[str, Any] = {}
        self.lies: dict[str, Any] = {}
        self.is_down = False
        self.calls_itself = ""
        self._codes: dict[str, dict[str, str]] = {}
        self.keys = [_new_key()]
        self.published = list(self.keys)
        self.is_unsigned = False
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self._port}"
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler())

    @property
    def settings(self) -> dict[str, Any]:
        """What a house must be told to ask here."""
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(PASSWORD),
        }

    def rotate(self) -> None:
        """From now on it signs with another key, and publishes that alone."""
        self.keys.append(_new_key())
        self.published = [self.keys[-1]]

    def start(self) -> None:
        """Serves from now on."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,)).start()

    def stop(self) -> None:
        """Ends."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, target: str, given: dict[str, str], header: str) -> Any:
        """What an address answers: a status with an object, or with where to go on."""
        path = urlsplit(target).path
        if self.is_down:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.calls_itself or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        if path == "/keys":
            return 200, {"keys": [key.as_dict(private=False) for key in self.published]}
        if path == "/authorize":
            return 302, self._authorised(given)
        if (method, path) == ("POST", "/token"):
            return self._token(given, header)
        return 404, {}

    def _authorised(self, given: dict[str, str]) -> str:
        assert given["response_type"] == "code"
        assert given["client_id"] == CLIENT
        assert given["code_challenge_method"] == "S256"
        assert "openid" in given["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def _token(self, given: dict[str, str], header: str) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = f"Basic {base64.b64encode(f'{CLIENT}:{PASSWORD}'.encode()).decode()}"
        if header != known:
            return 401, {"error": "invalid_client"}
        if asked is None or asked["redirect_uri"] != given.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        if asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        seconds = int(self.now.timestamp())
        claims = {
            "iss": self.issuer, "sub": "u-1", "aud": CLIENT, "nonce": asked["nonce"],
            "iat": seconds, "exp": seconds + 300, **self.says, **self.lies,
        }  # fmt: skip
        told = {name: value for name, value in claims.items() if value is not None}
        key = self.keys[-1]
        signed = jwt.encode({"alg": "ES256", "kid": key.kid}, told, key)
        if self.is_unsigned:
            nothing = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            signed = f"{nothing}.{signed.split('.')[1]}."
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._reply(dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", "0"))
                self._reply(dict(parse_qsl(self.rfile.read(length).decode())))

            def _reply(self, given: dict[str, str]) -> None:
                header = self.headers.get("authorization", "")
                status, said = stand.answer(self.command, self.path, given, header)
                self.send_response(status)
                if isinstance(said, str):
                    self.send_header("location", said)
                    self.end_headers()
                    return
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_: Any) -> None:
                return

        return Handler


def _new_key() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig"})


@contextmanager
def provider_stand(now: datetime) -> Iterator[ProviderStand]:
    """A provider that serves until the block ends."""
    stand = ProviderStand(now)
    stand.start()
    try:
        yield stand
    finally:
        stand.stop()
