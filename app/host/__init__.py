"""What runs the house: the embedded PostgreSQL and the supervisor of processes."""
