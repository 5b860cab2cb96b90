"""What every room stands on: dictionary, settings, the log, notices, the recycle bin."""
