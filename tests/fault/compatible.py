"""A class-none dialect: a server that speaks Mastodon's language and keeps fewer promises.

Measured on one such server (see the design's notes on networks, section 9): the same key twice
gave two posts, a post with `scheduled_at` went out at once, and some calls answered 404. The words
it says of itself are from documents: the version as Pleroma and its relatives write it
("2.7.2 (compatible; ...)"), nodeinfo with its own name, no API version. Seen 2026-11.
"""

from tests.fault.mastodon import Mastodon


class Compatible(Mastodon):
    """One server that is not Mastodon."""

    name = "compatible"
    software, domain, api = "pleroma", "compatible.test", 0
    version = "2.7.2 (compatible; Pleroma 2.6.3)"
    node_version = "2.6.3"
    knows_keys = False
    knows_schedules = False
    missing = frozenset({"GET /api/v2/instance", "GET /api/v1/apps/verify_credentials"})
    tells_rate = False
