"""What the house's key closes."""

import pytest

from bot.storage.seal import Seal, SealBroken

KEY, OTHER = "k" * 32, "o" * 32


def test_what_is_closed_does_not_tell_and_opens_with_its_key_alone() -> None:
    kept = Seal(KEY).close("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in kept
    assert Seal(KEY).open(kept) == "JBSWY3DPEHPK3PXP"
    for wrong in (Seal(OTHER), Seal("")):
        with pytest.raises(SealBroken):
            wrong.open(kept)
    with pytest.raises(SealBroken):
        Seal(KEY).open(kept[:-4] + "AAAA")


def test_without_a_key_it_stands_open_and_is_due_once_there_is_one() -> None:
    kept = Seal("").close("JBSWY3DPEHPK3PXP")
    assert kept == "JBSWY3DPEHPK3PXP"
    assert Seal(KEY).open(kept) == kept
    assert Seal(KEY).is_due(kept)
    assert not Seal(KEY).is_due(Seal(KEY).close(kept))
    assert not Seal("").is_due(kept)
