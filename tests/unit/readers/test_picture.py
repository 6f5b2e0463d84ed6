"""Uploads from anybody: what comes out is a picture of ours and nothing else."""

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from amends.readers.picture import MOST_BYTES, PROGRAM, Rewritten, rewritten
from amends.vocabulary.errors import BadInput

LIMIT = 1_000_000


def painted(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Return a picture that is red on the left and blue on the right."""
    made = Image.new(mode, (width, height), "red")
    made.paste(Image.new(mode, (width // 2, height), "blue"), (width // 2, 0))
    return made


def noise(width: int, height: int) -> Image.Image:
    """Return a picture that no format squeezes well."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def saved(made: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def opened(found: Rewritten) -> Image.Image:
    made = Image.open(io.BytesIO(found.content))
    made.load()
    assert (made.width, made.height) == (found.width, found.height)
    assert Image.MIME[str(made.format)] == found.kind
    return made


# --- what is taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mode", "wanted"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("PNG", "RGB", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "1", "image/png"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
    ],
)
def test_pictures_as_people_have_them(kind: str, mode: str, wanted: str) -> None:
    made = painted().convert(mode)
    if mode == "RGBA":
        made.putpixel((0, 0), (0, 0, 0, 0))
    found = rewritten(saved(made, kind), LIMIT)
    assert found.kind == wanted
    assert (found.width, found.height) == (60, 40)
    assert opened(found).mode in {"RGB", "RGBA"}


def test_of_a_phones_picture_with_a_second_one_inside_the_first_is_taken() -> None:
    upload = saved(painted(), "MPO", save_all=True, append_images=[painted(30, 20)])
    found = rewritten(upload, LIMIT)
    assert (found.kind, found.width, found.height) == ("image/jpeg", 60, 40)


def test_the_bytes_decide_and_not_the_name() -> None:
    assert rewritten(saved(painted(), "PNG"), LIMIT).kind == "image/png"  # called .jpg, it is a PNG


def test_sixteen_bits_of_grey_stay_grey() -> None:
    grey = Image.new("I;16", (20, 20), 32_768)
    made = opened(rewritten(saved(grey, "PNG"), LIMIT)).convert("L")
    assert all(abs(value - 128) <= 1 for value in made.tobytes())


def test_what_shines_through_becomes_white_where_it_must_be_squeezed() -> None:
    clear = noise(900, 900).convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))
    found = rewritten(saved(clear, "PNG"), 200_000)
    assert found.kind == "image/jpeg"
    corner = opened(found).getpixel((4, 4))
    assert isinstance(corner, tuple)
    assert min(corner) > 240


def test_a_wide_profile_is_turned_into_the_common_one() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    found = rewritten(saved(painted(), "PNG", icc_profile=profile), LIMIT)
    assert "icc_profile" not in opened(found).info


def test_the_same_upload_gives_the_same_bytes() -> None:
    upload = saved(noise(300, 200))
    assert rewritten(upload, LIMIT).content == rewritten(upload, LIMIT).content


@pytest.mark.parametrize("limit", [1_000_000, 200_000, 30_000])
def test_it_fits_what_the_network_takes(limit: int) -> None:
    found = rewritten(saved(noise(1_800, 1_200), quality=92), limit)
    assert len(found.content) <= limit
    opened(found)


# --- what does not come along ----------------------------------------------------------------------


def test_turned_the_right_way_up_and_nothing_of_the_camera_or_the_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by a quarter to see it as it was taken
    exif[0x010E] = "SECRET WORDS"
    exif.get_ifd(0x8825)[2] = (40.0, 26.0, 46.0)  # where it was taken
    upload = saved(painted(), exif=exif, comment=b"SECRET COMMENT", xmp=b"<x>SECRET XMP</x>")
    assert b"SECRET" in upload
    found = rewritten(upload, LIMIT)
    made = opened(found)
    assert (made.width, made.height) == (40, 60)
    top, bottom = made.getpixel((20, 5)), made.getpixel((20, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > top[2]  # red above, as it was on the left
    assert bottom[2] > 200 > bottom[0]
    assert not made.getexif()
    assert b"SECRET" not in found.content
    assert b"Exif" not in found.content


def test_text_inside_a_png_is_gone() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "SECRET NAME")
    words.add_itxt("XML:com.adobe.xmp", "SECRET XMP", zip=False)
    upload = saved(painted(), "PNG", pnginfo=words) + b"SECRET TAIL"
    found = rewritten(upload, LIMIT)
    assert b"SECRET" not in found.content
    assert b"tEXt" not in found.content
    assert b"iTXt" not in found.content


# --- what is not taken -----------------------------------------------------------------------------


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int, rows: bytes = b"\0" * 1_000) -> bytes:
    """Return a small PNG that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def moving(kind: str) -> bytes:
    frames = [painted(), painted().transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=90)


def swollen() -> bytes:
    """Return a PNG whose text swells to a gigabyte when it is read."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"a" * 1_000_000) for _ in range(1_000)) + packer.flush()
    whole = saved(painted(), "PNG")
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + whole[33:]


SVG = (
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        pytest.param(lambda: b"", "empty", id="empty"),
        pytest.param(lambda: SVG, "not a picture", id="svg"),
        pytest.param(lambda: b"%PDF-1.7 " + b"x" * 500, "not a picture", id="pdf"),
        pytest.param(lambda: saved(painted(), "BMP"), "not a picture", id="bmp"),
        pytest.param(lambda: saved(painted(), "TIFF"), "not a picture", id="tiff"),
        pytest.param(lambda: saved(painted().convert("P"), "GIF"), "Moving", id="still gif"),
        pytest.param(lambda: moving("GIF"), "Moving", id="gif"),
        pytest.param(lambda: moving("PNG"), "Moving", id="apng"),
        pytest.param(lambda: moving("WEBP"), "Moving", id="moving webp"),
        pytest.param(lambda: saved(noise(300, 200))[:-9_000], "damaged", id="cut jpeg"),
        pytest.param(lambda: saved(noise(300, 200), "PNG")[:-9_000], "damaged", id="cut png"),
        pytest.param(lambda: bomb(1, 1_000_000_000), "million pixels", id="1 x 1e9"),
        pytest.param(lambda: bomb(7_072, 7_072), "million pixels", id="just over"),
        pytest.param(lambda: bomb(7_000, 7_000), "damaged", id="just under, and empty"),
        pytest.param(lambda: bomb(0, 0), "not a picture|damaged", id="no size"),
        pytest.param(swollen, "damaged", id="swelling text"),
        pytest.param(lambda: saved(painted()) + b"\0" * MOST_BYTES, "10 MB", id="too many bytes"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_in_one_sentence(
    upload: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        rewritten(upload(), LIMIT)
    assert str(refused.value).count("\n") == 0


def test_a_picture_that_cannot_be_small_enough_is_refused() -> None:
    with pytest.raises(BadInput, match="small enough"):
        rewritten(saved(noise(400, 400)), 300)


def test_the_program_that_opens_uploads_can_open_nothing_else() -> None:
    tries = f"""
import runpy, socket
runpy.run_path({str(PROGRAM)!r})["limit"]()
for way in (socket.socket, lambda: open({str(PROGRAM)!r}), lambda: bytearray(2_000_000_000)):
    try:
        way()
    except (OSError, MemoryError):
        continue
    print("it could")
"""
    command = [sys.executable, "-I", "-c", tries]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_fifty_million_pixels_are_opened_within_the_limits() -> None:
    found = rewritten(saved(Image.new("RGBA", (8_000, 6_200), "red"), "PNG"), LIMIT)
    assert max(found.width, found.height) == 4_000
