"""Random numbers drawn by name: what a quantity draws depends on the seed and its own key alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Starts = NDArray[np.uint64]

_START_BYTES = 8
# SplitMix64: its step (2^64 over the golden ratio, odd), and shifts and factors of its mixing.
_STEP = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)
_LAST_SHIFT = np.uint64(31)
# The upper 52 bits become the fraction of a double from 1 to 2: (2n + 1) / 2^53 is left once this
# is taken away, exactly, and is never 0 or 1.
_KEPT = np.uint64(12)
_ONE = np.uint64(0x3FF0000000000000)
_LESS = 1.0 - 2.0**-53


def start_streams(seed: int, keys: Iterable[bytes]) -> Starts:
    """Where the stream of each quantity starts.

    Args:
        seed: Any integer; another one gives other draws of everything.
        keys: What names each quantity. Equal keys draw equal numbers.

    Returns:
        Shape (quantities,), the same on every machine. Two of a million streams overlap within a
        thousand draws with a chance of less than one in ten thousand.
    """
    seeded = hashlib.blake2b(f"{seed}:".encode(), digest_size=_START_BYTES)
    digests = bytearray()
    for key in keys:
        named = seeded.copy()
        named.update(key)
        digests += named.digest()
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def draw_uniforms(starts: Starts, first: int, end: int) -> Numbers:
    """Draws of every stream, evenly spread between 0 and 1, both excluded.

    Draw k of a quantity depends on seed, key and k: neither order nor other quantities nor how the
    draws are cut into blocks change it. Its bits are the same on every machine. What is made of it
    by logarithms and exponentials can differ in the last places where these functions do.

    Args:
        starts: From `start_streams`, shape (quantities,).
        first: Number of the first draw, from 0.
        end: Number after the last draw.

    Returns:
        Shape (draws, quantities).

    Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators (SplitMix).
    """
    bits = starts + (np.arange(first + 1, end + 1, dtype=np.uint64) * _STEP)[:, None]
    shifted = np.empty_like(bits)
    for shift, factor in _ROUNDS:
        np.right_shift(bits, shift, out=shifted)
        bits ^= shifted
        bits *= factor
    np.right_shift(bits, _LAST_SHIFT, out=shifted)
    bits ^= shifted
    bits >>= _KEPT
    bits |= _ONE
    uniforms = bits.view(np.float64)
    uniforms -= _LESS
    return uniforms
