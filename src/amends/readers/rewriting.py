"""The other side of `picture`: a program of its own, which alone opens what people upload.

It is run as a file, so that it imports nothing of ours. Limits are set before the first byte is
looked at; after the libraries are loaded it can open no file and no connection.

In: the upload's bytes. Arguments: most bytes of the result, most pixels of the upload. Out: one
line of JSON, then the picture's bytes; a picture that is not taken is one word in that JSON.
"""

import contextlib
import io
import json
import resource
import sys

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MEMORY = 1_500_000_000  # bytes; a picture of 50 million pixels is turned and scaled in less
CPU_S = 20
FILES = 3  # what is open already: no file and no connection more
KINDS = ("JPEG", "PNG", "WEBP")  # MPO, as phones save it, comes with JPEG
LONGEST_SIDE = 4_000  # pixels; networks show less
QUALITIES = (90, 82, 74, 66)
SHRINK = 0.8
LEAST_SIDE = 64


class NotTaken(Exception):
    """Why a picture is not taken, in one word."""


def limit() -> None:
    """Bound what a hostile picture can use up."""
    for what, most in (
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_AS, MEMORY),
    ):
        # Some systems know no limit of memory; the others still stand.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def opened(raw: bytes, most_pixels: int) -> tuple[Image.Image, bool]:
    """Return an upload's picture, the right way up, and whether no detail of it may be lost.

    How large it is, is asked before it is decoded.
    """
    if raw.startswith(b"GIF8"):
        raise NotTaken("moves")
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked, and before anything is decoded
    try:
        found = Image.open(io.BytesIO(raw), formats=KINDS)
    except UnidentifiedImageError:
        raise NotTaken("kind") from None
    if found.width * found.height > most_pixels:
        raise NotTaken("pixels")
    if found.format != "MPO" and getattr(found, "is_animated", False):
        raise NotTaken("moves")
    found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
    found.load()
    lossless = found.format == "PNG" or found.has_transparency_data
    return ImageOps.exif_transpose(found), lossless


def plain(found: Image.Image) -> Image.Image:
    """Return the pixels alone, in the colours that every screen expects."""
    profile = found.info.get("icc_profile")
    if found.mode.startswith("I"):  # 16 bits of grey
        found = found.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    see_through = found.has_transparency_data
    if profile and found.mode in {"RGB", "RGBA", "L", "CMYK"}:
        found = in_srgb(found, profile)
    made = found.convert("RGBA" if see_through else "RGB")
    made.info.clear()  # place, camera, comments, profile: nothing of it goes on
    return made


def in_srgb(found: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in sRGB, as it is where its own profile cannot be used."""
    mode = "RGBA" if found.mode == "RGBA" else "RGB"
    try:
        made = ImageCms.profileToProfile(
            found,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return found
    return made if made is not None else found


def written(
    made: Image.Image, most_bytes: int, *, lossless: bool
) -> tuple[str, Image.Image, bytes]:
    """Return kind, picture and bytes, as good as fits: first squeezed more, then made smaller."""
    made.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if lossless:
        kept = saved(made, "PNG", optimize=True)
        if len(kept) <= most_bytes:
            return "image/png", made, kept
    flat = on_white(made)
    while True:
        for quality in QUALITIES:
            kept = saved(flat, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(kept) <= most_bytes:
                return "image/jpeg", flat, kept
        if max(flat.size) < LEAST_SIDE:
            raise NotTaken("bytes")
        smaller = (max(int(flat.width * SHRINK), 1), max(int(flat.height * SHRINK), 1))
        flat = flat.resize(smaller, Image.Resampling.LANCZOS)


def on_white(made: Image.Image) -> Image.Image:
    """Return the picture without holes: what shone through is white."""
    if made.mode != "RGBA":
        return made
    ground = Image.new("RGB", made.size, "white")
    ground.paste(made, mask=made.getchannel("A"))
    return ground


def saved(made: Image.Image, kind: str, **how: object) -> bytes:
    """Return the picture's bytes in this form."""
    out = io.BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def rewritten(raw: bytes, most_bytes: int, most_pixels: int) -> tuple[str, Image.Image, bytes]:
    """Return kind, picture and bytes of an upload."""
    found, lossless = opened(raw, most_pixels)
    return written(plain(found), most_bytes, lossless=lossless)


def warm_up() -> None:
    """Take every way once: no library can be loaded when no file can be opened any more."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in KINDS:
        rewritten(saved(Image.new("RGB", (2, 2)), kind, icc_profile=profile), 10_000, 4)


def main() -> int:
    """Rewrite one picture from standard input to standard output."""
    warm_up()
    limit()
    most_bytes, most_pixels = int(sys.argv[1]), int(sys.argv[2])
    raw = sys.stdin.buffer.read()
    try:
        kind, made, kept = rewritten(raw, most_bytes, most_pixels)
    except NotTaken as no:
        said: dict[str, object] = {"no": str(no)}
        kept = b""
    else:
        said = {"kind": kind, "width": made.width, "height": made.height}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
