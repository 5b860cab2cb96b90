"""The headers of the API, each declared once: what it means, who keeps it, what pages of other sites may send and read."""

from typing import NamedTuple


class Answered(NamedTuple):
    """What a header of an answer tells; `kept`: a call that is repeated gets it again."""

    means: str
    kept: bool = False


STALE, WHERE, VERSION = "Cache-Group-Invalidation", "Content-Location", "ETag"
ANSWERED = {
    STALE: Answered(
        "The nouns whose records the write changed, or are otherwise than its caller believed, as RFC 9875 writes them: "
        '`"customers", "losses"`. Answers that were kept of these are out of date.',
        kept=True,
    ),
    "Content-Language": Answered("In which language a refusal is told."),
    "Content-Disposition": Answered("What the file is called."),
    WHERE: Answered(
        "The address of the record that this answer is, as it is now: what is kept of it can be replaced.", kept=True
    ),
    "Content-Type": Answered("In which form the answer is.", kept=True),
    VERSION: Answered(
        "The record's version, weak (`W/`) where the answer came packed; what a change names in `If-Match`.", kept=True
    ),
    "Idempotent-Replay": Answered("Whether this was answered before, to a call with the same key."),
    "RateLimit": Answered('Calls left, and seconds until there are more: `"default";r=5999;t=60`.'),
    "RateLimit-Policy": Answered("How many calls there are in how many seconds."),
    "Retry-After": Answered("Seconds to wait."),
    "WWW-Authenticate": Answered("How to sign in."),
    "X-Request-Id": Answered("What the log calls this request; the caller's own if it sent one."),
}
SENT = (
    "Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-Id",
)  # fmt: skip
"""What callers may send besides what every browser sends by itself."""
KEPT = tuple(name.lower() for name, one in ANSWERED.items() if one.kept)
EXPOSED = tuple(name for name in ANSWERED if name != "Content-Type")
"""What a page of another site is shown only when it is named (Fetch, section 3.3.7)."""
