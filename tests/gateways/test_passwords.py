"""Passwords are kept as Argon2id hashes, and match however they were typed."""

from service.gateways.passwords import hash_password, matches


def test_a_password_matches_its_hash_alone() -> None:
    kept = hash_password("four words nobody says")
    assert kept.startswith("$argon2id$")
    assert matches("four words nobody says", kept)
    assert not matches("five words nobody says", kept)
    assert kept != hash_password("four words nobody says")  # each has a salt of its own


def test_full_width_letters_of_a_chinese_keyboard_are_the_same() -> None:
    assert matches("ｆｏｕｒ　ｗｏｒｄｓ", hash_password("four words"))


def test_where_there_is_no_hash_nothing_matches() -> None:
    assert not matches("nobody signs in with this", None)
