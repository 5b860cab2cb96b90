"""Orders with their lines, payments and shipments."""
