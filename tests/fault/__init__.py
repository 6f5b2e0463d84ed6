"""A network that misbehaves on request: one ASGI server, three dialects, and its own ledger.

Start it with `tests.fault.server.running()` in this process, or with
``python -m tests.fault.server --clock FILE`` in another; see `world.World` for what a test asks.
"""
