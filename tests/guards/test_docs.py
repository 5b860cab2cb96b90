"""What the documentation says of the code is true."""

from app.core.errors import AppError
from app.core.settings import ROOT
from app.services import (  # noqa: F401  registers the problems that services add
    chance_actions,
    loss_actions,
    order_actions,
    plans,
    reservations,
    service_actions,
    twins,
)


def below(kind: type[AppError]) -> set[type[AppError]]:
    return {kind}.union(*(below(child) for child in kind.__subclasses__()))


def test_every_problem_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    missing = {kind.type() for kind in below(AppError) - {AppError} if f"`{kind.type()}`" not in page}
    assert missing == set()


def test_life_cycles_are_drawn_from_the_code() -> None:
    page = (ROOT / "docs" / "reference" / "life-cycles.md").read_text(encoding="utf-8")
    assert chance_actions.STATES.diagram() in page
    assert plans.STATES.diagram() in page
    assert loss_actions.STATES.diagram() in page
    assert order_actions.STATES.diagram() in page
    assert service_actions.STATES.diagram() in page


def test_decisions_are_indexed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in folder.glob("0*.md") if page.name not in index] == []
