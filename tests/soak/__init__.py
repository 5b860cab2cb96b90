"""What takes minutes: run by `make soak`, not with every change."""
