"""What Kith itself says in data, for the reader's language to make words of."""

from typing import Literal

from app.core.types import Read


class Told(Read):
    """A code and its facts.

    `chance_won`: the first activity of a customer that a chance made (number). `arrival`: pieces came in (number).
    `shipment`, `shipment_removed`: pieces left, or came back from a shipment that never did (number, order).
    `order_taken`: pieces left with an order that was shipped before it was known here (order).
    `imported`, `import_taken_back`: an import told what lies there, or was taken back.
    """

    code: Literal[
        "chance_won", "arrival", "shipment", "shipment_removed", "order_taken", "imported", "import_taken_back"
    ]
    facts: dict[str, str]
