"""The program. Ctrl-C ends it quietly, even while it is still being loaded."""


def main() -> None:
    """Load the commands and run the one that is asked for."""
    try:
        from taxcalc.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
