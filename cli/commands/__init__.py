"""One module a command: a few lines that parse, call one function, and print."""
