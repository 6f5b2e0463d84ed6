"""What a place used by hand can do here: a person does it, and nothing is heard from it."""

from amends.networks.port import Capabilities, SafeRepeat

NAME = "by_hand"

CAN = Capabilities(
    network=NAME,
    title="By hand",
    safe_repeat=SafeRepeat.BY_HAND,
    assumed_lag_s=0.0,
    read_back=False,
    private=True,
    threads=True,
    pictures=10,
    picture_bytes=8_000_000,
    why_not={
        "edit": "A published text is corrected under it, never changed.",
        "read_back": "Nothing is read from it: a person says what became of a text.",
        "hears": "Nothing is heard from it: look there yourself.",
    },
)
