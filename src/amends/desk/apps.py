"""The desk as a Django app: templates and static files, no tables."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages."""

    name = "amends.desk"
    label = "desk"
