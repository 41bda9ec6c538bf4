"""How does one get the sample with its history? `python -m examples.meridian_history FOLDER`."""

import sys
import time
from pathlib import Path

from lockgate.kernel.clock import system_clock
from lockgate.kernel.errors import Exit, LockgateError

from .filling import fill


def main() -> int:
    """Fill the folder that is named, and say what was done; return the exit code."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one folder
        print("Usage: python -m examples.meridian_history FOLDER", file=sys.stderr)
        return Exit.USAGE
    began = time.monotonic()
    try:
        filled = fill(Path(sys.argv[1]), system_clock())
    except LockgateError as error:
        print("\n".join(error.lines()), file=sys.stderr)
        return error.exit
    print(f"Meridian is in {filled.root}, with a history of ten months that ends now.")
    print(f"{filled.head.number:,} records in its ledger, of {filled.records:,} records in registers.")
    print(f"Its ledger was signed a week ago: {filled.checkpoint}")
    print(f"Done in {time.monotonic() - began:.0f} s. Look at it: cd {filled.root} && lockgate gate list")
    return Exit.DONE


if __name__ == "__main__":
    sys.exit(main())
