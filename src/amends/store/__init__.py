"""The one Django app with tables; the only room that touches rows.

Each noun has its models in `models/` and its loads and saves in a module of its own; what
leaves this room is vocabulary or a frozen view.
"""
