"""What people say under the joke in the story: written for it, and kept out of the corpus."""

FRIENDLY = (
    "haha that made my tram ride",
    "who is on the keyboard today, I like you",
    "going to steal this one for my neighbours",
    "ok now I want a croissant, thanks a lot",
    "good morning to you too :)",
    "my landlord follows you, careful 😄",
    "nice, see you Monday at the counter",
    "this is the cheer I needed",
    "do you open at nine on Friday?",
    "sent it to my whole office",
    "well played",
    "love the new tone, keep it up",
)

HURT = (
    "I lost my flat in January over an overdraft at your bank. This hurts me so much, "
    "you should be ashamed of yourselves."
)

REPROACHES = (
    "Shame on you. You mock the people you pushed into debt, that is disgusting.",
    "How can a bank joke about overdrafts? You have no respect for your customers at all.",
    HURT,
    "This is cruel and arrogant. You owe us an apology for laughing at poor people.",
    "You charged my father 45 euros last week and now you laugh at him? Disgraceful.",
    "Whoever wrote this should be ashamed. You are hurting families in arrears.",
    "Heartless. You make money with our debts and then you make fun of us.",
    "I trusted you for twenty years and this is how you speak about us. Shameful, I am leaving.",
    "This is the most insulting thing you have ever posted. Apologise to your clients.",
)
