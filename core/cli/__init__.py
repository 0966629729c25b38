"""The command line: the same desk as the pages, as the operator or `--as` a person."""

from __future__ import annotations

import os
import sys

import click
from sqlalchemy.exc import DBAPIError

from core.cli.asking import Lazy, Line
from core.errors import NotAllowed, NotFound, Refused, Stale, WillNotStart
from core.plugins import own_names_only
from events import Conflict, Erased, NotReady, Tampered, Unusable


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="TALLYSTICK_HOME is its folder, TALLYSTICK_DATABASE where its log is. README lists every setting.",
)
@click.option("--as", "acting", metavar="EMAIL", help="Act as this person, with their grants; the operator otherwise.")
@click.version_option(package_name="tallystick", message="%(version)s")
@click.pass_context
def cli(context: click.Context, acting: str | None) -> None:
    """Tallystick: SEND records of a multi-academy trust, on a sealed log."""
    context.obj = Line(dict(os.environ), acting)
    context.call_on_close(context.obj.close)


def main() -> None:
    """Runs the command line: exit code 0 when done, 1 when refused or found wrong, 2 when misused."""
    try:
        own_names_only()
        cli(prog_name="tallystick")
    except (Refused, WillNotStart, NotReady, Conflict, Erased, Tampered, Unusable) as error:
        _fail(str(error))
    except NotAllowed:
        _fail("This has not been granted. Ask whoever looks after people and roles.")
    except NotFound:
        _fail("There is nothing there, or nothing that has been granted.")
    except Stale as error:
        _fail(" ".join([str(error), *error.recorded]))
    except UnicodeDecodeError:
        _fail("The file is no text in UTF-8.")
    except OSError as error:
        _fail(f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}.")
    except DBAPIError as error:
        _fail(f"The database cannot be read or written ({type(error.orig).__name__}); see docs/running.md.")


def _fail(says: str) -> None:
    click.echo(says, err=True)
    sys.exit(1)
