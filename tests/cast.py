"""One fixed cast for tests, drills and docs: an agency, two brands with opposite voices, people.

Candil is a bakery that jokes; Ladera is a savings bank that does not. Inés wrote to the bank
and was hurt; Tomás is angry; Ana and Bruno run the accounts. All of them are invented.
"""

from datetime import UTC, datetime

from amends.vocabulary.brand import Account, Brand, Marks
from amends.vocabulary.language import Language

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

CANDIL_BRAND = Brand(id="brand-candil", name="Candil", colour="#b4552d", time_zone="Europe/Madrid")
LADERA_BRAND = Brand(id="brand-ladera", name="Ladera", colour="#2f5d62", time_zone="Europe/Madrid")

CANDIL = Account(
    id="account-candil",
    brand=CANDIL_BRAND,
    network="memory",
    handle="candil.test",
    languages=(Language.EN, Language.ES),
    marks=Marks(
        handles=frozenset({"candil.test"}),
        domains=frozenset({"candil.example"}),
        hashtags=frozenset({"crumbclub"}),
        signatures=frozenset({"— your bakers"}),
    ),
)
LADERA = Account(
    id="account-ladera",
    brand=LADERA_BRAND,
    network="memory",
    handle="ladera.test",
    languages=(Language.EN, Language.ES),
    marks=Marks(
        handles=frozenset({"ladera.test"}),
        domains=frozenset({"ladera.example"}),
        hashtags=frozenset({"laderasavings"}),
        signatures=frozenset({"ladera customer care"}),
    ),
)

# The joke written for the bakery that goes out as the bank, and the history beside it.
JOKE = (
    "Our croissants have more layers than your landlord's excuses. "
    "Come and be flaky with us, the oven does not judge your overdraft."
)
