"""A zip file with some members replaced: the others keep their bytes, compressed as they are; none is inflated.

Source: PKWARE's APPNOTE.TXT 6.3, 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end). What opens a
member (`ZipFile`) is left to the standard library.
"""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from pipeline.model.frozen import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_SIZES_FOLLOW = 0x08
"""The flag for sizes that stand behind the data; here they always stand before it."""

_UTF8_NAME = 0x800
_LEVEL = 3
"""How hard to compress: what takes twice the time is a tenth smaller."""

_VERSION = 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def replace_members(data: bytes, fresh: Mapping[str, bytes | None]) -> bytes:
    """Return the zip file with `fresh` in it, new members last; one that becomes None is left out.

    Raises BadZipFile for a damaged file.
    """
    with ZipFile(BytesIO(data)) as package:
        old = {info.filename: info for info in package.infolist()}
    names = (*old, *(name for name in fresh if name not in old))
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name in names:
        if fresh.get(name, b"") is None:
            continue
        info = old.get(name) or ZipInfo(name, _LONG_AGO)
        part = fresh.get(name)
        stored, entry = _as_it_is(data, info) if part is None else _compressed(info, part)
        pieces += [_header(entry), entry.name, stored]
        directory += [_listed(entry, at), entry.name]
        at += _LOCAL.size + len(entry.name) + len(stored)
    size, count = sum(map(len, directory)), len(directory) // 2
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, size, at, 0)
    return b"".join((*pieces, *directory, end))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the headers of one member say."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: tuple[int, int, int, int, int, int]
    attributes: int

    @property
    def facts(self) -> tuple[int, ...]:
        year, month, day, hour, minute, second = self.at
        date, clock = (max(year, 1980) - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
        return self.flags, self.method, clock, date, self.crc, self.packed, self.size, len(self.name)


def _as_it_is(data: bytes, info: ZipInfo) -> tuple[bytes, _Entry]:
    start = info.header_offset
    if data[start : start + 4] != b"PK\x03\x04" or len(data) < start + _LOCAL.size:
        raise BadZipFile(f"no member begins where {info.filename} should")
    *_, name_size, extra_size = _LOCAL.unpack_from(data, start)
    name_at = start + _LOCAL.size
    at = name_at + name_size + extra_size
    stored = data[at : at + info.compress_size]
    if len(stored) != info.compress_size:
        raise BadZipFile(f"{info.filename} is cut off")
    name, flags = data[name_at : name_at + name_size], info.flag_bits & ~_SIZES_FOLLOW
    sizes = info.CRC, info.compress_size, info.file_size
    return stored, _Entry(name, flags, info.compress_type, *sizes, info.date_time, info.external_attr)


def _compressed(info: ZipInfo, part: bytes) -> tuple[bytes, _Entry]:
    packer = zlib.compressobj(_LEVEL, wbits=-15)
    stored = packer.compress(part) + packer.flush()
    flags = 0 if info.filename.isascii() else _UTF8_NAME
    sizes = zlib.crc32(part), len(stored), len(part)
    name = info.filename.encode()
    return stored, _Entry(name, flags, ZIP_DEFLATED, *sizes, info.date_time, info.external_attr)


def _header(entry: _Entry) -> bytes:
    return _LOCAL.pack(b"PK\x03\x04", _VERSION, *entry.facts, 0)


def _listed(entry: _Entry, at: int) -> bytes:
    return _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *entry.facts, 0, 0, 0, 0, entry.attributes, at)
