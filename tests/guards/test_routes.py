"""Every route has one door, and the doors without a lock are these and no others."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant

from app.core.errors import AppError
from app.models.access.rbac import Permission
from app.routers import deps
from tests.factories.application import application

PUBLIC = {
    "GET /api/v1/auth/state",
    "GET /api/v1/settings/logo",
    "POST /api/v1/auth/token",
    "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/logout",
    "POST /api/v1/auth/link",
    "POST /api/v1/auth/link/state",
    "POST /api/v1/auth/setup",
    "POST /api/v1/auth/demo",
}
ANYONE_SIGNED_IN = {
    "GET /api/v1/first-steps",
    "GET /api/v1/me",
    "GET /api/v1/notices",
    "GET /api/v1/notices/unread",
    "POST /api/v1/notices/read",
    "PATCH /api/v1/me",
    "POST /api/v1/auth/password",
    "GET /api/v1/recycle-bin",
}
KEPT_ERRORS = {"LoginFailed", "TokenReused"}


def routes(app: FastAPI) -> Iterator[tuple[str, Any]]:
    """Yield the routes as they are served: method and path -> the route in the context of its includes."""
    for included in app.routes:
        for route in getattr(included, "effective_route_contexts", list)():
            yield f"{min(route.methods)} {route.path}", route


def doors(dependant: Dependant) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for inner in dependant.dependencies:
        if inner.call is deps.context:
            found.append(("allow", tuple(inner.own_oauth_scopes or ())))
        elif inner.call is deps.anybody:
            found.append(("public", ()))
        found += doors(inner)
    return found


def test_the_walk_sees_the_whole_api() -> None:
    assert len(dict(routes(application()))) >= 60


def test_every_route_has_exactly_one_door() -> None:
    wrong = {name: doors(route.dependant) for name, route in routes(application()) if len(doors(route.dependant)) != 1}
    assert wrong == {}


def test_the_public_routes_are_pinned() -> None:
    assert {n for n, r in routes(application()) if doors(r.dependant)[0][0] == "public"} == PUBLIC


def test_routes_without_a_right_are_pinned() -> None:
    found = {n for n, r in routes(application()) if doors(r.dependant)[0] == ("allow", ())}
    assert found == ANYONE_SIGNED_IN


def test_rights_on_routes_are_permissions() -> None:
    named = {right for _, route in routes(application()) for right in doors(route.dependant)[0][1]}
    assert named <= {right.value for right in Permission}


def test_every_route_declares_its_answer() -> None:
    silent = {n for n, r in routes(application()) if r.response_model is None and r.status_code != 204}
    assert silent == set()


def test_errors_that_keep_what_was_flushed_are_pinned() -> None:
    def below(kind: type[AppError]) -> set[type[AppError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    assert {kind.__name__ for kind in below(AppError) if kind.keep} == KEPT_ERRORS


@pytest.mark.parametrize("right", list(Permission))
def test_permissions_follow_the_grammar(right: Permission) -> None:
    resource, action = right.value.split(":")
    assert right.name == f"{resource}_{action}"
