"""The type and size of images, from their first bytes."""

import base64

import pytest

from app.core.images import kind_and_size

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\2\0\0\0\7"
APP0 = bytes.fromhex("ffe00004abcd")
JPEG = b"\xff\xd8" + APP0 + b"\xff" + bytes.fromhex("ffc2000b080010002001011100")
LOSSY = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
LOSSLESS = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + bytes.fromhex("ff0100030000")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PNG, ("image/png", (258, 7))),
        (JPEG, ("image/jpeg", (32, 16))),
        (LOSSY, ("image/webp", (1, 1))),
        (LOSSLESS, ("image/webp", (1, 1))),
        (EXTENDED, ("image/webp", (512, 4))),
        (b"", None),
        (b"GIF89a", None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8\xff\xd9\0\0", None),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"RIFF\0\0\0\0WEBPALPH\0\0\0\0", None),
    ],
)
def test_the_type_and_size(content: bytes, found: object) -> None:
    assert kind_and_size(content) == found


@pytest.mark.parametrize("whole", [PNG, JPEG, LOSSY, LOSSLESS, EXTENDED])
def test_half_an_image_is_none(whole: bytes) -> None:
    """No beginning of an image breaks the reader; short ones are no image."""
    for length in range(16):
        assert kind_and_size(whole[:length]) is None
