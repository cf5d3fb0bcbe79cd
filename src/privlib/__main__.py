"""`python -m privlib` is the command line."""

from privlib.cli import main

main()
