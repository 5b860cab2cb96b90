"""The API keeps its word: whatever is sent, every answer is one that the OpenAPI document declares, and none is 5xx."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.document import build
from tests.factories.examples import examples
from tests.factories.make import Make
from tests.factories.team import Team

pytestmark = pytest.mark.commits

EXAMPLES = examples(3)
"""For each operation and mode, on top of the schema's own examples."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ENDS_THE_SESSION = {"setUp", "logInAsDemo", "changePassword", "fillDemo", "logIn", "logInByLink"}
"""These spend an Argon2 hash, or the installation, for each example; their own tests have them."""


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
async def test_every_answer_is_declared(app: FastAPI, team: Team, ids: dict[str, Any], mode: GenerationMode) -> None:
    load_all_checks()
    loop, failures = asyncio.get_running_loop(), {}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    people = [team.manager, team.supervisor, team.admin]
    tokens = [app.state.kith.tokens.issue(p.id, sorted(p.roles), 1, Make.now()) for p in people]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        for found in schemathesis.openapi.from_dict(build(app)).get_all_operations():
            operation = found.ok()
            name = operation.definition.raw["operationId"]
            takes = [*operation.definition.raw.get("parameters", []), *operation.definition.raw.get("requestBody", {})]
            if name in ENDS_THE_SESSION or (mode is GenerationMode.NEGATIVE and not takes):
                continue
            trial = _trial(operation, mode, ids, tokens, lambda kwargs: _send(client, loop, kwargs))
            try:
                await asyncio.to_thread(trial)
            except (Exception, FailureGroup) as error:  # noqa: BLE001  every operation is tried, then all are shown
                failures[name] = _words(error)
    assert not failures, "\n".join(f"{name}: {words}" for name, words in sorted(failures.items()))


def _trial(
    operation: Any, mode: GenerationMode, ids: dict[str, Any], tokens: list[str], send: Callable[..., httpx.Response]
) -> Callable[[], None]:
    """Return a Hypothesis test of one operation: the record is mostly one that exists, at its first version."""
    named = {p: ids[p] for p in ids if "{" + p + "}" in operation.path}
    sure = {"path_parameters": named} if named else {}

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def trial(data: DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode, **data.draw(st.sampled_from([sure, sure, {}]))))
        sent = case.as_transport_kwargs(base_url="http://test")
        sent["headers"] = dict(sent.get("headers") or {}) | {
            "Authorization": f"Bearer {data.draw(st.sampled_from(tokens))}"
        }
        if operation.method in {"patch", "put", "delete"}:
            sent["headers"]["If-Match"] = data.draw(st.sampled_from(['"1"', 'W/"2"', "", "x", '"²"']))
        case.validate_response(send(sent), checks=CHECKS)

    return trial


def _send(client: httpx.AsyncClient, loop: asyncio.AbstractEventLoop, sent: dict[str, Any]) -> httpx.Response:
    """Send one case on the loop that the database's connections belong to."""
    ready = requests.Request(**sent).prepare()
    body = ready.body.encode() if isinstance(ready.body, str) else ready.body
    headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in ready.headers.items()]
    request = client.build_request(ready.method or "", ready.url or "", headers=headers, content=body)
    return asyncio.run_coroutine_threadsafe(client.send(request), loop).result(timeout=30)


def _words(error: BaseException) -> str:
    inner = getattr(error, "exceptions", None)
    return " | ".join(_words(one) for one in inner) if inner else f"{type(error).__name__}: {str(error)[:1500]}"


def test_every_id_in_a_path_is_one_that_exists(app: FastAPI, ids: dict[str, Any]) -> None:
    """A noun that is missing in `ids` would only ever be asked for what is not there."""
    named = {name for path in build(app)["paths"] for name in re.findall(r"{(\w+)}", path)}
    assert named - ids.keys() == {"code"}
