"""Customers, their contacts, and what is done with them."""
