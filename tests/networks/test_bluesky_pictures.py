"""Pictures on Bluesky: the exact bytes of the record, and what a server may answer."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from amends.networks.bluesky import connect, sign_in
from amends.networks.port import Content, Frozen, Network, Picture, Published, Refused, Shown
from amends.networks.transport import Guard
from amends.vocabulary.errors import NetworkError, Unauthorized, Unreachable
from tests.networks.double import Double, Odd, error, running

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
UPLOAD = "com.atproto.repo.uploadBlob"
RAW = b"\xff\xd8 not really a picture"
PICTURE = Picture(hashlib.sha256(RAW).hexdigest(), "image/jpeg", 400, 300, RAW)
QUOTED = "at://did:plc:themthemthemthemthemthem/app.bsky.feed.post/3k|bafyquoted1"


@dataclass
class Scene:
    double: Double
    network: Network


@pytest.fixture
def scene() -> Iterator[Scene]:
    with running() as double:
        guard = Guard(allow_hosts=frozenset({double.place}))
        _, secret = sign_in(double.url, "ladera.test", "right", guard)
        yield Scene(double, connect("ladera.test", secret, lambda _: None, guard))


def frozen(scene: Scene, *alts: str, quote: str = "") -> Frozen:
    ref = scene.network.upload(PICTURE)
    shown = tuple(Shown(ref, alt, 400, 300) for alt in alts)
    return scene.network.freeze(Content("Look.", quote=quote, pictures=shown), op="op-1", at=NOON)


def test_the_bytes_go_as_they_are_and_come_back_as_a_ref(scene: Scene) -> None:
    ref = json.loads(scene.network.upload(PICTURE))
    assert scene.double.bodies[UPLOAD] == [RAW]
    assert (ref["$type"], ref["mimeType"], ref["size"]) == ("blob", "image/jpeg", len(RAW))
    assert scene.double.records == {}


def test_alt_is_always_there_and_the_shape_is_told(scene: Scene) -> None:
    made = json.loads(frozen(scene, "Our shop at dawn.", "").body)["record"]["embed"]
    assert made["$type"] == "app.bsky.embed.images"
    assert [one["alt"] for one in made["images"]] == ["Our shop at dawn.", ""]
    assert made["images"][0]["aspectRatio"] == {"width": 400, "height": 300}


def test_with_a_quote_both_are_there(scene: Scene) -> None:
    made = json.loads(frozen(scene, "A.", quote=QUOTED).body)["record"]["embed"]
    assert made["$type"] == "app.bsky.embed.recordWithMedia"
    assert made["record"]["record"] == {
        "uri": QUOTED.split("|", maxsplit=1)[0],
        "cid": "bafyquoted1",
    }
    assert made["media"]["images"][0]["alt"] == "A."
    assert isinstance(scene.network.publish(frozen(scene, "A.", quote=QUOTED)), Published)


def test_without_pictures_the_record_is_as_it_was(scene: Scene) -> None:
    plain = scene.network.freeze(Content("Look."), op="op-1", at=NOON)
    assert "embed" not in json.loads(plain.body)["record"]


def test_a_picture_that_was_swept_away_may_be_given_again(scene: Scene) -> None:
    once = frozen(scene, "A.")
    scene.double.blobs.clear()
    refused = scene.network.publish(once)
    assert isinstance(refused, Refused)
    assert not refused.permanent
    scene.network.upload(PICTURE)
    assert isinstance(scene.network.publish(once), Published)
    assert len(scene.double.records) == 1


def test_too_many_pictures_are_refused_cleanly(scene: Scene) -> None:
    refused = scene.network.publish(frozen(scene, *"abcde"))
    assert isinstance(refused, Refused)
    assert refused.permanent


def test_stale_tokens_are_renewed_and_the_picture_given_again(scene: Scene) -> None:
    scene.double.expire()
    scene.network.upload(PICTURE)
    assert scene.double.bodies[UPLOAD] == [RAW, RAW]
    assert len(scene.double.blobs) == 1


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (Odd(), Unreachable),
        (error(502, "UpstreamFailure"), Unreachable),
        (error(401, "AuthMissing"), Unauthorized),
        (error(413, "PayloadTooLarge", "request entity too large"), NetworkError),
        (Odd(200, b"[]"), Unreachable),
        (Odd(200, b'{"blob": {"ref": {"$link": "no"}}}'), Unreachable),
    ],
)
def test_a_picture_that_is_not_taken_is_said_and_nothing_is_sent(
    scene: Scene, odd: Odd, kind: type[NetworkError]
) -> None:
    scene.double.odd[UPLOAD].append(odd)
    with pytest.raises(kind):
        scene.network.upload(PICTURE)
    assert scene.double.records == {}
