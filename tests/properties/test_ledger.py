"""No byte of an export can change, and no line can go or come, unnoticed."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.ledger import Frontier, append, head_line, leaf, line, verify
from amends.vocabulary.record import Entry, Verb
from tests.cast import NOON


def export(verbs: list[Verb]) -> bytes:
    lines, frontier = [], Frontier()
    for seq, verb in enumerate(verbs):
        entry = Entry(seq, NOON + timedelta(minutes=seq), "person:1", verb, f"intent:{seq}")
        lines.append(line(entry))
        frontier = append(frontier, leaf(entry))
    lines.append(head_line(frontier, NOON))
    return "".join(f"{one}\n" for one in lines).encode()


def is_ok(file: bytes) -> bool:
    return verify(file.splitlines(keepends=True)).ok


verbs = st.lists(st.sampled_from(Verb), min_size=2, max_size=12)


@given(verbs=verbs)
def test_what_was_written_adds_up(verbs: list[Verb]) -> None:
    assert is_ok(export(verbs))


@settings(max_examples=400)
@given(verbs=verbs, data=st.data())
def test_one_changed_byte_is_found(verbs: list[Verb], data: st.DataObject) -> None:
    file = bytearray(export(verbs))
    place = data.draw(st.integers(0, len(file) - 2))  # the last line end carries nothing
    file[place] ^= data.draw(st.integers(1, 255))
    report = verify(iter(bytes(file).split(b"\n")[:-1]))
    assert not report.ok
    assert report.broken is not None


@given(verbs=verbs, data=st.data())
def test_a_line_dropped_repeated_or_moved_is_found(verbs: list[Verb], data: st.DataObject) -> None:
    lines = export(verbs).splitlines(keepends=True)
    one = data.draw(st.integers(0, len(lines) - 2))
    other = data.draw(st.integers(0, len(lines) - 2).filter(lambda place: place != one))
    assert not is_ok(b"".join(lines[:one] + lines[one + 1 :]))
    assert not is_ok(b"".join([*lines[: one + 1], lines[one], *lines[one + 1 :]]))
    lines[one], lines[other] = lines[other], lines[one]
    assert not is_ok(b"".join(lines))


@given(verbs=verbs, data=st.data())
def test_a_cut_tail_is_found(verbs: list[Verb], data: st.DataObject) -> None:
    lines = export(verbs).splitlines(keepends=True)
    kept = data.draw(st.integers(0, len(lines) - 2))
    assert not is_ok(b"".join(lines[:kept]))
    assert not is_ok(b"".join([*lines[:kept], lines[-1]]))
