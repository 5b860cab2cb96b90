"""One noun, one file in every layer; files stay as long as a reader enjoys; SQL text stays out of services."""

import ast
from pathlib import Path

import pytest

from app.core.settings import ROOT

APP = ROOT / "app"
PARTS = {
    "services": {
        "audit_names": "names for what the log knows by ids",
        "changes": "the feed of every noun with a list",
        "chance_actions": "what may be done with a chance",
        "customer_actions": "what may be done with a customer",
        "linkman_actions": "what may be done with a contact",
        "plan_actions": "what may be done with a plan item",
        "chance_stages": "the way of chances through the stages",
        "chance_summary": "the sums of chances",
        "chance_timeline": "chances by the month of their close",
        "customer_bin": "customers in the recycle bin",
        "customer_fields": "which facts of a customer may and must be given",
        "conversions": "the customer that a won chance makes",
        "departments_below": "what hangs below a department",
        "dict_uses": "where records carry a value of the dictionary",
        "housekeeping": "called by a schedule",
        "idempotency": "a service of every route, without one of its own",
        "incoming": "what is on its way into stock",
        "invitations": "people invited at once",
        "installation": "what auth/state shows",
        "people_loads": "how much work people have",
        "periodic_drafts": "customer reports that compose themselves",
        "periodic_notices": "who hears of a customer report",
        "periodic_fonts": "the fonts of printed pages",
        "periodic_pdf": "the customer management report as PDF",
        "report_attained": "what one reached of one's own goals",
        "report_contribution": "the analysis of what customers order",
        "report_losses": "the analysis of lost customers",
        "report_orders": "what customers ordered in a period",
        "report_reasons": "the analyses of how chances ended",
        "report_customers": "the analysis of the customer base",
        "report_drill": "which records stand behind a number of a report",
        "report_rows": "how the records behind a number are listed",
        "report_frame": "what all reports share",
        "report_period": "the days of a report, and those before",
        "report_services": "the analysis of services",
        "report_sheets": "a report as XLSX or CSV",
        "report_team": "the team's activity",
        "report_goals": "the analysis of what was reached of the goals",
        "report_words": "the words of reports",
        "report_sales": "the analyses of chances",
        "links": "one-time links",
        "linkman_moves": "contacts that go to another customer",
        "linkman_posts": "the posts of one person",
        "loss_actions": "what may be done with churn",
        "loss_detection": "the search for customers that stopped buying",
        "loss_rules": "by which rules customers are warned of",
        "loss_steps": "the life cycle of churn",
        "order_actions": "what may be done with an order",
        "order_amounts": "what lines cost and an order adds up to",
        "order_lines": "the lines of orders",
        "order_parts": "what hangs on an order, read",
        "order_payments": "the payments of orders",
        "order_shipments": "the shipments of orders",
        "order_steps": "the life cycle of orders",
        "order_summary": "the sums of a customer's orders",
        "order_totals": "what regions ordered, kept with the sums of orders",
        "product_attributes": "the attributes of products",
        "product_pictures": "the pictures of products",
        "purges": "what leaves the recycle bin for good",
        "reach": "how far they reach who keep people and departments",
        "reservations": "the stock that orders hold",
        "roles": "keeping roles and their rights",
        "administrators": "who keeps the installation running",
        "backup_facts": "what a backup says of the database in it",
        "sessions": "who is signed in, by tokens",
        "setting_files": "settings as a file",
        "setting_items": "items of the dictionary in settings",
        "setting_kinds": "what a setting may be",
        "process_edits": "keeping sales processes",
        "service_actions": "what may be done with a service",
        "service_chances": "the chance that an inquiry becomes",
        "service_facts": "what may be said of a service",
        "service_queues": "how much service work waits",
        "service_steps": "the life cycle of services",
        "throttle": "how often a password may be tried",
        "outgoing": "files with figures, and what the log tells of them",
        "twins": "duplicates of customers",
        "currencies": "what the installation's currency may become",
        "customer_norms": "the form of names by which duplicates are found",
    },
    "routers": {
        "feeds": "the one way in which nouns tell what changed",
        "downloads": "the one way in which files with figures leave",
        "cookies": "what browsers keep",
        "deps": "the doors",
        "etags": "which version is changed",
        "bodies": "which kinds of body are read",
        "route": "what every route does",
        "state": "what an application holds",
    },
}
WITHOUT_SCHEMA = {"rbac"}
BUDGETS = {"routers": 160, "services": 270, "schemas": 220, "models": 150, "core": 190}
FORBIDDEN_NAMES = {"common", "utils", "helpers", "misc", "base"}


def modules(layer: str) -> set[str]:
    return {path.stem for path in (APP / layer).glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("noun", sorted(modules("routers") - PARTS["routers"].keys()))
def test_a_router_has_its_service_and_schema(noun: str) -> None:
    assert noun in modules("services")
    assert noun in modules("schemas")


def test_a_service_belongs_to_a_router() -> None:
    nouns = modules("routers") - PARTS["routers"].keys()
    families = {
        name for name in modules("services") if any(name.startswith(prefix) for prefix in ("import_", "demo", "verify"))
    }
    assert modules("services") - nouns - PARTS["services"].keys() - families == set()


@pytest.mark.parametrize("layer", sorted(BUDGETS))
def test_files_stay_readable(layer: str) -> None:
    long = {
        path.name: lines
        for path in (APP / layer).glob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > BUDGETS[layer]
    }
    assert long == {}


def test_no_file_is_a_drawer_for_everything() -> None:
    found = {path.relative_to(ROOT) for path in APP.rglob("*.py") if path.stem in FORBIDDEN_NAMES}
    assert found == set()


def names_called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def test_services_write_no_sql_as_text() -> None:
    assert [path.name for path in (APP / "services").glob("*.py") if "text" in names_called(path)] == []


def test_services_do_not_commit() -> None:
    def commits(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        return any(isinstance(node, ast.Attribute) and node.attr == "commit" for node in ast.walk(tree))

    assert [path.name for path in (APP / "services").glob("*.py") if commits(path)] == []
