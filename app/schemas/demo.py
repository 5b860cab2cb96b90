"""The demo company."""

from app.core.types import Read


class DemoRead(Read):
    """How many records the demo company got."""

    customers: int
    linkmen: int
    chances: int
    plans: int
    activities: int
    orders: int
    services: int
    losses: int
