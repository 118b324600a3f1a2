"""How a command ends badly: one clear message, no traceback."""

from typing import NoReturn

import typer


def fail(message: str, code: int = 1) -> NoReturn:
    """Prints a message on standard error and ends the command."""
    typer.echo(f"donghanh: {message}", err=True)
    raise typer.Exit(code)
