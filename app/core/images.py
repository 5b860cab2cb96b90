"""What an image is by its own first bytes: its media type and its size in pixels. Nothing is decoded.

The layouts are those of the PNG, JPEG (ITU T.81) and WebP specifications.
"""

import base64
import binascii
import re
from struct import error as too_short
from struct import unpack_from
from typing import NamedTuple

from app.core.errors import Invalid

DATA_URL = re.compile(r"data:(image/(?:png|jpeg|webp));base64,([A-Za-z0-9+/]+={0,2})")
SIDE = 2048
"""Pixels: a few bytes can unfold to more than a browser or a page of a report can hold."""

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG that begin a frame, and with it tell its size."""
ALONE = {0x01, *range(0xD0, 0xD9)}
"""The markers of JPEG that nothing follows."""
LOW_14 = 0x3FFF
Size = tuple[int, int]


class Image(NamedTuple):
    """An image that was checked: its media type, size in pixels, and content."""

    type: str
    size: Size
    content: bytes


def opened(data_url: str, most: int, pointer: str) -> Image:
    """Return the image in a data URL; raise `Invalid` at the pointer unless it is one, of at most so many bytes."""
    found = DATA_URL.fullmatch(data_url)
    content = decoded(data_url) if found else None
    if not found or content is None:
        message = "Give a PNG, JPEG or WebP as a data URL (data:image/png;base64,…)."
        raise Invalid(pointer, "not_an_image", message)
    if len(content) > most:
        raise Invalid(pointer, "too_large", f"The image has {len(content)} bytes; at most {most} fit.")
    kind, size = kind_and_size(content) or ("", (0, 0))
    if kind != found[1]:
        raise Invalid(pointer, "not_an_image", f"The content is not what it says it is ({found[1]}).")
    if not 0 < min(size) <= max(size) <= SIDE:
        message = f"The image has {size[0]} × {size[1]} pixels; at most {SIDE} each way."
        raise Invalid(pointer, "too_many_pixels", message)
    return Image(kind, size, content)


def decoded(data_url: str) -> bytes | None:
    """Return the bytes behind a data URL; None when they are not base64."""
    try:
        return base64.b64decode(data_url.partition(",")[2], validate=True)
    except binascii.Error:
        return None


def kind_and_size(content: bytes) -> tuple[str, Size] | None:
    """Return the media type and (width, height) of a PNG, JPEG or WebP; None for anything else."""
    try:
        if content.startswith(PNG) and content[12:16] == b"IHDR":
            return "image/png", unpack_from(">II", content, 16)
        if content.startswith(JPEG):
            found = _jpeg(content)
            return ("image/jpeg", found) if found else None
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            found = _webp(content)
            return ("image/webp", found) if found else None
    except too_short:
        return None
    return None


def _jpeg(content: bytes) -> Size | None:
    at = 2
    while content[at : at + 1] == b"\xff":
        marker, length = unpack_from(">BH", content, at + 1)
        if marker in FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return width, height
        at += 1 if marker == 0xFF else 2 if marker in ALONE else 2 + length  # noqa: PLR2004  a fill byte
    return None


def _webp(content: bytes) -> Size | None:
    form = content[12:16]
    if form == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = unpack_from("<HH", content, 26)
        return width & LOW_14, height & LOW_14
    if form == b"VP8L" and content[20:21] == b"\x2f":
        (bits,) = unpack_from("<I", content, 21)
        return (bits & LOW_14) + 1, (bits >> 14 & LOW_14) + 1
    if form == b"VP8X":
        width, high, height, higher = unpack_from("<HBHB", content, 24)
        return (high << 16 | width) + 1, (higher << 16 | height) + 1
    return None
