"""`python -m assistant` is the command `assistant`."""

from assistant.cli import main

# Processes that `evaluate --jobs` starts import this file again.
if __name__ == "__main__":
    main()
