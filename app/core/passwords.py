"""Password hashes: Argon2id, off the event loop, at most two at once (each takes 19 MiB)."""

import asyncio

from passlib.context import CryptContext

_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
_limit = asyncio.Semaphore(2)
LONGEST = 1000
"""Characters: more are never hashed (passlib itself refuses 4096 bytes with an error)."""


async def hash_password(password: str) -> str:
    """Return the hash to store."""
    async with _limit:
        return await asyncio.to_thread(_context.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether the password fits; without a stored hash the same time is spent and the answer is no.

    The same for one that is too long: nobody learns by it which names exist.
    """
    async with _limit:
        if not stored or len(password) > LONGEST:
            await asyncio.to_thread(_context.dummy_verify)
            return False
        return bool(await asyncio.to_thread(_context.verify, password, stored))
