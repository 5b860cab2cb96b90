"""What the worker can do: handlers by name, and when the scheduled ones run."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from pydantic import JsonValue

from app.core.ctx import Ctx

Payload = dict[str, JsonValue]
Handler = Callable[[Ctx, Payload], Awaitable[None]]


@dataclass(frozen=True)
class Schedule:
    """A handler that runs by the clock, as a cron expression in UTC; its payload is empty.

    `owner`: it makes tables or indexes, and so works as the role that owns them.
    """

    name: str
    cron: str
    handler: Handler
    owner: bool = False


@dataclass
class Registry:
    """Filled by the decorators in the modules of this package."""

    handlers: dict[str, Handler] = field(default_factory=dict)
    schedules: list[Schedule] = field(default_factory=list)

    def job(self, name: str) -> Callable[[Handler], Handler]:
        """Register what `core.jobs.enqueue(ctx, name, …)` asks for."""

        def register(handler: Handler) -> Handler:
            self.handlers[name] = handler
            return handler

        return register

    def scheduled(self, name: str, cron: str, *, owner: bool = False) -> Callable[[Handler], Handler]:
        """Register what runs by the clock."""

        def register(handler: Handler) -> Handler:
            self.schedules.append(Schedule(name, cron, handler, owner))
            return handler

        return register


registry = Registry()
