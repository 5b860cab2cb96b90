"""Data that nobody typed: the demo company and the benchmark."""
