"""The list of our own posts: read back from the newest, page by page."""

from collections.abc import Iterator
from datetime import datetime

from amends.networks.mastodon.limits import PAGE, PAGES
from amends.networks.mastodon.session import NOT_UNDERSTOOD, Api
from amends.networks.mastodon.wire import Raw, Status, status_in
from amends.vocabulary.errors import Unreachable


def own(api: Api, most: int) -> Iterator[Raw]:
    """Return our own posts as they come, newest first, at most so many; boosts are left out.

    Raises:
        NetworkError: A page could not be read.
    """
    params = {"limit": str(PAGE), "exclude_reblogs": "true"}
    seen: set[str] = set()
    while len(seen) < most:
        page = api.listed(f"/api/v1/accounts/{api.place.account}/statuses", **params)
        fresh = [one for one in page if str(one.get("id")) not in seen]
        if not fresh:
            return
        yield from fresh[: most - len(seen)]
        seen.update(str(one.get("id")) for one in fresh)
        params["max_id"] = str(fresh[-1].get("id"))


def own_since(api: Api, since: datetime) -> Iterator[tuple[Raw, Status]]:
    """Return our own posts, newest first, back to a moment.

    Raises:
        NetworkError: Not all of them could be read: any of the rest may be the one looked for.
    """
    for number, raw in enumerate(own(api, PAGES * PAGE), 1):
        one = status_in(raw)
        at = one.at() if one else None
        if one is None or at is None:
            raise Unreachable(NOT_UNDERSTOOD)
        if at < since:
            return
        if number == PAGES * PAGE:
            raise Unreachable("There are too many posts since then to look through.")
        yield raw, one
