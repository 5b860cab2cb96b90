"""After the sale: services, and customers that stop buying."""
