"""The ASGI edge of Kith CRM: it knows everything, nobody imports it."""
