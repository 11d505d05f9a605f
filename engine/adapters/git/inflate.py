"""What a compressed stream holds, and what a delta makes of another object: never more of it than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from engine.adapters.git.refusals import GitDamaged, GitTooLarge


def inflate(feed: Callable[[], bytes], most: int) -> bytes:
    """The stream that `feed` gives piece by piece (empty at its end). Never more than `most` + 1 bytes are unpacked.

    Raises GitTooLarge, GitDamaged.
    """
    unpacking, out = zlib.decompressobj(), bytearray()
    try:
        while not unpacking.eof:
            piece = unpacking.unconsumed_tail or feed()
            if not piece:
                raise GitDamaged("an object ends too early")
            out += unpacking.decompress(piece, most + 1 - len(out))
            if len(out) > most:
                raise GitTooLarge(f"an object has more than {most} bytes")
    except zlib.error:
        raise GitDamaged("an object is not compressed soundly") from None
    return bytes(out)


def applied(base: bytes, delta: bytes, most: int) -> bytes:
    """What a delta makes of its base. Raises GitTooLarge beyond `most` bytes, GitDamaged."""
    try:
        source, at = _size(delta, 0)
        target, at = _size(delta, at)
        if target > most:
            raise GitTooLarge(f"an object has more than {most} bytes")
        out = bytearray()
        while at < len(delta):
            piece, at = _piece(base, delta, at)
            out += piece
            if len(out) > target:
                break
    except IndexError:
        raise GitDamaged("a delta ends too early") from None
    if source != len(base) or target != len(out):
        raise GitDamaged("a delta does not fit")
    return bytes(out)


def _piece(base: bytes, delta: bytes, at: int) -> tuple[bytes, int]:
    """What one instruction adds, and where the next begins: something new, or something of the base."""
    order, at = delta[at], at + 1
    if not order & 0x80:
        piece = delta[at : at + order]
        if order == 0 or len(piece) != order:
            raise GitDamaged("a delta has an instruction that means nothing")
        return piece, at + order
    numbers = [0] * 7
    for bit in range(7):
        if order >> bit & 1:
            numbers[bit], at = delta[at], at + 1
    start = int.from_bytes(bytes(numbers[:4]), "little")
    length = int.from_bytes(bytes(numbers[4:]), "little") or 0x10000
    if start + length > len(base):
        raise GitDamaged("a delta takes what its base has not")
    return base[start : start + length], at


def _size(data: bytes, at: int) -> tuple[int, int]:
    size = shift = 0
    while True:
        byte, at = data[at], at + 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if shift > 63:
            raise GitDamaged("a delta names a size that cannot be")
        if not byte & 0x80:
            return size, at
