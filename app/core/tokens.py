"""Access tokens (JWT) and opaque one-time secrets. The only importer of `jose`.

The algorithm is pinned: without `algorithms` a public key in DER form forges HS256.
"""

import hashlib
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jose import JWTError, jwt

from app.core.errors import Unauthenticated

ALGORITHM = "HS256"
ISSUER = AUDIENCE = "kith"
LIFETIME = timedelta(minutes=10)
KEY_BYTES = 32
REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says: who, in which roles, at which version of the person's rights, in which session."""

    user_id: int
    roles: tuple[str, ...]
    version: int
    expires_at: int
    session: str = ""
    """Empty in tokens of releases that named none: they live ten minutes."""
    scopes: frozenset[str] | None = None
    """The rights that the token is limited to; None: all that its person holds."""


class Tokens:
    """Issues and reads access tokens with one key; raises `ValueError` for a key that is too weak."""

    def __init__(self, secret: str) -> None:
        if len(secret.encode()) < KEY_BYTES or secret.startswith(("-----BEGIN", "ssh-")):
            message = f"SECRET_KEY must be at least {KEY_BYTES} random bytes, and not a public key"
            raise ValueError(message)
        self._secret = secret
        self._checked: dict[str, Claims] = {}
        self._kid = hashlib.sha256(secret.encode()).hexdigest()[:8]

    def issue(
        self,
        user_id: int,
        roles: list[str],
        version: int,
        now: datetime,
        session: str = "",
        scopes: Sequence[str] | None = None,
    ) -> str:
        """Return a signed access token that lives for ten minutes, limited to `scopes` if there are any (RFC 9068)."""
        seconds = int(now.timestamp())
        claims: dict[str, Any] = {
            "sub": str(user_id),
            "roles": roles,
            "ver": version,
            "sid": session,
            "typ": "access",
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": seconds,
            "nbf": seconds - 5,
            "exp": seconds + int(LIFETIME.total_seconds()),
            "jti": secrets.token_hex(8),
        }
        if scopes is not None:
            claims["scope"] = " ".join(scopes)
        token: str = jwt.encode(claims, self._secret, algorithm=ALGORITHM, headers={"kid": self._kid})
        return token

    def read(self, token: str) -> Claims:
        """Return the claims of a valid access token; raise `Unauthenticated` for any other string.

        A signature is checked once: a token that was found good is good until it expires.
        """
        known = self._checked.get(token)
        if known and known.expires_at > time.time():
            return known
        claims = self._verify(token)
        if len(self._checked) >= REMEMBERED:
            self._checked.clear()
        self._checked[token] = claims
        return claims

    def _verify(self, token: str) -> Claims:
        options = {f"require_{name}": True for name in ("exp", "nbf", "iat", "sub", "jti", "aud", "iss")}
        try:
            claims = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=options
            )
            if claims.get("typ") != "access":
                raise Unauthenticated
            return Claims(
                int(claims["sub"]),
                tuple(claims["roles"]),
                int(claims["ver"]),
                int(claims["exp"]),
                str(claims.get("sid", "")),
                frozenset(claims["scope"].split()) if "scope" in claims else None,
            )
        except (AttributeError, JWTError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise Unauthenticated from error


def secret_token() -> str:
    """Return a random secret for a person to keep (refresh token, one-time link)."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return what is stored of a secret: its hash."""
    return hashlib.sha256(token.encode()).hexdigest()
