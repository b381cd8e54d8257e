"""The QR code of a ticket, quickly: all hold as many digits, so everything but their bits is the same, laid out once.

Of ISO/IEC 18004 this knows the one kind a ticket carries: version 6 (41 modules a side) with error correction M, which
survives a fold or a stain of about 15 %, and mask 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter

import segno

from ticketing.barcodes import DIGITS

SIDE = 41
MASK = 3  # all eight give a readable code; scoring them costs more than the rest of the making
BLOCKS, DATA, CHECK = 4, 27, 16  # codewords of a block

_HEAD = 0b0001 << 10 | DIGITS  # numeric mode, how many
_TAIL_BITS = 5  # the terminator and what fills its byte
_FILLING = b"\xec\x11" * 8  # what the standard puts after the data up to the end
_LAST_BITS = 7  # of the module stream, used by no codeword
_FIELD = 0x11D  # the polynomial of GF(256)
_REST = 1 << 8 * CHECK


def modules(digits: str) -> str:
    """The square row by row, "1" for a dark module; `digits` is a ticket's barcode."""
    layout, mask = _layout()
    stream = int.from_bytes(_codewords(digits)) << _LAST_BITS
    return "".join(layout(f"{stream ^ mask:0{len(_order())}b}01"))


def _codewords(digits: str) -> bytes:
    """The digits by threes in ten bits, in blocks, each with its check words, the blocks interleaved."""
    bits = _HEAD
    whole = DIGITS - DIGITS % 3
    for at in range(0, whole, 3):
        bits = bits << 10 | int(digits[at : at + 3])
    bits = bits << 7 | int(digits[whole:])
    data = (bits << _TAIL_BITS).to_bytes(BLOCKS * DATA - len(_FILLING)) + _FILLING
    words = bytearray(BLOCKS * (DATA + CHECK))
    for number in range(BLOCKS):
        block = data[number * DATA : (number + 1) * DATA]
        words[number : BLOCKS * DATA : BLOCKS] = block
        words[BLOCKS * DATA + number :: BLOCKS] = _check(block)
    return bytes(words)


def _check(block: bytes) -> bytes:
    """The remainder of the block divided by the generator polynomial (Reed-Solomon)."""
    multiples = _multiples()
    rest = 0
    for word in block:
        rest = (rest << 8) % _REST ^ multiples[word ^ rest >> 8 * (CHECK - 1)]
    return rest.to_bytes(CHECK)


@cache
def _multiples() -> tuple[int, ...]:
    """The generator polynomial, without its leading one, times every element of the field."""
    generator = [1]
    root = 1
    for _degree in range(CHECK):
        longer = [*generator, 0]
        generator = [one ^ _times(other, root) for one, other in zip(longer, [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(_times(part, factor) for part in generator[1:]) for factor in range(256))


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (_FIELD if one & 0x80 else 0)
        other >>= 1
    return product


@cache
def _layout() -> tuple[Callable[[str], tuple[str, ...]], int]:
    """Which character of the stream each module shows, and the mask as a stream. Two more stand for what never changes.

    What never changes is taken from a square somebody else has drawn.
    """
    order = _order()
    drawn = segno.make_qr("0" * DIGITS, version=6, error="m", boost_error=False, mask=MASK).matrix
    index = {place: at for at, place in enumerate(order)}
    shown = [index.get((y, x), len(order) + drawn[y][x]) for y in range(SIDE) for x in range(SIDE)]
    mask = int("".join("01"[(y + x) % 3 == 0] for y, x in order), 2)
    return itemgetter(*shown), mask


@cache
def _order() -> tuple[tuple[int, int], ...]:
    """The modules that hold data, as (row, column), in the order in which its bits are put in."""
    return tuple(place for place in _snake() if not _is_fixed(*place))


def _snake() -> Iterator[tuple[int, int]]:
    """Two columns at a time from the right, up and down in turn, leaving out the column of the timing pattern."""
    upward = True
    for right in (*range(SIDE - 1, 6, -2), 5, 3, 1):
        for y in reversed(range(SIDE)) if upward else range(SIDE):
            yield from ((y, right), (y, right - 1))
        upward = not upward


def _is_fixed(y: int, x: int) -> bool:
    """The finder patterns with the format beside them, the timing lines and the one alignment pattern."""
    far = SIDE - 8
    finder = (y < 9 and (x < 9 or x >= far)) or (y >= far and x < 9)
    return finder or 6 in (y, x) or (abs(y - 34) <= 2 and abs(x - 34) <= 2)
