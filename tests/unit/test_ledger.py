"""The record: appended, proven, exported and checked; every damage found and named."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest

from amends.ledger import (
    Frontier,
    Report,
    append,
    consistency_proof,
    head_line,
    inclusion_proof,
    is_consistent,
    is_included,
    leaf,
    leaf_hash,
    line,
    root,
    root_of,
    verify,
)
from amends.ledger.entries import canonical
from amends.vocabulary.errors import BadInput
from amends.vocabulary.record import Entry, Verb
from tests.cast import NOON


def entry(seq: int, verb: Verb = Verb.APPROVED, content_hash: str = "") -> Entry:
    at = NOON + timedelta(seconds=seq)
    return Entry(seq, at, f"person:{seq % 3}", verb, f"intent:{seq}", content_hash)


def export(count: int = 9, *, heads_after: tuple[int, ...] = ()) -> list[str]:
    lines, frontier = [], Frontier()
    for seq in range(count):
        lines.append(line(entry(seq)))
        frontier = append(frontier, leaf(entry(seq)))
        if seq + 1 in heads_after:
            lines.append(head_line(frontier, NOON))
    return [*lines, head_line(frontier, NOON)]


# --- the tree ---


def test_known_roots_of_the_standard() -> None:
    # The test vectors of the Certificate Transparency project for leaves "", 00, 10, ...
    leaves = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
    known = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    }
    for size, expected in known.items():
        assert root_of([leaf_hash(one) for one in leaves[:size]]).hex() == expected


def test_the_frontier_stays_as_small_as_the_bits_of_the_size() -> None:
    frontier = Frontier()
    for seq in range(200):
        frontier = append(frontier, leaf(entry(seq)))
        assert len(frontier.peaks) == frontier.size.bit_count()


def test_proofs_hold_for_every_leaf_and_every_earlier_size() -> None:
    hashes = [leaf_hash(leaf(entry(seq))) for seq in range(23)]
    head = root_of(hashes)
    for index, hashed in enumerate(hashes):
        proof = inclusion_proof(hashes, index)
        assert is_included(hashed, index, 23, proof, head)
        assert not is_included(hashed, (index + 1) % 23, 23, proof, head)
        assert not is_included(hashed, index, 23, (*proof, head), head)
        assert not is_included(leaf_hash(b"other"), index, 23, proof, head)
    for size in range(1, 24):
        earlier = root_of(hashes[:size])
        steps = consistency_proof(hashes, size)
        assert is_consistent(size, 23, steps, earlier, head)
        assert not is_consistent(size, 23, (*steps, head), earlier, head)
        assert not is_consistent(size, 23, steps, leaf_hash(b"forked"), head)
        if size < 23:
            assert not is_consistent(size, 23, steps[:-1], earlier, head)
            assert not is_consistent(size + 1, 23, steps, earlier, head)


def test_proofs_of_what_is_not_there_are_refused() -> None:
    hashes = [leaf_hash(b"a")]
    for bad in (-1, 1):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_proof(hashes, bad)
    for bad in (0, 2):
        with pytest.raises(ValueError, match="no earlier tree"):
            consistency_proof(hashes, bad)
    assert not is_included(hashes[0], 0, 0, (), hashes[0])
    assert not is_consistent(0, 1, (), b"", hashes[0])


# --- entries ---


def test_a_leaf_is_canonical_and_keeps_no_empty_field() -> None:
    written = leaf(entry(0))
    assert written == (
        b'{"actor":"person:0","at":"2026-03-02T12:00:00.000000Z","object":"intent:0",'
        b'"seq":0,"v":0,"verb":"approved"}'
    )
    more = json.loads(
        leaf(Entry(1, NOON, "worker", Verb.REVIEWED, "draft:1", rules=("if-apology",)))
    )
    assert more["rules"] == ["if-apology"]


@pytest.mark.parametrize("actor", ["Inés Prado", "ines@ladera.example", "https://x.test/ines"])
def test_names_and_addresses_do_not_enter(actor: str) -> None:
    with pytest.raises(BadInput, match="takes ids only"):
        leaf(Entry(0, NOON, actor, Verb.HELD, "brand:1"))


def test_times_without_utc_and_odd_hashes_do_not_enter() -> None:
    with pytest.raises(BadInput, match="UTC"):
        leaf(Entry(0, NOON.replace(tzinfo=None), "worker", Verb.HELD, "brand:1"))
    with pytest.raises(BadInput, match="64 hexadecimal"):
        leaf(entry(0, content_hash="abc"))
    with pytest.raises(BadInput, match="number is 0 or more"):
        leaf(entry(-1))


# --- the export ---


def broken(lines: list[str]) -> Report:
    report = verify(lines)
    assert not report.ok
    assert report.why.endswith(".")
    return report


def test_a_whole_export_adds_up() -> None:
    report = verify(export(9, heads_after=(4, 9)))
    assert report.ok
    assert (report.size, report.heads, report.broken) == (9, 3, None)
    assert report.root == root_of([leaf_hash(leaf(entry(seq))) for seq in range(9)]).hex()


def test_the_plain_form_without_leaf_hashes_and_checksum_is_read_too() -> None:
    lines, frontier = [], Frontier()
    for seq in range(5):
        lines.append(leaf(entry(seq)).decode())
        frontier = append(frontier, leaf(entry(seq)))
    head = {"size": 5, "root": root(frontier).hex(), "at": "2026-03-02T12:00:00.000000Z"}
    assert verify([*lines, canonical({"head": head}).decode()]).ok


def test_an_empty_record_with_its_head_adds_up() -> None:
    assert verify([head_line(Frontier(), NOON)]).size == 0
    assert verify([head_line(Frontier(), NOON)]).ok


def test_a_changed_byte_names_its_entry() -> None:
    lines = export()
    lines[4] = lines[4].replace("intent:4", "intent:5")
    report = broken(lines)
    assert report.broken == 4
    assert "was changed" in report.why


def test_a_rewritten_entry_with_its_own_hash_is_narrowed_to_the_last_good_head() -> None:
    lines = export(9, heads_after=(3, 6))
    lines[lines.index(line(entry(4)))] = line(entry(4, Verb.REFUSED))
    report = broken(lines)
    assert report.broken == 3
    assert "entries 3 to 5 was rewritten" in report.why


@pytest.mark.parametrize("seq", [0, 4, 8])
def test_a_dropped_entry_is_named(seq: int) -> None:
    lines = export()
    del lines[seq]
    assert broken(lines).broken == seq


def test_two_swapped_entries() -> None:
    lines = export()
    lines[3], lines[4] = lines[4], lines[3]
    assert broken(lines).broken == 3


def test_a_repeated_entry() -> None:
    lines = export()
    lines.insert(5, lines[4])
    report = broken(lines)
    assert report.broken == 5
    assert "once more" in report.why


def test_an_inserted_entry_with_the_rest_counted_anew() -> None:
    lines = [line(entry(seq, Verb.HELD if seq == 4 else Verb.APPROVED)) for seq in range(10)]
    assert broken([*lines, export()[-1]]).broken == 10
    assert "added" in broken([*lines, export()[-1]]).why


def test_a_cut_tail_is_seen_against_the_head() -> None:
    lines = export()
    report = broken([*lines[:6], lines[-1]])
    assert report.broken == 6
    assert "9 entries and 6 are here" in report.why


def test_a_tail_cut_with_its_head_is_said_to_be_unknown() -> None:
    assert "no head line" in broken(export()[:-1]).why
    assert "no head line" in broken([*export(4), line(entry(4))]).why


def test_a_new_history_with_a_new_head_needs_a_kept_head() -> None:
    kept = {4: verify(export(4)).root, 9: verify(export(9)).root}
    assert verify(export(12), kept).ok
    assert "tail was cut" in verify(export(8), kept).why
    forged = [line(entry(seq, Verb.REFUSED)) for seq in range(9)]
    head = Frontier()
    for seq in range(9):
        head = append(head, leaf(entry(seq, Verb.REFUSED)))
    forged.append(head_line(head, NOON))
    assert verify(forged).ok, "nobody can see it from inside"
    assert verify(forged, kept).broken == 0


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "",
        "[1]",
        '{"seq":2}',
        '{"v":0,"seq":2.0}',
        '{"v":0,"seq":NaN}',
        "[" * 30_000,
        '{"a":"\\ud800"}',
        "x" * 70_000,
        "9" * 5_000,
        '{"head":1}',
        '{"head":{"size":true,"root":"","at":""}}',
    ],
)
def test_damaged_lines_are_named_and_never_raise(damage: str) -> None:
    lines = export()
    lines[2] = damage
    assert broken(lines).broken in {0, 2}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 1),
        ("v", True),
        ("verb", "praised"),
        ("verb", ["held"]),
        ("actor", "Inés Prado"),
        ("actor", 7),
        ("rules", "if-apology"),
        ("content_hash", "abc"),
        ("at", "yesterday"),
        ("at", "2026-03-02T12:00:00.000000+"),
        ("seq", "2"),
        ("seq", 2**53),
        ("note", "hello"),
    ],
)
def test_fields_that_cannot_be_are_named(field: str, value: object) -> None:
    lines = export()
    changed = json.loads(lines[2])
    del changed["leaf"]
    changed[field] = value
    lines[2] = canonical(changed).decode()
    assert broken(lines).broken == 2


def test_spaces_and_doubled_keys_are_an_edit() -> None:
    for edited in (line(entry(1)).replace(",", ", "), '{"seq":1,' + line(entry(1))[1:]):
        lines = export()
        lines[1] = edited
        assert "canonical" in broken(lines).why


def test_time_may_not_run_back_unless_the_record_says_that_it_was_moved() -> None:
    def told(*entries: Entry) -> Report:
        frontier = Frontier()
        for one in entries:
            frontier = append(frontier, leaf(one))
        return verify([*(line(one) for one in entries), head_line(frontier, NOON)])

    late = Entry(0, NOON + timedelta(hours=1), "worker", Verb.HELD, "brand:1")
    early = Entry(1, NOON, "worker", Verb.RELEASED, "brand:1")
    assert told(late, early).broken == 1
    near = Entry(1, late.at - timedelta(minutes=5), "worker", Verb.RELEASED, "brand:1")
    assert told(late, near).ok
    moved = Entry(1, NOON + timedelta(hours=1), "worker", Verb.TIME_MOVED, "workspace:1")
    then = Entry(2, NOON, "worker", Verb.RELEASED, "brand:1")
    assert told(late, moved, then).ok


def test_a_head_that_was_touched_is_found() -> None:
    lines = export()
    lines[-1] = lines[-1].replace("12:00", "13:00")
    assert "head" in broken(lines).why
    other = json.loads(export()[-1])
    other["head"]["root"] = sha256(b"").hexdigest()
    del other["sum"]
    assert "root of the head" in broken([*export()[:-1], canonical(other).decode()]).why
