"""Is a packed file unpacked only when that can do no harm?"""

import io
import zipfile

import pytest

from lockgate.kernel.package import Limits, TooLarge, Unfit, chunks

ENOUGH = Limits(parts=10, unpacked=50 * 2**20, shrunk=200)


def zipped(**parts: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    file.seek(0)
    return file


def read(file, limits=ENOUGH):
    return list(chunks(file, limits))


def test_all_parts_come_with_their_names():
    assert read(zipped(**{"a.xml": b"<a/>", "b/c.bin": b"12"})) == [("a.xml", b"<a/>"), ("b/c.bin", b"12")]


def test_more_bytes_than_allowed_are_refused():  # P1
    with pytest.raises(TooLarge, match="1 parts of 11 bytes"):
        read(zipped(a=b"x" * 11), Limits(parts=10, unpacked=10))


def test_more_parts_than_allowed_are_refused():  # P1
    with pytest.raises(TooLarge, match="2 parts"):
        read(zipped(a=b"x", b=b"y"), Limits(parts=1, unpacked=10))


def test_a_part_that_is_larger_than_it_says_is_broken():  # P1
    packed = bytearray(zipped(a=bytes(2**16)).getvalue())
    directory = packed.rindex(b"PK\x01\x02")
    packed[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Unfit, match="CRC"):
        read(io.BytesIO(packed))


def test_a_part_that_shrinks_too_much_is_a_bomb():  # P2
    with pytest.raises(TooLarge, match=r"11,534,336 bytes packed into"):
        read(zipped(a=bytes(11 * 2**20)))


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:\\a", "..\\a"])
def test_a_name_that_leads_out_is_refused(name):  # P3
    with pytest.raises(Unfit, match="leads out"):
        read(zipped(**{name: b"x"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "text", ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<?xml version="1.0"?><!doctype a SYSTEM "file:///x">']
)
def test_a_document_type_is_refused(text, encoding):  # P4
    content = text.replace("doctype", "DOCTYPE" if encoding == "utf-16" else "doctype").encode(encoding)
    with pytest.raises(Unfit, match="declares a document type"):
        read(zipped(**{"xl/workbook.xml": content}))


def test_what_is_no_zip_is_told():
    with pytest.raises(Unfit, match="not a zip"):
        read(io.BytesIO(b"id,name\n"))
