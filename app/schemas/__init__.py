"""What goes in and comes out, one file per noun."""
