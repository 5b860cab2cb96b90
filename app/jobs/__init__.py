"""Scheduled and background work: thin callers of services."""
