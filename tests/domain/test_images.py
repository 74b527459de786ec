"""Image links: which IACrea may be sent to fetch."""

import contextlib
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadImage
from bot.domain.images import MOST_CHARACTERS, image_link


@pytest.mark.parametrize(
    "link",
    [
        "https://cdn.example.com/kitchen.jpg",
        "HTTPS://CDN.example.com/kitchen.jpg",
        "https://example.com",
        "https://example.com./a.png",
        "https://example.com:8443/a.png?width=1&sign=%2F#top",
        "https://my_bucket.s3.example.com/a.png",
        "https://bücher.example/ä.jpg",
        "https://例え.テスト/a.jpg",
        "https://xn--bcher-kva.example/a.jpg",
        "https://8.8.8.8/a.jpg",
        "https://[2606:4700:4700::1111]/a.jpg",
        "https://10.example.com/a.jpg",
        "https://localhost.example.com/a.jpg",
        "https://internal-images.example.com/a.jpg",
    ],
)
def test_a_public_https_link_is_taken_as_it_is(link):
    assert image_link(link) == link


def test_spaces_around_a_link_and_slacks_escaping_are_taken_away():
    assert image_link(" https://e.com/a.jpg?a=1&amp;b=2\n") == "https://e.com/a.jpg?a=1&b=2"


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "app.localhost", "printer.local", "nas.lan",
        "metadata.google.internal", "router.home.arpa", "intranet", "intranet.",
        "127.0.0.1", "127.0.0.1.", "127.8.9.10", "0.0.0.1", "10.0.0.1", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1",
        "224.0.0.1", "255.255.255.255",
        "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "127.0.0.0x1",
        "0177.0.0.1", "017700000001", "0177.1", "010.0.0.1", "0127.0.0.1", "0x", "1.0x",
        "4294967297", "1.2.3.4.5", "999.1.1.1", "e.com.1",
        # full-width, circled and other digits, other full stops, and what cannot be seen
        "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "127\uff0e0\uff0e0\uff0e1",
        "\u2460\u2461\u2466.0.0.1", "\U0001d7ed27.0.0.1", "127.0.0.\U0001f101",
        "\uff4c\uff4fcalhost", "nas.\uff4cocal", "a.nas\u3002local", "127.0.0.1.\ufe0f",
        "127.0.0.1\ufe0f", "127.0.0.\u180f1", "a.loc\ufe0fal",
        "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "foo.%6c%6f%63al", "loc%61lhost",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]",
        "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001:0:7f00:1::]",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused_however_it_is_written(host):
    for link in (f"https://{host}/a.jpg", f"https://{host}:8443"):
        with pytest.raises(BadImage) as bad:
            image_link(link)
        assert bad.value == BadImage(typed=link, private=True)


@pytest.mark.parametrize(
    "link",
    [
        "", "https://", "https:///a.jpg", "https:e.com/a.jpg", "//e.com/a.jpg", "e.com/a.jpg",
        "http://e.com/a.jpg", "ftp://e.com/a.jpg", "file:///etc/passwd", "data:image/png;base64,AA",
        "javascript:alert(1)", "https://e.com/a b.jpg", "https://e.com/a\tb", "https://e.com/\x00",
        "https://e.com/\u202egpj", "https://e.com/\u2028a", "https://e.com\\@127.0.0.1/",
        "https://e.com/\\a", 'https://e.com/"a"', "https://e.com/<a>", "https://user@e.com/",
        "https://user:word@e.com/", "https://@e.com/", "https://e.com@127.0.0.1/",
        "https://e.com:99999/", "https://e.com:-1/", "https://e.com:80a/", "https://e.com:8\uff108/",
        "https://[::1/", "https://[e.com]/", "https://[::1]x/", "https://e℀.com/",
        "https://e.com/" + "a" * MOST_CHARACTERS,
    ],
)  # fmt: skip
def test_what_is_no_plain_https_link_is_refused(link):
    with pytest.raises(BadImage) as bad:
        image_link(link)

    assert not bad.value.private


def test_the_longest_link_still_passes():
    link = "https://e.com/".ljust(MOST_CHARACTERS, "a")

    assert image_link(link) == link


def written(number: int) -> list[str]:
    """One IPv4 address in the notations that clients read (inet_aton), and inside of IPv6."""
    address = ipaddress.IPv4Address(number)
    a, b, c, d = address.packed
    low = f"{number >> 16:x}:{number & 0xFFFF:x}"
    return [
        str(address), f"{number}", f"{number:#x}", f"0{number:o}", f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{c << 8 | d}", f"0{a:o}.{b}.{c}.{d}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]", f"[2002:{low}::]",
    ]  # fmt: skip


@given(st.ip_addresses(v=4).filter(lambda address: not address.is_global))
def test_no_notation_of_a_private_address_passes(address):
    for host in written(int(address)):
        with pytest.raises(BadImage):
            image_link(f"https://{host}/")


@given(st.ip_addresses(v=4).filter(lambda each: each.is_global and not each.is_multicast))
def test_a_public_address_passes_in_its_usual_notation(address):
    assert image_link(f"https://{address}/")


@given(st.text(max_size=50).map(lambda text: f"https://{text}/") | st.text())
def test_whatever_is_typed_passes_unchanged_or_is_refused(typed):
    with contextlib.suppress(BadImage):
        assert image_link(typed) == typed.strip().replace("&amp;", "&")
