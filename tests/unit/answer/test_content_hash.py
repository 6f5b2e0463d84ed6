"""What a yes binds: every part of it changes the hash, and old hashes stay what they were."""

from amends.answer.statement import content_hash
from amends.vocabulary.language import Language
from amends.vocabulary.outgoing import Attached

RED, BLUE = Attached("a" * 64, "Red."), Attached("b" * 64)


def test_a_text_that_stands_alone_keeps_its_hash() -> None:
    # Approvals given before there were pictures and threads still hold.
    known = "111ea8e091cd46975d43b73bec9cb0cdc1b700ffda58c0546dc661e9f0f05aa5"
    assert content_hash("a-1", "Hello.", Language.EN, "") == known


def test_everything_that_was_approved_is_in_the_hash() -> None:
    made = [
        content_hash("a-1", "Hello.", Language.EN, "at://x", media=media, place=place)
        for media in ((), (RED,), (BLUE,), (RED, BLUE), (BLUE, RED), (Attached("a" * 64, "Rot."),))
        for place in (("", 0), ("t-1", 0), ("t-1", 1), ("t-2", 1))
    ]
    assert len(set(made)) == len(made)


def test_how_the_network_calls_a_picture_is_not_what_was_approved() -> None:
    given = Attached(RED.sha256, RED.alt, ref="{}")
    assert content_hash("a-1", "Hello.", Language.EN, "", media=(given,)) == content_hash(
        "a-1", "Hello.", Language.EN, "", media=(RED,)
    )
