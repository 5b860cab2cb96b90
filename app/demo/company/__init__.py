"""The demo company: invented, made from a fixed seed, dated relative to today."""
