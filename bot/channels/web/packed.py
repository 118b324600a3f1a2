"""A file of the page, packed once: small on a slow line, and not sent again to who has it."""

import gzip
import hashlib

from fastapi import Request, Response

UNPACKED_LIMIT = 200
"""Bytes below which packing saves nothing."""


class Packed:
    """The same content for everybody. `headers` go with every answer."""

    def __init__(self, content: bytes, media_type: str, headers: dict[str, str]) -> None:
        self._content = content
        self._small = gzip.compress(content, mtime=0) if len(content) > UNPACKED_LIMIT else b""
        self._media_type = media_type
        self.digest = hashlib.sha256(content).hexdigest()[:16]
        self._headers = {**headers, "ETag": f'"{self.digest}"', "Vary": "Accept-Encoding"}

    def response(self, request: Request) -> Response:
        """The content as this browser takes it; 304 where it has it already."""
        if self.digest in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=self._headers)
        if self._small and "gzip" in request.headers.get("accept-encoding", ""):
            headers = {**self._headers, "Content-Encoding": "gzip"}
            return Response(self._small, media_type=self._media_type, headers=headers)
        return Response(self._content, media_type=self._media_type, headers=self._headers)
