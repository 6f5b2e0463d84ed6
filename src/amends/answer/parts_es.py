"""The Spanish word patterns behind each part of an apology: data, and nothing else.

Every gap is bounded. Spanish verbs carry their person, so most acts prove their agent too. The
lists are house judgement and grow with examples.
"""

PEOPLE = (
    r"(?:personas?|gente|familias?|familiares|v[ií]ctimas?|clientes?|clientas?|pacientes?"
    r"|vecin[oa]s?|lector(?:es|as)|seguidor(?:es|as)|usuari[oa]s|niñ[oa]s?|hij[oa]s|madres?|padres?"
    r"|mujer(?:es)?"
    r"|hombres?|comunidad|trabajador(?:es|as)|viajer[oa]s|pasajer[oa]s|amig[oa]s|compañer[oa]s"
    r"|alumn[oa]s|profesor(?:es|as)|espectador(?:es|as)|oyentes|soci[oa]s|emplead[oa]s|visitantes"
    r"|jugador(?:es|as)|conductor(?:es|as)|inquilin[oa]s|supervivientes|quienes|tod[oa]s|much[oa]s"
    r"|vosotr[oa]s|ustedes|usted|ti)"
)
_HURT = (
    r"(?:hiri\w+|herid\w+|herir\w*|ofend\w+|molest(?:ar\w*|amos|[oó]|ado|ad[oa]s)|daña\w+|insult\w+"
    r"|enfad\w+|asust\w+|humill\w+|decepcion\w+|enga[ñn]\w+|confund\w+|perjudi\w+|do(?:lido|li[oó])"
    r"|fall(?:ado|amos|[eé])|burl\w+|ridiculiz\w+|excluy\w+|excluid\w+|discrimin\w+|despreci\w+"
    r"|avergonz\w+|indign\w+|cobr(?:ado|amos|[eé])|dej(?:ado|amos|[eé])|maltrat\w+)"
)
_HURT_NOUN = (
    r"(?:daños?|dolor|ofensa|sufrimiento|enfado|malestar|perjuicios?|miedo|angustia|frustraci[oó]n"
    r"|decepci[oó]n|p[eé]rdidas?|preocupaci[oó]n|humillaci[oó]n|disgustos?|trastornos?)"
)
_DID = (
    r"(?:publiqu[eé]|publicamos|envi[eé]|enviamos|compart[ií]|compartimos|escrib[ií]|escribimos"
    r"|hice|hicimos|us[eé]|usamos|utilic[eé]|utilizamos|program[eé]|programamos|respond[ií]"
    r"|respondimos"
    r"|cobr[eé]|cobramos|perd[ií]|perdimos|romp[ií]|rompimos|olvid[eé]|olvidamos|ignor[eé]"
    r"|ignoramos"
    r"|insult[eé]|insultamos|nombr[eé]|nombramos|mostr[eé]|mostramos|dije|dijimos|llam[eé]|llamamos"
    r"|dej[eé]|dejamos|vend[ií]|vendimos|copi[eé]|copiamos|promet[ií]|prometimos|subimos|sub[ií]"
    r"|borr[eé]|borramos|elegimos|eleg[ií]|sacamos|confundimos|confund[ií]|tratamos|trat[eé]"
    r"|entregamos|cancelamos|contest[eé]|contestamos|met[ií]|metimos|puse|pusimos|re[ií]|re[ií]mos"
    r"|ofend[ií]|ofendimos|her[ií]|herimos|bromeamos|lanzamos|emitimos|aprobamos)"
)
_DONE = (
    r"(?:publicado|enviado|compartido|escrito|hecho|usado|utilizado|programado|respondido|cobrado"
    r"|perdido|roto|olvidado|ignorado|insultado|nombrado|mostrado|dicho|llamado|dejado|vendido"
    r"|copiado|prometido|subido|confundido|tratado|entregado|cancelado|contestado|puesto|ofendido"
    r"|herido|lanzado|emitido|aprobado)"
)
_ING = (
    r"(?:publicar|enviar|compartir|escribir|hacer|usar|utilizar|programar|responder|cobrar|perder"
    r"|olvidar|ignorar|insultar|nombrar|mostrar|decir|llamar|dejar|vender|copiar|confundir|tratar"
    r"|burlar|ofender|herir|haber)"
)
_THING = (
    r"(?:tuits?|publicaci[oó]n(?:es)?|broma|chiste|respuesta|mensaje|v[ií]deo|imagen|anuncio"
    r"|campaña|foto|comentario|correo|historia|art[ií]culo|palabras|factura)"
)
_REPAIR_STEM = (
    r"(?:devolv|devuelv|reembols|pag|correg|corrig|arregl|repar|repon|repondr|sustitu|ayud|llam"
    r"|contact|compens|abon|don|atend|rectific|limpi|recog|anul|restablec|escrib|entreg)"
)

PARTS: dict[str, tuple[str, ...]] = {
    "ifid": (
        r"(?<!no )(?<!ni )\b(?:perdon(?:a|e|ad|en)|perd[oó]n(?:ad(?:me|nos)|[ae]n?(?:me|nos))?"
        r"|disculp(?:a|as|e|en|ad|arnos|arme|amos|[ae]n?(?:me|nos)|adnos|adme))\b",
        r"(?<!no )(?<!no lo )(?<!me )(?<!nos )\b(?:siento|sentimos)\b",
    ),
    "act": (
        rf"\b{_DID}\b(?! (?:(?:un|una|alg[uú]n) )?(?:\w+ )?(?:error|errores"
        rf"|fallo)\b)[^.!?\n]{{5,120}}",
        rf"\b(?:he|hemos) (?:\w+mente )?{_DONE}\b[^.!?\n]{{5,120}}",
        r"\bno (?:deb[ií]|debimos|deber[ií]a(?:mos)?|tendr[ií]a(?:mos)? que)\b[^.!?\n]{5,120}",
        rf"\b(?:nuestr[oa]s?|mis?) (?:\w+ )?{_THING}\b[^.!?\n]{{0,60}}\b(?:era[n]?|fue(?:ron)?"
        rf"|estuvo|estaba[n]?|ha sido)"
        r" (?!publicad|enviad|difundid|compartid|programad|malinterpretad)\w+",
        rf"\b(?:nuestr[oa]s?|mis?) (?:\w+ )?{_THING} (?:sobre|de|del|con|que"
        rf"|en)\b[^.!?\n]{{3,100}}",
        rf"\bpor (?:no )?{_ING}(?:te|os|les|le|l[oa]s?|nos|se)?\b[^.!?\n]{{5,120}}",
        r"\b(?:siento|sentimos) haber(?:te|os|les|le|l[oa]s?)? \w+[^.!?\n]{0,120}",
    ),
    "agent": (
        r"\b(?:yo|nosotr[oa]s|mis?|nuestr[oa]s?|he|hemos|me|nos|siento|sentimos|m[ií][oa]s?"
        r"|\w{2,20}[aei]mos|\w{3,20}[éí]|hice|dije|puse|por)\b",
    ),
    "harm": (
        rf"\b(?:te|os|les|le|l[oa]s|se)\b[^.!?\n]{{0,25}}\b(?:{_HURT}|{_HURT_NOUN})",
        rf"\bhaber(?:te|os|les|le|l[oa]s?) {_HURT}",
        rf"\b(?:{_HURT}|{_HURT_NOUN})\b[^.!?\n]{{0,40}}\b{PEOPLE}\b",
        rf"\b{PEOPLE}\b[^.!?\n]{{0,30}}\b(?:{_HURT}|{_HURT_NOUN}|esperaron|perdieron|pagaron"
        rf"|sufri\w+)",
        r"\besper(?:ar|aras|arais|aran|aste|asteis|aron)\b (?:\w+ ){0,3}(?:horas?|d[ií]as?|minutos"
        r"|semanas?)\b",
    ),
    "doubt": (
        r"\b(?:si|pud(?:o|iera|iese|i[eé]ramos|ieran|ieron|iste)|podido|nadie|cualquier"
        r"|no quer[ií]a(?:mos)?|nunca|sin|quisimos|pretend\w+|alguien)\b(?!, )",
    ),
    "responsibility": (
        r"\b(?:es|fue|ha sido|era) (?:\w+ )?(?:culpa|responsabilidad|(?:un )?error"
        r"|(?:un )?fallo) (?:m[ií][oa]|nuestr[oa])\b",
        r"\b(?:la culpa|la responsabilidad|el error|el fallo) (?:es|fue"
        r"|ha sido) (?:\w+ )?(?:m[ií][oa]|nuestr[oa])\b",
        r"(?<!no )\basum(?:o|imos)\b|\bme (?:he )?equivo(?:qu[eé]|cado)\b"
        r"|\bnos (?:hemos )?equivoca(?:mos|do)\b",
        r"\bno (?:deb[ií]|debimos|deber[ií]a(?:mos)?)\b|\b(?:estaba"
        r"|est[aá]bamos) equivocad[oa]s?\b",
        r"\b(?:cometimos|comet[ií]|hemos cometido|he cometido) (?:un|el|este|alg[uú]n|varios"
        r"|grave)?\b ?(?:\w+ ){0,2}(?:error|errores|fallo|equivocaci[oó]n)\b",
        r"\b(?:hicimos|hice|lo hemos hecho|hemos hecho|he hecho) (?:muy )?mal\b|\b(?:hemos"
        r"|he) fallado\b|\b(?:(?:te|os|les|le) )?fallamos\b",
        r"\b(?:no (?:tenemos|tengo|hay|tiene) (?:ninguna )?(?:excusas?|disculpa"
        r"|justificaci[oó]n))\b|\bsin excusas\b",
        r"\b(?:metimos|met[ií]|hemos metido|he metido) la pata\b|\bno (?:estuvimos|estuve"
        r"|hemos estado) a la altura\b",
        r"\b(?:culpa|error|fallo) (?:m[ií][oa]|nuestr[oa])\b",
    ),
    "repair": (
        rf"\b{_REPAIR_STEM}\w*(?:amos|emos|imos|r[eé])\b[^.!?\n]{{3,120}}",
        rf"\b(?:vamos|voy) a (?:\w+ )?{_REPAIR_STEM}\w*\b[^.!?\n]{{3,120}}",
        rf"\b(?:estamos|estoy|hemos|he) (?:ya )?{_REPAIR_STEM}\w*(?:ndo|do|to)\b[^.!?\n]{{3,120}}",
        r"\b(?:la|el|las|los|tu|su|vuestro) (?:\w+ )?(?:devoluci[oó]n(?:es)?|reembolsos?|dinero"
        r"|correcci[oó]n|rectificaci[oó]n)\b"
        r"[^.!?\n]{0,40}\b(?:hoy|mañana|empieza\w*|en camino|est[aá]|antes del?)\b",
        r"\b(?:haremos|hacemos|haciendo|hacer) (?:todo|lo) (?:lo )?(?:posible|necesario|que)\b",
    ),
    "forbearance": (
        r"\bno (?:se )?(?:volver[aá]n?|va a volver|volvemos|volver[eé]|volveremos|puede volver"
        r"|debe volver) a \w+",
        r"\b(?:nunca m[aá]s|no se repetir[aá]|no se va a repetir|no se repita)\b",
        r"\b(?:a partir de (?:ahora|hoy|este|mañana)|desde (?:hoy|ahora|este)"
        r"|de ahora en adelante)\b[^.!?\n]{3,100}",
        r"\bpara que (?:esto |algo as[ií] |nadie )?(?:no )?(?:vuelva|se repita|ocurra|pase"
        r"|suceda)\b",
        r"\b(?:hemos cambiado|he cambiado|cambiaremos|cambiar[eé]|vamos a cambiar|estamos cambiando"
        r"|estamos revisando"
        r"|revisaremos|revisar[eé]|vamos a revisar|hemos revisado|hemos añadido|aprender(?:emos"
        r"|[eé])|mejoraremos|vamos a mejorar"
        r"|tomaremos medidas|formaremos|formar(?:emos)? a)\b[^.!?\n]{0,80}",
        r"\b(?:dos|otra|una segunda) personas?\b[^.!?\n]{0,40}\b(?:revis\w+|le[ea]n?|leer[aá]n?"
        r"|aprob\w+|aprueb\w+|mir\w+)",
    ),
    "explanation": (
        r"\b(?:porque(?! (?:(?:se |os |te |les )?(?:lo )?)?(?:hiri|ofend|hac[ií]a daño|da[ñn]"
        r"|nombraba|estaba mal))"
        r"|debido a|ya que|puesto que|a causa de|el motivo|la raz[oó]n|lo que pas[oó]"
        r"|lo que ocurri[oó])\b[^.!?\n]{5,160}",
        r"\bno (?:revis|comprob|mir|le[ií]|sab[ií]a|comprend|nos dimos|me di)\w*\b[^.!?\n]{0,100}",
    ),
    "heard": (
        r"\bnos (?:hab[eé]is|has|han?) (?:\w+ )?(?:dicho|escrito|contado|señalado|avisado|explicado"
        r"|hecho ver)\b",
        r"\b(?:nos|me) (?:dijisteis|dijiste|dijo|dijeron|escribisteis|escribi[oó]|escribieron"
        r"|avisasteis|avis[oó]|avisaron)\b",
        r"\b(?:hemos|he) (?:le[ií]do|escuchado|o[ií]do)\b[^.!?\n]{0,40}",
        r"\b(?:ten[eé]is|tienes|tienen?|ten[ií]ais|ten[ií]as) (?:toda la |mucha )?raz[oó]n\b",
        r"\bgracias (?:\w+ )?(?:por|a quienes)[^.!?\n]{0,30}\b(?:avis|dec|escrib|señal|cont|explic"
        r"|hacernos ver)\w*",
        r'(?<!\w)@\w{2,40}|["«][^"»\n]{3,120}["»]',
    ),
    "forgiveness": (
        r"\bperd[oó]n(?:ad(?:me|nos)|[ae]n?(?:me|nos))\b|\b(?:me|nos) perdon(?:es|e|en|[eé]is)\b"
        r"|\b(?:esper|rog|ruego|suplic)\w*\b[^.!?\n]{0,20}\b(?:perd[oó]n)\b|\bacept\w+ (?:mis"
        r"|nuestras) disculpas\b",
    ),
}
