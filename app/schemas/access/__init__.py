"""Who comes in and what they may: people, departments, roles, sessions."""
