"""From bytes to characters, whatever the server says the encoding is."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from incidents.ingestion.errors import UnreadableError

# Bytes looked at to find the encoding, and the declaration in the page.
SAMPLE = 64_000
DECLARATION = 4_096
# Text cut or pasted together may hold a few broken characters among the good ones.
BROKEN_SHARE = 0.05
# Every second byte of Latin text in UTF-16 is zero, in Arabic text at least every space and digit shows it.
ZERO_SHARE = 0.1
# Letters of Latin scripts outside ASCII stand alone ("é"); Arabic, Cyrillic, Greek words are runs of such bytes.
RUN_LENGTH = 2.0
# Text has next to no control characters.
CONTROL_SHARE = 0.01

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a picture or a film"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a packed file"),
    (b"BZh", "a packed file"),
    (b"\xfd7zXZ", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x7fELF", "a program"),
)
_SINGLE_BYTE = ["cp1256", "cp1251", "cp1253", "cp1255", "cp1254", "cp1250", "iso8859_6", "koi8_r"]
_MULTI_BYTE = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"]
_LATIN = frozenset(("ascii", "iso8859-1", "iso8859-15", "cp1252"))
_META = re.compile(rb"<meta[^>]{0,200}?charset\s?=\s?[\"']?\s?([\w-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s?=\s?[\"']([\w-]{2,30})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s?=\s?[\"']?([\w-]{2,30})", re.IGNORECASE)
_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def decode(content: bytes, content_type: str = "") -> str:
    """The text of some bytes: by their mark, as UTF-8 where they are valid, as declared where that fits, by their look.

    Raises UnreadableError for a PDF, a picture, an archive and other binary data.
    """
    _refuse_known_binary(content)
    text = _decoded(content, content_type)
    if len(_CONTROL.findall(text[:SAMPLE])) > CONTROL_SHARE * min(len(text), SAMPLE):
        raise _unreadable("binary data")
    return text.replace("\x00", "")


def _decoded(content: bytes, content_type: str) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace")
    wide = _wide_encoding(content[:SAMPLE])
    if wide:
        return content.decode(wide, errors="replace")
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken == 0 or broken <= BROKEN_SHARE * sum(character > "\x7f" for character in text):
        return text
    name = _declared(content, content_type)
    if name in _LATIN or name.startswith("utf"):
        name = ""
    return content.decode(name or _look(content), errors="replace")


def _refuse_known_binary(content: bytes) -> None:
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise _unreadable(name)
    if content[4:8] == b"ftyp":
        raise _unreadable("a film")


def _unreadable(name: str) -> UnreadableError:
    return UnreadableError(f"This looks like {name}: save the article as text or HTML, or paste its text.")


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without a mark shows in zero bytes at the even or at the odd places only."""
    half = len(sample) // 2
    if half == 0:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= ZERO_SHARE * half or min(even, odd) > CONTROL_SHARE * half:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(content: bytes, content_type: str) -> str:
    """The encoding that the header or the page names, "" for none or one that does not fit the bytes."""
    header = _HEADER.search(content_type)
    page = _META.search(content[:DECLARATION]) or _XML.search(content[:DECLARATION])
    for name in (header[1] if header else "", page[1].decode("ascii", "ignore") if page else ""):
        try:
            known = codecs.lookup(name).name
            content[:SAMPLE].decode(known)
        except (LookupError, UnicodeError):
            continue
        if known not in _LATIN and not known.startswith("utf"):
            return known
    return ""


def _look(content: bytes) -> str:
    """Windows-1252 where foreign letters stand alone, else the encoding whose letters make the likeliest words."""
    sample = content[:SAMPLE]
    runs = _RUN.findall(sample)
    if sum(map(len, runs)) < RUN_LENGTH * len(runs):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=_SINGLE_BYTE + _MULTI_BYTE).best()
    return best.encoding if best else "cp1252"
