"""Shared building blocks; each is the only way to do its thing, and none knows a noun of the business."""
