"""What happens at each flush without being called, so that no service can forget it, in this order.

Columns and tables declare what they are; only what stands here listens. Loaded with the tables.
"""

from sqlalchemy import event
from sqlalchemy.orm import Mapper

from app.core.db import KithSession
from app.core.flush import derived, feed, ids, log, moves, nouns, repeated, stamps, sums

BEFORE = (stamps.stamp, log.note_drawn, ids.guard, moves.begin, repeated.begin)
AFTER = (nouns.note, log.note, sums.note, feed.note, moves.follow, repeated.follow)

event.listen(Mapper, "mapper_configured", derived.follow)
for each in BEFORE:
    event.listen(KithSession, "before_flush", each)
for each in AFTER:
    event.listen(KithSession, "after_flush", each)
