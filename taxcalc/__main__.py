"""The program. Ctrl-C ends it quietly, even while it is still being loaded or put away."""

import sys

from taxcalc.base.unraisable import last_resort


def main() -> None:
    """Load the commands and run the one that is asked for."""
    sys.unraisablehook = last_resort
    try:
        from taxcalc.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        import signal

        # all is said and written: what is left is Python putting itself away, which would still die of a Ctrl-C
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
