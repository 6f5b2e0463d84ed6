"""The store as a Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables."""

    name = "amends.store"
    label = "store"
