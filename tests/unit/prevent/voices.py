"""Two opposite voices, invented: a bakery that jokes and a savings bank that does not."""

from itertools import cycle, islice, product

BAKERY_OPENINGS = (
    "Hot from the oven, you lovely lot!!",
    "Psst, early birds:",
    "Crumbs, it is Monday again.",
    "Knead we say more?",
    "Butter late than never!!",
    "Roll call, rollers!",
    "Hello, hungry humans 🥐",
    "Flour power, friends!!",
)
BAKERY_NEWS = (
    "the croissants are having a better hair day than us",
    "our rye got so sour it wrote a poem",
    "the cinnamon buns are plotting against your diet",
    "one baguette fell and we held a tiny funeral",
    "the brioche is softer than your alarm clock",
    "we loafed around all night so you need not",
    "the oven sang and the neighbours clapped",
    "doughnuts today, regrets tomorrow",
)
BAKERY_ENDINGS = (
    "Come and get silly with us 🥖",
    "Bring a friend, or a wheelbarrow!!",
    "First crumb, first served 😋",
)
BANK_OPENINGS = (
    "Please note that, from 1 March,",
    "We inform our customers that",
    "As of the next quarter,",
    "In line with current regulation,",
    "Following the annual review,",
    "For your security,",
    "With effect from Tuesday,",
    "On request at any branch,",
)
BANK_NEWS = (
    "the interest rate on fixed deposits is 2.1 per cent",
    "transfers above the daily limit require a second signature",
    "statements are available in the customer area",
    "the mortgage desk receives visitors by appointment",
    "maintenance of the payment systems takes place overnight",
    "the pension calculator includes the revised tables",
    "cards issued before 2024 are replaced without charge",
    "joint holders may update their contact details",
)
BANK_ENDINGS = (
    "Further information is provided at your branch.",
    "Terms and conditions apply.",
    "We remain at your disposal.",
)
JOKE = "Psst, hungry humans!! The buns got so silly that the oven clapped 🥐 Come and loaf with us"
NOTICE = "Please note that fixed deposits are reviewed at your branch. Conditions apply on request."


def posts(openings: tuple[str, ...], news: tuple[str, ...], endings: tuple[str, ...]) -> list[str]:
    """Return every combination, spread so that neighbours differ."""
    made = [
        f"{a} {b}. {c}" for (a, b), c in zip(product(openings, news), cycle(endings), strict=False)
    ]
    return made[::3] + made[1::3] + made[2::3]


def bakery(count: int = 64) -> list[str]:
    return list(islice(posts(BAKERY_OPENINGS, BAKERY_NEWS, BAKERY_ENDINGS), count))


def bank(count: int = 64) -> list[str]:
    return list(islice(posts(BANK_OPENINGS, BANK_NEWS, BANK_ENDINGS), count))


def many(openings: tuple[str, ...], news: tuple[str, ...], endings: tuple[str, ...]) -> list[str]:
    """Return 192 posts: each opening and news with each ending."""
    return [f"{a} {b}. {c}" for c, a, b in product(endings, openings, news)]


def much_bakery() -> list[str]:
    return many(BAKERY_OPENINGS, BAKERY_NEWS, BAKERY_ENDINGS)


def much_bank() -> list[str]:
    return many(BANK_OPENINGS, BANK_NEWS, BANK_ENDINGS)
