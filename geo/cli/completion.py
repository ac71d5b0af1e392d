"""`controlmap completion`"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes the shell complete commands, options, and ids of places and kinds.

    \b
    Examples:
      controlmap completion bash > ~/.local/share/bash-completion/completions/controlmap
      controlmap completion zsh > ~/.zfunc/_controlmap
      controlmap completion fish > ~/.config/fish/completions/controlmap.fish
    """
    from geo.cli.root import cli

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"This program cannot complete for {shell}.")
    click.echo(made(cli, {}, "controlmap", "_CONTROLMAP_COMPLETE").source())
