"""The English word patterns behind each part of an apology: data, and nothing else.

Every gap is bounded. The lists name everyday verbs and nouns of service, press and manners; they
are house judgement and grow with examples.
"""

PEOPLE = (
    r"(?:you|people|everyone|everybody|customers?|clients?|readers?|follow(?:er|ers)|famil(?:y|ies)"
    r"|victims?|patients?|communit(?:y|ies)|members?|wom[ae]n|m[ae]n|child(?:ren)?|kids|parents?"
    r"|fans?|guests?|passengers?|travell?ers?|users?|workers?|employees|staff|colleagues?"
    r"|neighbou?rs?|residents?|friends?|survivors?|veterans?|teachers?|students?|pupils?|players?"
    r"|visitors?|viewers?|listeners?|drivers?|riders?|subscribers?|buyers?|users?|tenants?|owners?"
    r"|many of you|some of you|those|them|him|her|the public|families)"
)
_HURT = (
    r"(?:hurt|offend(?:ed|ing)|upset|insult(?:ed|ing)|harm(?:ed|ing)|mock(?:ed|ing)|scared"
    r"|frighten(?:ed|ing)|humiliat(?:ed|ing)|let down|letting down|fail(?:ed|ing)|disappoint(?:ed"
    r"|ing)"
    r"|embarrass(?:ed|ing)|anger(?:ed|ing)|misled|mislead(?:ing)?|confus(?:ed|ing)|exclud(?:ed|ing)"
    r"|endanger(?:ed|ing)|overcharg(?:ed|ing)|ridicul(?:ed|ing)|stereotyp(?:ed|ing)|shock(?:ed|ing)"
    r"|affect(?:ed|ing)|disrespect(?:ed|ing)|pain(?:ed|ing)|wrong(?:ed|ing)|ignored|abandoned"
    r"|demean(?:ed|ing))"
)
_HURT_NOUN = (
    r"(?:pain|hurt|harm|distress|offen[cs]e|frustration|trouble|damage|fear|worry|anger|stress"
    r"|anxiety|loss|disappointment|embarrassment|suffering|anguish|upset|grief|humiliation)"
)
_ACT_VERB = (
    r"(?:posted|published|sent|tweeted|shared|wrote|used|mocked|joked|misread|scheduled|replied"
    r"|called|charged|put|let|lost|broke|forgot|ignored|insulted|named|showed|ran|told|gave|left"
    r"|took(?! (?:\w+ )?(?:action|steps|responsibility|ownership))|sold|mixed|exposed|leaked|copied"
    r"|answered|promised|hurt|offended|blamed|missed(?! the mark)|kept"
    r"|treated|uploaded|linked|tagged|quoted|misspelled|misled|overcharged|delivered"
    r"|shipped|cancelled|canceled|turned away|asked|said|stole|aired|printed|launched|compared"
    r"|refused|laughed|shouted|swore|confused|failed to|made (?:fun|light|jokes?|you|people)"
    r"|made (?:an?|the|this) (?!(?:\w+ ){0,2}(?:mistake|error)\b))"
)
_THING = (
    r"(?:tweets?|posts?|jokes?|repl(?:y|ies)|messages?|videos?|images?|ads?|adverts?|campaigns?"
    r"|pictures?|photos?|comments?|e-?mails?|stor(?:y|ies)|articles?|answers?|words|invoices?)"
)
_REPAIR_VERB = (
    r"(?:refund|return|pay|repay|correct|fix|replac|repair|call|writ(?:e|ing)|contact|credit"
    r"|reimburs|restor|help|offer(?! (?:\w+ ){0,2}(?:apolog|condolence|regret|explan))|donat|meet"
    r"|reach(?:ing)? out|send|giv|clean|compensat|mend|deliver"
    r"|rebook|reopen|answer|respond|resolv|bring|get(?:ting)? (?:it|this|that|them) "
    r"|put(?:ting)? (?:it|this|things) right|mak(?:e|ing) (?:it|this|things|up) "
    r"|work(?:ing)? (?:to|with|on|hard|around|day)|do(?:ing)? (?:everything|all|what))"
)

_REPAIRED = (
    r"(?:refunded|repaid|paid back|reimbursed|credited|compensated|corrected|replaced|repaired"
    r"|fixed|restored|returned|written to|phoned|rebooked)"
)

PARTS: dict[str, tuple[str, ...]] = {
    "ifid": (
        r"(?<!not )(?<!n't )(?<!never )(?<!nothing to )(?<!no )"
        r"\b(?:sorry|apolog(?:y|ies|i[sz]e[sd]?|i[sz]ing)|forgive (?:me|us))\b",
    ),
    "act": (
        rf"\b(?:i|we|our (?:\w+ )?(?:team|editor|agency|staff|driver|shop)|one of us)(?:'ve| have)?"
        rf"(?: \w+ly)? {_ACT_VERB}\b[^.!?\n]{{5,120}}",
        r"\b(?:i|we) (?:should(?: not| never)? have|shouldn't have|did not|didn't) (?!mean|intend"
        r"|know)\w{3,20}\b[^.!?\n]{4,120}",
        rf"\b(?:our|my) (?:#?\w+ ){{0,3}}{_THING}\b[^.!?\n]{{0,60}}\b(?:was|were) "
        r"(?!posted|published|sent|shared|meant|intended|taken|perceived|misread|misunderstood)\w+",
        rf"\b(?:our|my) (?:#?\w+ ){{0,3}}{_THING} (?:about|on|of|from|with|that|which|in|last"
        rf"|this)\b"
        r"[^.!?\n]{3,100}",
        r"\b(?:sorry|apolog\w+|wrong|mistake)\b[^.!?\n]{0,40}\b(?:for|of|by|in) (?:posting"
        r"|publishing"
        r"|sending|sharing|writing|using|mocking|joking|making|calling|charging|putting|letting"
        r"|losing"
        r"|breaking|forgetting|ignoring|insulting|naming|showing|running|telling|leaving|selling"
        r"|mixing|copying|treating|keeping|failing|comparing|turning)\b[^.!?\n]{5,120}",
    ),
    "agent": (r"\b(?:i|we|my|our|one of us|us)\b",),
    "harm": (
        rf"\b(?:{_HURT}|{_HURT_NOUN})\b[^.!?\n]{{0,50}}\b{PEOPLE}\b",
        rf"\b{PEOPLE}\b[^.!?\n]{{0,30}}\b(?:{_HURT}|{_HURT_NOUN}|waited|lost|paid|suffered|suffering"
        r"|in pain|angry|stranded|without|charged twice|had to wait|grieving|mourning)\b",
        r"\b(?:rude|unfair|cruel|unkind|disrespectful|hurtful|offensive) to (?:\w+ ){0,3}"
        rf"{PEOPLE}\b",
        r"\b(?:cost|charged|kept|made|put|left|caused|exposed) (?:\w+ ){0,4}"
        rf"{PEOPLE}\b[^.!?\n]{{3,60}}",
    ),
    "doubt": (
        r"\b(?:if|may|might|any|anyone|anybody|no ?one|nobody|never|not to|did not|didn't"
        r"|mean(?:t)? to|whether|could)\b(?!, )",
    ),
    "responsibility": (
        r"\b(?:my|our) (?:own )?(?:fault|mistake|error|responsibility|failure)\b",
        r"\b(?:i|we) (?:was|were|are|am) (?:\w+ )?(?:wrong|at fault|to blame|responsible)\b",
        r"\b(?:i|we)(?:'ll| will)? (?:\w+ )?(?:take|accept|own|bear)\b[^.!?\n]{0,25}"
        r"\b(?:responsibility|blame|it|this|that)\b",
        r"\b(?:i|we) (?:should (?:not |never )?have|shouldn't have|got (?:this|it"
        r"|that) (?:\w+ )?wrong"
        r"|failed|fell short|messed up|screwed up|blew it|missed the mark|let (?:\w+ ){1,4}down"
        r"|did wrong|(?:have |'ve )?made (?:an? |some )?(?:\w+ ){0,3}(?:mistake|error|misjudgement"
        r"|misjudgment)s?)\b",
        r"\b(?:fault|blame|mistake|responsibility|error) (?:is|was|lies) (?:\w+ )?(?:mine|ours"
        r"|with us|with me)\b",
        r"\b(?:this|that|it)(?:'s| is| was) (?:\w+ )?on (?:me|us)\b",
        r"\b(?:no excuses?|inexcusable|i have failed|we have failed)\b",
        r"\b(?:i|we)(?:'ve| have)? (?:gone|done) wrong\b",
        r"\b(?:fault|mistake|error|failure|lapse|wrong|move) (?:\w+ )?on (?:my|our) part\b",
    ),
    "repair": (
        rf"\b(?:i|we)(?:'ll|'re|'m| will| are| am| can)? (?:(?:now|also|already|today"
        rf"|still|not only|\w+ly|going to"
        rf"|be|been) ){{0,2}}{_REPAIR_VERB}(?!\w*ed\b)\w*\b[^.!?\n]{{3,120}}",
        rf"\b(?:i|we)(?:'ve| have)? (?:(?:now|also|already|today|\w+ly) ){{0,2}}{_REPAIRED}\b"
        r"[^.!?\n]{3,120}",
        r"\b(?:refunds?|repayments?|replacements?|corrections?|money|credit)\b[^.!?\n]{0,40}"
        r"\b(?:starts?|today|tomorrow|on (?:its|their|the) way|will be|by (?:mon|tues|wednes|thurs"
        r"|fri))",
        r"\b(?:will|shall|is|are) (?:all )?(?:be |being )(?:refunded|repaid|replaced|corrected"
        r"|fixed|contacted|paid|restored|rebooked|reimbursed)\b",
        r"\b(?:to make (?:it|this|things) right|make amends|making amends)\b",
    ),
    "forbearance": (
        r"\b(?:will|won't|can|cannot|can't|does|must|'ll|shall|would)(?: not| never)?(?: \w+)? "
        r"(?:happen|occur|be repeated)\b[^.!?\n]{0,20}",
        r"\bnever again\b|\b(?:i|we)(?:'ll| will) never\b[^.!?\n]{3,60}|\b(?:i|we) (?:will not"
        r"|won't)\b[^.!?\n]{3,60}\bagain\b",
        r"\b(?:from now on|from today|from this day|going forward|in future"
        r"|in the future)\b[^.!?\n]{3,100}",
        r"\bso that (?:it|this|that|we|no ?one|nobody)\b[^.!?\n]{3,80}",
        r"\b(?:i|we)(?:'ve|'re|'ll| have| are| will)? (?:now |already |also |immediately )?"
        r"(?:chang(?:ed?|ing)|review(?:ed|ing)?|introduc(?:ed?|ing)|add(?:ed|ing)?|tak(?:e"
        r"|ing) (?:\w+ )?steps"
        r"|re-?train(?:ed|ing)?|train(?:ed|ing)?|learn(?:ed|ing|t)?|do better|be better"
        r"|improv(?:ed?|ing))\b[^.!?\n]{0,80}",
        r"\b(?:two|a second|another) (?:people|persons?|pairs?|editors?"
        r"|colleagues?)\b[^.!?\n]{0,40}\b(?:checks?|reads?|reviews?|approves?|looks?)\b",
    ),
    "explanation": (
        r"\b(?:because(?! (?:it|that|this|they|we) (?:hurt|mocked|offended|named|was (?:wrong|cruel"
        r"|hurtful)))|since (?:we|i|our|the|it)|due to|the reason|as a result of|(?:what"
        r"|how it) happened(?: is| was|:))\b[^.!?\n]{5,160}",
        r"\b(?:i|we) (?:did not|didn't) (?:check|know|read|look|realise|realize|notice"
        r"|see)\b[^.!?\n]{0,100}",
    ),
    "heard": (
        r"\b(?:many of you|some of you|you|people|readers|customers|they)(?:'ve| have)? (?:told"
        r"|wrote|written|said|pointed|asked|explained|let) (?:to )?(?:us|me|out)?\b",
        r"\b(?:i|we)(?:'ve| have)? (?:heard|read|listened to|hear) (?:\w+ ){0,2}(?:you|your|what"
        r"|every|each|all)\b",
        r"\bthank(?:s| you)[^.!?\n]{0,40}\b(?:telling|pointing|saying|writing|calling|letting|told"
        r"|wrote|pointed|called)\b",
        r"\byou(?:'re| are| were) (?:\w+ )?right\b",
        r'(?<!\w)@\w{2,40}|"[^"\n]{3,120}"',
    ),
    "forgiveness": (
        r"\bforgive (?:me|us)\b|\b(?:ask|beg|hope|pray)\w*\b[^.!?\n]{0,30}\bforgiveness\b"
        r"|\baccept (?:my|our)(?: \w+)? apolog(?:y|ies)\b",
    ),
}
