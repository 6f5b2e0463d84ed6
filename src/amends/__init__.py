"""Amends: prevent, notice, answer, learn.

The desk that keeps mistakes on social accounts small. The map, from the words outwards:

vocabulary  the words: frozen dataclasses and enums     rulebook  what a rule is
ledger      the tamper-evident record                    prevent   before: is this draft safe?
notice      during: are we reproached?                   answer    after: what do we say, to whom?
learn       later: what would have caught it?            readers   text to numbers
networks    the outside world                            store     the tables
flows       joins rooms, clock, store and networks       desk, cli the pages and the shell
"""

__version__ = "0.2.0"
