"""`python -m geo` is `controlmap`."""

from geo.cli import main

main()
