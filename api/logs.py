"""Writes logs as one JSON object a line: events with ids and numbers, never what people wrote."""

import json
import logging

_FIELDS = (
    "request_id",
    "method",
    "route",
    "status",
    "ms",
    "error",
    "at",
    "event",
    "count",
    "mentorships",
    "passages",
    "state",
    "model",
    "host",
)
_QUIET = ("uvicorn.access", "uvicorn.asgi", "httpx", "httpx2", "openai", "langchain", "chromadb")


class EventFormatter(logging.Formatter):
    """Writes an event's name and its allowed fields, and nothing else that it carries."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line of JSON."""
        event = {"at_time": self.formatTime(record), "level": record.levelname, "event": record.msg}
        event |= {
            name: getattr(record, name)
            for name in _FIELDS
            if hasattr(record, name) and name != "event"
        }
        return json.dumps(event, default=str)


def configure(level: str) -> None:
    """Log the coach's events to standard error, and silence loggers that repeat paths or bodies."""
    handler = logging.StreamHandler()
    handler.setFormatter(EventFormatter())
    coach = logging.getLogger("coach")
    coach.handlers[:] = [handler]
    coach.setLevel(level.upper())
    coach.propagate = False
    for name in _QUIET:
        quiet = logging.getLogger(name)
        quiet.handlers[:] = []
        quiet.propagate = False
        quiet.disabled = True
