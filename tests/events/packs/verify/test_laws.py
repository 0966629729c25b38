"""Laws: no byte of a pack can be another, and whatever is read has an answer."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.packs import verify
from tests.events.packs.packing import answer
from tests.events.packs.verify.forging import Sound, proof, split


@given(data=st.data())
def test_no_byte_of_a_pack_can_be_another(true: Sound, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(true.raw) - 1))
    changed = bytearray(true.raw)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert answer(bytes(changed), true.key)[0] == "wrong"


@given(data=st.data())
def test_no_byte_of_a_proof_can_be_another_even_if_the_log_s_key_signs_it(true: Sound, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([one for one in true.files if one.startswith("proofs/")]))
    changed = bytearray(true.files[name])
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= data.draw(st.integers(1, 255))
    assert answer(true.with_(name, bytes(changed)), true.key)[0] == "wrong"


@given(data=st.data())
def test_nothing_that_is_shown_can_be_another(true: Sound, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 11))
    shown_ = bytearray(split(true.files[proof(number)])[1])
    at = data.draw(st.integers(0, len(shown_) - 1))
    shown_[at] ^= data.draw(st.integers(1, 255))
    assert answer(true.showing(number, lambda _: bytes(shown_)), true.key)[0] == "wrong"


@given(st.data())
def test_a_pack_that_is_cut_short_is_refused(true: Sound, data: st.DataObject) -> None:
    assert answer(true.raw[: data.draw(st.integers(0, len(true.raw) - 1))], true.key)[0] == "wrong"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(data=st.data())
def test_whatever_pack_json_says_there_is_an_answer(true: Sound, data: st.DataObject) -> None:
    about = json.loads(true.files["pack.json"])
    inside: Any = about
    while True:
        key = data.draw(st.sampled_from(list(inside) if isinstance(inside, dict) else range(len(inside))))
        if not isinstance(inside[key], dict | list) or not inside[key] or data.draw(st.booleans()):
            break
        inside = inside[key]
    inside[key] = data.draw(JSON)
    said, wrong = answer(true.with_("pack.json", json.dumps(about).encode()), true.key)
    assert said in {"proved", "wrong"}
    assert bool(wrong) == (said == "wrong")


@pytest.mark.parametrize("name", ["checkpoint", "MANIFEST", "pack.json", proof(1), "consistency/0001.txt"])
@given(content=st.binary(max_size=300) | st.text(alphabet="—\n 1aA/+=", max_size=60).map(str.encode))
def test_whatever_stands_in_a_file_is_refused(true: Sound, name: str, content: bytes) -> None:
    raw = verify.zipped(true.files | {name: content}) if name == "MANIFEST" else true.with_(name, content)
    assert answer(raw, true.key)[0] == "wrong"


@given(st.binary(max_size=400))
def test_whatever_is_read_there_is_an_answer(raw: bytes) -> None:
    for read in (verify.unzipped, verify.read_extra):
        with pytest.raises(verify.Wrong):
            read(raw)
    with pytest.raises(verify.Wrong):
        verify.read_key(raw.decode("latin-1"))


def test_a_key_typed_in_another_encoding_is_refused(true: Sound) -> None:
    _, told, encoded = true.key.split("+", 2)
    with pytest.raises(verify.Wrong):
        verify.read_key(f"\udcff+{told}+{encoded}")
