"""The program. Ctrl-C ends it quietly, even while it is still being loaded or put away."""

import sys

import taxcalc
from taxcalc.base.unraisable import last_resort
from taxcalc.base.version import __version__

_FOREIGN = (
    "taxcalc: 此环境中还装有另一个名为 taxcalc 的项目，两者互相覆盖；请在单独的虚拟环境中安装 taxcalc-cn\n"
    "taxcalc: another project that is called taxcalc lies over this one; install taxcalc-cn in an environment of its own"
)
"""Not in the catalogue of messages: what is imported may be the other's."""


def main() -> None:
    """Load the commands and run the one that is asked for."""
    if getattr(taxcalc, "__version__", "") is not __version__:
        print(_FOREIGN, file=sys.stderr)
        raise SystemExit(2)
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
