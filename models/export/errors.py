"""The one way the exporter stops: a single clear line, no traceback."""


class ExportError(Exception):
    """What is wrong and, where it helps, what to do about it; printed as one line."""
