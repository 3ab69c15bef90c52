"""Groups of commands: words become calls. `cli.py` puts them together."""
