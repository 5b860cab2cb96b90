"""Old data come in, and go again."""
