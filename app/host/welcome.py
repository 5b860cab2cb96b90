"""What the person at the terminal reads when Kith is up."""

from pathlib import Path


def welcome(address: str, data: Path, *, setup_token: str | None, demo: bool) -> str:
    """Say where Kith is and how to log in."""
    lines = ["", f"  客智 Kith CRM runs at {address}", f"  Data: {data}", ""]
    if setup_token:
        lines.append(f"  First start: create the administrator at {address}/setup#token={setup_token}")
        lines.append("  The link works once, for 30 minutes; the next start prints a new one.")
    elif demo:
        lines.append("  Demo company: the log-in page lists its people; one click signs you in.")
    else:
        lines.append(
            "  Log in with your user name and password. Forgotten? ./crm user link NAME makes a one-time link."
        )
    return "\n".join([*lines, "", "  Ctrl-C stops it; nothing is lost.", ""])
