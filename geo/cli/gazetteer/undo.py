"""`controlmap gazetteer undo`"""

from __future__ import annotations

import click

from geo import edits
from geo.cli.gazetteer.editing import Edit, edit_options


@click.command("undo")
@click.option("--times", default=1, show_default=True, type=click.IntRange(1), help="Take back so many changes.")
@click.option("--all", "all_of_them", is_flag=True, help="Take back every change of the log.")
@edit_options
def undo_command(times: int, all_of_them: bool, edit: Edit) -> None:
    """Take back the last change that was made on the command line; again, the one before it.

    The files are as they were before it, to the byte. Where one was changed by hand since, its other rows stay as they
    are now. `controlmap gazetteer log` lists the changes.

    \b
    Examples:
      controlmap gazetteer undo
      controlmap gazetteer undo --dry-run
      controlmap gazetteer undo --times 3 --why "wrong village"
    """
    count = len(edits.standing(edits.changes(edit.folder))) if all_of_them else times
    if edit.dry_run and count > 1:
        raise click.UsageError("--dry-run shows one change; leave out --times and --all.")
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    undone = []
    for _ in range(max(count, 1)):
        change, session = edits.undo(edit.folder, why=edit.why, who=edit.who, dry_run=edit.dry_run)
        undone.append(change)
        before = session.before | before
        after |= session.after
    session.before, session.after = before, after
    lines = [f"undone: {change.what} ({change.when}, {change.who})" for change in undone]
    edit.tell(session, lines, undone=[change.number for change in undone])
