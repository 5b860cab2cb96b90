"""From a chance to its close: chances, plans, processes, goals."""
