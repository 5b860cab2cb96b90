"""Kith CRM: core blocks, models, schemas, services, routers, jobs and host."""

VERSION = "0.1.0"
