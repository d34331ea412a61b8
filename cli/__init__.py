"""The face: Typer commands that parse, call one function, and print."""
