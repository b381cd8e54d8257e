"""Starts everything and is imported by nobody. The Celery application is named here so that every process has it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
