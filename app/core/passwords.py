"""Password hashes: Argon2id, off the event loop, at most two at once in a process (each takes 19 MiB)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from passlib.context import CryptContext

_context = CryptContext(
    schemes=["argon2"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
_threads = ThreadPoolExecutor(2, "passwords")
"""Bound by threads, not by a semaphore: that would belong to one event loop, and let go when an asker goes away before the thread is done."""
LONGEST = 1000
"""Characters: more are never hashed (passlib itself refuses 4096 bytes with an error)."""


async def hash_password(password: str) -> str:
    """Return the hash to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _context.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Tell whether the password fits; without a stored hash the same time is spent and the answer is no.

    The same for one that is too long: nobody learns by it which names exist.
    """
    loop = asyncio.get_running_loop()
    if not stored or len(password) > LONGEST:
        await loop.run_in_executor(_threads, _context.dummy_verify)
        return False
    return bool(await loop.run_in_executor(_threads, _context.verify, password, stored))
