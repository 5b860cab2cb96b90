"""What is sold and where it lies: products, categories, stock, arrivals."""
