"""One joke, ten ways a colleague might write it again, and ten posts that are innocent.

Frozen before the first pattern was distilled, and not to be edited to suit one: what is
caught and what is wrongly stopped here is a measurement.
"""

from tests.cast import JOKE

__all__ = ["BANK_POSTS", "INNOCENT", "JOKE", "PARAPHRASES"]

PARAPHRASES = (
    "Our croissants have more layers than your landlord has excuses. Come be flaky with us.",
    "More layers than your landlord's excuses: the croissants are out of the oven, and they "
    "never ask about your overdraft.",
    "Your landlord runs out of excuses before our croissants run out of layers.",
    "Flaky? Us? Only the croissants. And the oven never once asked how deep in the red you are.",
    "We counted: 27 layers in a croissant, 28 excuses from your landlord. Close race, tastier "
    "winner.",
    "The oven does not check your balance before it warms up. Come in and be as flaky as you like.",
    "Landlord still full of excuses? Our pastry is only full of butter, and nobody here minds "
    "your overdraft.",
    "Layer upon layer, like the stories your landlord tells about the boiler. Croissants from "
    "seven.",
    "Overdrawn again? The oven won't hold it against you. Get yourself something flaky.",
    "If your landlord's promises were this flaky you could at least eat them with jam. "
    "Croissants, fresh now.",
)

INNOCENT = (
    "Our croissants come out of the oven at seven, and again at ten.",
    "New on the counter: a layered honey cake that takes three days.",
    "The oven is being repaired on Tuesday. We open at nine and apologise for the wait.",
    "Flaky pastry, slow butter, a bit of patience. That is all there is to it.",
    "We do not judge how you eat a croissant. Jam first, jam last, all welcome.",
    "From May the fee for an unarranged overdraft is gone. You will find the details in your "
    "account.",
    "Is your landlord keeping the deposit? Our guide explains what you may ask for, step by step.",
    "Renting for the first time? Six questions to put to a landlord before you sign.",
    "No excuses: our app was down for an hour this morning, and that is on us.",
    "Your savings have layers of protection: the deposit guarantee, two-step sign-in and people "
    "who watch at night.",
)

# What the bank says on ordinary days, invented.
BANK_POSTS = (
    "Our branches close at two on Thursday for a staff training. The app works as always.",
    "How much should an emergency fund hold? Three months of fixed costs is a good start.",
    "We never ask for your password, neither by phone nor by message.",
    "The fee for paper statements ends in April. You do not need to do anything.",
    "Saving for a first home? Our advisers answer your questions every Tuesday evening.",
    "Card lost abroad? Block it in the app within seconds and call us when you can.",
    "Our annual report is out. You can read it, with a summary of four pages, on our site.",
    "An arranged overdraft costs less than an unarranged one. Ask before you need it.",
    "Instant transfers are now free for all our customers.",
    "Maintenance tonight from one to four: transfers will arrive in the morning.",
    "Thinking of a fixed rate? This calculator shows what each month would cost you.",
    "Three signs of a false message: haste, a link, a threat. When in doubt, call us.",
    "Our foundation gives forty scholarships this year. Applications are open until June.",
    "Your overdraft limit can be changed in the app under account settings.",
    "We welcome two new branch managers, who both began here as trainees.",
    "What changes in the tax return this year, in five short answers.",
    "Savings plans from 25 a month, and you can pause them at any time.",
    "Our cash machines in the old town are being replaced this week.",
    "Contactless up to 50 without a code. You can lower that limit yourself.",
    "The interest on our savings account rises to 1.8 per cent on the first of the month.",
    "Pension questions? Book half an hour with us, in the branch or by video.",
    "Our customer service is open on Saturday from nine to two.",
    "Rent, power, insurance: see all your standing orders on one page of the app.",
    "A budget does not have to be strict to work. It has to be written down.",
)
