"""The name of a request travels with the tasks it asks for, so that one search finds both in the log."""

from __future__ import annotations

from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars


@before_task_publish.connect
def send_along(headers: dict[str, Any], **_: Any) -> None:
    request_id = get_contextvars().get("request_id")
    if request_id:
        headers["request_id"] = request_id


@task_prerun.connect
def take_over(task_id: str, task: Any, **_: Any) -> None:
    clear_contextvars()
    bind_contextvars(task=task.name, request_id=getattr(task.request, "request_id", None) or task_id)


@task_postrun.connect
def let_go(**_: Any) -> None:
    clear_contextvars()
