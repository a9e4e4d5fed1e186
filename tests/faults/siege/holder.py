"""Another process at the database.

`python holder.py FILE read|write` holds it until standard input ends.
"""

import sqlite3
import sys


def main() -> None:
    """Say "held" once it is."""
    path, how = sys.argv[1:]
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        connection.execute("BEGIN IMMEDIATE" if how == "write" else "BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        sys.stdout.write("busy\n")
    else:
        sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
    connection.close()


if __name__ == "__main__":
    main()
