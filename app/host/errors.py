"""The one error of this package: a sentence for the person at the terminal, never a traceback."""


class HostError(Exception):
    """Something on this machine must change before Kith can start; the message says what."""
