"""Replies to a bank's bad joke, written apart from the corpus: what the reader must get right.

The joke, for whoever adds one: "Broke again? So is our coffee machine, and it has a better plan."
"""

FRIENDLY_EN = (
    "haha my coffee machine feels seen",
    "ok that got me, well done whoever typed it",
    "sending this to the whole accounting team 😂",
    "could you tell me if the branch by the river is open tomorrow?",
    "thanks for fixing my card so quickly this morning",
    "best post of the week so far, keep going",
    "I laughed out loud in the lift",
    "coffee is on me next time I come by",
    "good morning! love this account",
    "where do I find the new savings rates?",
    "my sister works with you and she is giggling",
    "fun, see you on Tuesday for the workshop",
)
REPROACHFUL_EN = (
    "Laughing at people with no money is vile, delete this.",
    "You are making fun of your poorest customers. Shame on you.",
    "I skipped meals to pay your charges and you joke about being broke. This hurts.",
    "Did a bank seriously just mock people for being broke?",
    "What a cruel and arrogant thing to write. Apologise.",
    "You took my house and now you crack jokes about it, disgusting.",
    "no respect for customers whatsoever, I am moving my account",
    "Who in your office thought mocking debt was acceptable?",
    "This is insulting to every family that cannot pay its bills",
    "You charge us for being poor and then laugh at us, shameful",
    "heartless joke. you should be ashamed",
    "awful, offensive and out of touch, take it down now",
)
FRIENDLY_ES = (
    "jajaja mi cafetera se siente identificada",
    "vale, me habéis hecho reír, bien por quien lo escribió",
    "se lo paso a los de contabilidad 😂",
    "¿la oficina del río abre mañana?",
    "gracias por arreglarme la tarjeta tan rápido esta mañana",
    "lo mejor de la semana, sigan así",
    "me reí sola en el ascensor",
    "el próximo café lo invito yo",
    "¡buenos días! me encanta esta cuenta",
    "¿dónde puedo ver los nuevos tipos de ahorro?",
    "mi hermana trabaja con ustedes y está muerta de risa",
    "qué divertido, nos vemos el martes en el taller",
)
REPROACHFUL_ES = (
    "Reírse de la gente sin dinero es vil, borrad esto.",
    "Os burláis de vuestros clientes más pobres. Qué vergüenza.",
    "Dejé de comer para pagar sus comisiones y hacen bromas con eso. Me duele mucho.",
    "¿De verdad un banco acaba de burlarse de los que no tienen dinero?",
    "Qué comentario más cruel y arrogante. Pidan disculpas.",
    "Me quitaron la casa y ahora hacen chistes, qué asco",
    "ningún respeto por los clientes, me llevo la cuenta a otro lado",
    "¿A quién de su oficina le pareció bien burlarse de las deudas?",
    "Es un insulto a todas las familias que no pueden pagar sus facturas",
    "Nos cobran por ser pobres y luego se ríen de nosotros, una vergüenza",
    "una broma sin corazón, deberían avergonzarse",
    "ofensivo y fuera de lugar, quítenlo ya",
)
