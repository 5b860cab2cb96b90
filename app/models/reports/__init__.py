"""Figures: the analyses, and the report of a month."""
