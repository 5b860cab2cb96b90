"""Access tokens: what is accepted is what we issued, now, with our key and no other way."""

from datetime import UTC, datetime, timedelta

import pytest
from jose import jwt

from app.core.errors import Unauthenticated
from app.core.tokens import ALGORITHM, Tokens

KEY = "0123456789abcdef0123456789abcdef"


def now() -> datetime:
    """Return this moment: a token of when the file was read has expired before a long run comes to it."""
    return datetime.now(UTC)


def forge(**changes: object) -> str:
    claims = jwt.get_unverified_claims(Tokens(KEY).issue(7, ["manager"], 3, now()))
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode(claims, KEY, algorithm=ALGORITHM)


def test_what_was_issued_is_read() -> None:
    claims = Tokens(KEY).read(Tokens(KEY).issue(7, ["admin", "manager"], 3, now()))
    assert (claims.user_id, claims.roles, claims.version) == (7, ("admin", "manager"), 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None}, {"jti": None}, {"sub": None}, {"aud": "other"}, {"iss": "other"}, {"typ": "refresh"},
        {"typ": None}, {"exp": 1}, {"nbf": int((now() + timedelta(hours=1)).timestamp())}, {"sub": "x"},
    ],
)  # fmt: skip
def test_a_token_that_lacks_or_bends_a_claim_is_refused(changes: dict[str, object]) -> None:
    Tokens(KEY).read(forge())
    with pytest.raises(Unauthenticated):
        Tokens(KEY).read(forge(**changes))


def test_other_keys_and_algorithms_are_refused() -> None:
    claims = jwt.get_unverified_claims(forge())
    for token in (
        jwt.encode(claims, KEY[::-1], algorithm="HS256"),
        jwt.encode(claims, KEY, algorithm="HS512"),
        forge().rsplit(".", 1)[0] + ".",
        "",
        "a.b.c",
    ):
        with pytest.raises(Unauthenticated):
            Tokens(KEY).read(token)


@pytest.mark.parametrize("key", ["", "short", "-----BEGIN PUBLIC KEY-----" + "x" * 40, "ssh-rsa " + "x" * 40])
def test_weak_keys_are_refused_at_start(key: str) -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        Tokens(key)
