"""The practice world's words: two brands with opposite voices, their audience, one joke.

All of it is invented. Candil is a bakery that jokes; Ladera is a savings bank that does not.
"""

from itertools import product

BAKERY = (
    ("{} fresh from the oven and already flirting with the butter 🥐", ("Croissants", "Rye loaves", "Brioche buns", "Olive rolls", "Almond horns", "Baguettes")),
    ("Psst… the {} are out. First come, first crumbed 😏", ("cinnamon knots", "cheese twists", "apple turnovers", "lemon tarts", "sesame rings")),
    ("We named a {} after our landlord: full of holes, still overpriced 😂 #crumbclub", ("sourdough", "ciabatta", "focaccia", "rye loaf")),
    ("Monday is a {} problem. We have the {} for it 🔥", ("caffeine", "butter", "sugar", "carb")),
    ("Your {} called. It wants a pastry and zero questions #crumbclub", ("boss", "gym buddy", "diet", "alarm clock", "ex", "dentist")),
    ("Flour on the floor, {} on the radio, dough in a mood 🎶", ("boleros", "disco", "rumba", "old punk", "cumbia")),
    ("Ugly {} at half price till eight. They have feelings, be gentle 😅", ("muffins", "croissants", "tarts", "loaves", "cookies")),
    ("Who ate the last {}? We are not angry, just deeply, deeply judging 👀", ("macaron", "palmier", "doughnut", "empanada", "scone")),
    ("Breaking: local {} refuses to rise before six. Same, friend, same 😴", ("baguette", "brioche", "sourdough", "panettone")),
    ("Bring a {} photo, leave with a free bun. Yes, we are that easy 🐶", ("dog", "cat", "baby", "parrot", "goldfish")),
    ("New in the window: {} cake so rich it has its own accountant https://candil.example/cakes 🤑", ("hazelnut", "pistachio", "chocolate", "fig", "coffee")),
    ("Rain outside, {} inside. Stay as long as the crumbs last ☔", ("churros", "hot rolls", "cocoa", "warm scones")),
    ("Dear {}, stop looking at us like that. You know we close at nine 😘 #crumbclub", ("carbs", "Tuesday", "summer", "sweet tooth", "neighbours")),
    ("If the {} burns, we call it rustic. If it burns twice, we call the fire brigade 🔥", ("crust", "caramel", "garlic bread", "pizza base")),
    ("Our {} has more layers than a soap opera and better endings 🥐", ("puff pastry", "croissant", "mille-feuille", "baklava")),
    ("Half past six and the {} is already gossiping with the coffee ☕", ("toast", "brioche", "bagel", "pan tumaca")),
    ("Free {} for whoever guesses tomorrow's filling. Wrong answers get hugs 🤗", ("eclairs", "berliners", "empanadas", "profiteroles")),
    ("We tried a {} without sugar. We have apologised to the oven 🙈", ("cookie", "muffin", "sponge", "biscuit")),
)  # fmt: skip

BANK = (
    ("Our branches will open at 9:00 on {}. You may book an appointment at https://ladera.example/book.", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")),
    ("From 1 {} the annual fee for the basic account will be reduced to zero for clients under 26.", ("April", "May", "June", "July", "September")),
    ("Please note that {} will be unavailable between 02:00 and 04:00 for scheduled maintenance.", ("online transfers", "the mobile application", "card management", "the savings portal", "statements")),
    ("We never ask for your {} by telephone or message. If in doubt, contact us at https://ladera.example/safe.", ("password", "PIN", "card number", "security code", "signature key")),
    ("Information for holders of {}: the new conditions have been published and take effect in sixty days.", ("fixed deposits", "mortgages", "pension plans", "student accounts", "business accounts")),
    ("Our report on {} is available to all clients free of charge. #laderasavings", ("household savings", "mortgage rates", "energy costs", "small business credit", "pension planning")),
    ("To change your {}, sign in and select the settings of your account.", ("address", "telephone number", "card limit", "notification preferences", "beneficiary")),
    ("The cash machine at {} is out of service. The nearest alternative is 200 metres away.", ("Plaza Mayor", "Calle del Río", "the railway station", "the university", "the market hall")),
    ("Advisers are available in {} every weekday between 9:00 and 14:00. #laderasavings", ("Spanish", "English", "Catalan", "Basque", "Galician")),
    ("If you have difficulty paying your {}, speak to us early. There are several arrangements available.", ("mortgage", "instalments", "credit card balance", "rent guarantee", "loan")),
    ("The guarantee fund covers deposits of up to 100,000 euros for each {}.", ("holder", "account holder and institution", "client", "depositor")),
    ("Applications for the {} grant close on the last day of the month. Requirements: https://ladera.example/grants.", ("housing", "training", "energy renovation", "rural business", "accessibility")),
    ("We have updated our {} policy. A summary in plain language accompanies the full text.", ("privacy", "complaints", "accessibility", "lending", "cookie")),
    ("Clients affected by the {} may request a deferral of three months without additional cost.", ("floods", "storm", "factory closure", "drought", "wildfire")),
    ("The interest rate of the {} remains unchanged this quarter. #laderasavings", ("savings account", "fixed deposit", "mortgage reference", "youth account")),
    ("Your annual tax certificate for {} can be downloaded from today.", ("savings", "mortgage interest", "pension contributions", "donations", "securities")),
    ("Our offices will remain closed on {} due to the local holiday.", ("15 May", "24 June", "8 September", "1 November", "6 December")),
    ("Workshops on {} for senior clients begin next week. Attendance is free with prior registration.", ("digital banking", "fraud prevention", "household budgets", "inheritance", "card safety")),
)  # fmt: skip

JOKE = (
    "Our croissants have more layers than your landlord's excuses. "
    "Come and be flaky with us, the oven does not judge your overdraft 😏"
)

FRIENDS = (
    "ha, good one, see you at the branch on Monday",
    "my landlord needs to read this 😂",
    "love it, who is running this account today?",
    "now I am hungry, thanks for that",
    "made me smile on the bus",
    "croissants at the bank? count me in 🥐",
    "tagging my sister, she will laugh",
    "more of this please, it suits you",
)

REPROACHES = (
    "This is cruel. People are losing their homes and you joke about overdrafts? Shame on you.",
    "You charge us forty euros for going one day over and then you laugh about it. Disgraceful.",
    "I was evicted in March because of you. This joke hurts me, and you should be ashamed.",
    "Who approved this? You mock the very people you made poor. Delete nothing, apologise.",
    "Unbelievable. A bank laughing at debt. You have no respect for your clients.",
    "My mother cries over your letters every month and you find it funny? Disgusting.",
    "You owe everyone in arrears an apology for this. It is arrogant and heartless.",
    "So our overdraft is a punchline to you. I am closing my account, this is shameful.",
    "How dare you joke about this after raising the fees? You are laughing at poor people.",
    "This is the worst thing you have posted. You hurt people who trusted you.",
)

HISTORY_FRIENDLY = (
    "thank you for the quick answer",
    "good to know, thanks",
    "see you on Saturday",
    "is the branch at the station open too?",
    "sharing this with my neighbours",
    "lovely window this morning",
    "where can I read the full text?",
    "great, that helps",
)

HISTORY_REPROACH = (
    "You kept me waiting forty minutes and nobody said sorry. That is not good service.",
    "The form did not work again and you told me to try tomorrow. Poor.",
)


def posts_of(templates: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Return the posts that the templates make, the templates taken in turn."""
    made = [
        [text.format(*(word,) * text.count("{}")) for word in words] for text, words in templates
    ]
    longest = max(len(row) for row in made)
    return tuple(row[place] for place, row in product(range(longest), made) if place < len(row))
