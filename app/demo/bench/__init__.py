"""Benchmark data: up to a million customers, by COPY."""
