"""Nothing of ours is edited or hidden: the only removal goes through `flows.takedown`."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import amends

ROOT = Path(amends.__file__).parent
REMOVALS = {"remove", "take_down", "hide", "delete_post", "deleteRecord", "edit", "put_back"}
WORDS = ("PostRow", "MentionRow", "OutgoingRow", "EntryRow", "TimelineRow", "EvidenceRow")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and isinstance(called, ast.Attribute):
            yield from [node] if called.attr in names else []


def is_of_a_set_or_list(call: ast.Call) -> bool:
    """Return whether the call is on a value that was made in place, and no network."""
    assert isinstance(call.func, ast.Attribute)
    return isinstance(call.func.value, ast.List | ast.Set | ast.Dict | ast.Constant)


def test_only_the_outbox_calls_a_network_s_remove() -> None:
    found = {
        name
        for name, tree in modules()
        for call in calls(tree, REMOVALS)
        if not name.startswith("networks/") and not is_of_a_set_or_list(call)
    }
    # The page asks the flow; the flow only plans; the outbox alone carries out.
    assert found <= {"flows/results.py", "desk/prevent/views.py", *pages_that_ask()}, found
    assert "flows/results.py" in found


def pages_that_ask() -> set[str]:
    """Return the pages whose only such call is `takedown.take_down`."""
    asking = set()
    for name, tree in modules():
        made = list(calls(tree, REMOVALS))
        if name.startswith("desk/") and made and all(is_the_flow(call) for call in made):
            asking.add(name)
    return asking


def is_the_flow(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    value = call.func.value
    return call.func.attr == "take_down" and isinstance(value, ast.Name) and value.id == "takedown"


def test_the_outbox_removes_only_what_a_removal_says() -> None:
    tree = ast.parse((ROOT / "flows/results.py").read_text(encoding="utf-8"))
    holders = [
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and list(calls(ast.Module(function.body, []), {"remove"}))
    ]
    assert holders == ["call"]
    body = next(
        one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == "call"
    )
    guard = next(one for one in ast.walk(body) if isinstance(one, ast.If))
    assert "OutgoingKind.REMOVAL" in ast.unparse(guard.test)
    assert "remove" in ast.unparse(guard.body[0])


def test_only_takedown_makes_a_removal() -> None:
    makers = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword)
        and node.arg == "kind"
        and ast.unparse(node.value) == "OutgoingKind.REMOVAL"
    }
    assert makers == {"flows/takedown.py"}


def test_no_row_of_what_was_said_sent_or_recorded_is_ever_deleted() -> None:
    deleting = [
        (name, ast.unparse(call))
        for name, tree in modules()
        if name.startswith(("store/", "flows/", "desk/", "cli/"))
        for call in calls(tree, {"delete", "_raw_delete", "bulk_update"})
        if any(word in ast.unparse(call) for word in WORDS)
    ]
    assert deleting == []


def test_the_words_of_a_post_or_a_mention_are_never_changed() -> None:
    changing = [
        (name, ast.unparse(call))
        for name, tree in modules()
        for call in calls(tree, {"update", "update_or_create"})
        if any(word in ast.unparse(call) for word in WORDS)
        and {one.arg for one in call.keywords} & {"text", "line", "raw", "words", "sha256"}
    ]
    assert changing == []


DELETING = ("com.atproto.repo.deleteRecord", "DELETE")
SILENCING = (
    *("graph.block", "graph.mute", "muteActor", "muteThread", "threadgate", "postgate"),
    *("/block", "/mute", "domain_blocks", "hideReply", "hidden_replies", "/filters"),
)


def functions_saying(is_said: Callable[[str], bool]) -> set[tuple[str, str]]:
    """Return (file, function) of what in a network's folder has such words in it."""
    return {
        (name, node.name)
        for name, tree in modules()
        for node in (ast.walk(tree) if name.startswith("networks/") else ())
        if isinstance(node, ast.FunctionDef)
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and is_said(one.value)
    }


def test_a_network_deletes_only_where_it_takes_down() -> None:
    assert functions_saying(lambda words: words in DELETING) == {
        ("networks/bluesky/connector.py", "remove"),
        ("networks/mastodon/connector.py", "_removed"),
    }
    source = (ROOT / "networks/mastodon/connector.py").read_text(encoding="utf-8")
    assert [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and "self._removed(" in ast.unparse(node)
    ] == ["remove"]


def test_nobody_is_blocked_muted_or_hidden_anywhere() -> None:
    def silences(words: str) -> bool:
        return any(word in words for word in SILENCING)

    assert functions_saying(silences) == set()
