"""Entries of the ledger and takes: what is written is read again, by the releases after it too."""

import pytest
from hypothesis import given

from bot.domain.ledger import Entry, entries
from bot.domain.request import GenerationState
from bot.domain.take import Take, takes
from bot.store.errors import UnreadableRecordError
from bot.store.records import decode_entry, decode_take, encode_entry, encode_take
from tests.domain.strategies import requests


@given(requests())
def test_every_entry_is_read_as_it_was_written(request):
    again = [decode_entry(encode_entry(each)) for each in entries(request)]
    assert again == list(entries(request))
    assert all(type(each.outcome) is GenerationState for each in again)


def test_an_entry_of_a_newer_release_is_read_without_what_it_adds():
    entry = Entry("r1", "U1", "C1", "v1", "s1", 1, 1.7e9, GenerationState.DONE)
    assert decode_entry(encode_entry(entry).replace("{", '{"new":[1],', 1)) == entry


@given(requests())
def test_every_take_is_read_as_it_was_written(request):
    assert [decode_take(encode_take(each)) for each in takes(request)] == list(takes(request))


def test_a_take_of_a_newer_release_is_read_without_what_it_adds():
    entry = Entry("r1", "U1", "C1", "v1", "s1", 1, 1.7e9, GenerationState.DONE)
    take = Take(entry, after="https://e.com/a.mp4", watched=True)
    assert decode_take(encode_take(take).replace("{", '{"new":[1],', 1)) == take


def test_a_damaged_take_is_unreadable():
    with pytest.raises(UnreadableRecordError):
        decode_take('{"request":"r1"}')
