"""The check character of a 统一社会信用代码 (GB 32100-2015): 18 characters, weights 3^i mod 31."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
LENGTH = 18


def check_character(body: str) -> str:
    """Return the 18th character for the first 17; raise `ValueError` for a character outside the alphabet."""
    total = sum(ALPHABET.index(letter) * weight for letter, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def checked(code: str) -> str:
    """Return the code when its length, letters and check character are right; raise `ValueError` otherwise."""
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        message = "a credit code has 18 characters: digits and capital letters without I, O, S, V, Z"
        raise ValueError(message)
    if check_character(code[:17]) != code[17]:
        message = "the check character does not fit; compare the code with the licence"
        raise ValueError(message)
    return code
