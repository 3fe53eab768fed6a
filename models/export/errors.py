"""The one way the exporter stops: a single clear line, no traceback."""

import sys


class ExportError(Exception):
    """What is wrong and, where it helps, what to do about it; printed as one line."""


def run(main, program):
    """Calls MAIN; where it cannot go on, PROGRAM says why in one line."""
    try:
        main()
    except ExportError as error:
        sys.exit(f"{program}: {error}")
