"""Makes the sample files beside it: python3 make.py (openpyxl, LibreOffice).

awards.xls and awards.ods are data/awards.xlsx as LibreOffice 7.4 saves it.
What no office program at hand writes is put together here byte by byte.
"""

import datetime
import io
import pathlib
import struct
import subprocess
import zipfile

import openpyxl

HERE = pathlib.Path(__file__).parent
HEADER = ["组别", "奖项", "项目名称", "参赛单位", "核心成员", "得分", "注册时间"]
ROWS = [
    ["企业组", "一等奖", "甲", "某某有限公司", "王伟、李强", 96.5, datetime.date(2021, 8, 2)],
    [None, "二等奖", "乙", "另一有限公司", "龚禹", 90, datetime.date(2020, 2, 29)],
    [None, "三等奖", "丙", "第三有限公司", "赵敏", 88, datetime.date(2022, 12, 31)],
]


def xlsx(name, epoch=None, hidden=(), formula=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "名单"
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    sheet.merge_cells("A2:A4")
    for row in range(2, 5):
        sheet.cell(row, 7).number_format = "yyyy-mm-dd"
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    if formula:
        sheet["C3"] = formula
    book.save(HERE / name)


def office(source, target):
    subprocess.run(
        ["soffice", "--headless", "--convert-to", target, "--outdir", HERE, HERE / source],
        check=True, capture_output=True,
    )


def compound(streams):
    """A compound file with these streams, each padded to 4096 bytes at least."""
    sectors, fat, entries = [], [], []

    def chain(data):
        start = len(sectors)
        for at in range(0, len(data), 512):
            sectors.append(data[at:at + 512].ljust(512, b"\0"))
            fat.append(len(sectors))
        fat[-1] = 0xFFFFFFFE
        return start

    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        entries.append((name, 2, chain(data), len(data)))

    def entry(name, kind, start, size, right=0xFFFFFFFF, child=0xFFFFFFFF):
        text = name.encode("utf-16-le")
        return (text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
                + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36)
                + struct.pack("<IQ", start, size))

    folder = entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for number, (name, kind, start, size) in enumerate(entries, 1):
        right = number + 1 if number < len(entries) else 0xFFFFFFFF
        folder += entry(name, kind, start, size, right)
    folder = folder.ljust(-(-len(folder) // 512) * 512, b"\0")
    root = chain(folder)
    table = len(sectors)
    fat.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *(fat + [0xFFFFFFFF] * (128 - len(fat)))))
    header = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16)
              + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, root, 0, 4096,
                            0xFFFFFFFE, 0, 0xFFFFFFFE, 0, table))
    return header.ljust(512, b"\xFF") + b"".join(sectors)


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def biff5(since_1904=False, file_pass=False):
    """The rows as WPS and Excel 95 wrote them: text in code page 936."""
    def text(value):
        data = value.encode("gbk")
        return struct.pack("<H", len(data)) + data

    epoch = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
    bof = struct.pack("<HHHH", 0x0500, 5, 0, 0)
    name = "名单".encode("gbk")
    book = record(0x0809, bof)
    if file_pass:
        book += record(0x2F, b"\x34\x12\x78\x56")
    book += record(0x42, struct.pack("<H", 936)) + record(0x22, struct.pack("<H", since_1904))
    for style in (0, 14):
        book += record(0xE0, struct.pack("<HH12x", 0, style))
    at = len(book) + 4 + 7 + len(name) + 4
    book += record(0x85, struct.pack("<IBBB", at, 0, 0, len(name)) + name) + record(0x0A)
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0))
    for r, row in enumerate([HEADER, *ROWS]):
        # BIFF5 has no merged cells.
        for c, value in enumerate(["企业组" if value is None else value for value in row]):
            if isinstance(value, str):
                sheet += record(0x0204, struct.pack("<HHH", r, c, 0) + text(value))
            elif isinstance(value, datetime.date):
                sheet += record(0x0203, struct.pack("<HHHd", r, c, 1, (value - epoch).days))
            else:
                packed = int(value * 100) << 2 | 3
                sheet += record(0x027E, struct.pack("<HHHI", r, c, 0, packed))
    return compound({"Book": book + sheet + record(0x0A)})


def xlsb():
    def brt(kind, data=b""):
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, size = b"", len(data)
        while size > 127:
            length += bytes([size & 0x7F | 0x80])
            size >>= 7
        return number + length + bytes([size]) + data

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    days = datetime.date(1899, 12, 30)
    sheet = brt(0x81) + brt(0x94, struct.pack("<4I", 0, 3, 0, 6)) + brt(0x91)
    for r, row in enumerate([HEADER, *ROWS]):
        sheet += brt(0x00, struct.pack("<I", r) + bytes(13))
        for c, value in enumerate(["企业组" if value is None else value for value in row]):
            if isinstance(value, str):
                sheet += brt(0x06, struct.pack("<II", c, 0) + wide(value))
            elif isinstance(value, datetime.date):
                sheet += brt(0x05, struct.pack("<IId", c, 1, (value - days).days))
            else:
                sheet += brt(0x05, struct.pack("<IId", c, 0, value))
    sheet += brt(0x92) + brt(0x82)
    book = (brt(0x83) + brt(0x99, bytes(8) + wide("")) + brt(0x8F)
            + brt(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("名单")) + brt(0x90)
            + brt(0x9D, bytes(27)) + brt(0x84))
    styles = (brt(0x116) + brt(0x269, struct.pack("<I", 2))
              + b"".join(brt(0x2F, struct.pack("<HHHHHBBHBB", 0, style, 0, 0, 0, 0, 0, 0, 0, 0))
                         for style in (0, 14)) + brt(0x26A) + brt(0x117))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '%s</Relationships>')
    link = '<Relationship Id="%s" Type="' + kind + '%s" Target="%s"/>'
    with zipfile.ZipFile(HERE / "small.xlsb", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", links % (link % ("rId1", "officeDocument", "xl/workbook.bin")))
        file.writestr("xl/_rels/workbook.bin.rels", links % (
            link % ("rId1", "worksheet", "worksheets/sheet1.bin")
            + link % ("rId2", "styles", "styles.bin")))
        file.writestr("xl/workbook.bin", book)
        file.writestr("xl/styles.bin", styles)
        file.writestr("xl/worksheets/sheet1.bin", sheet)


def encrypted_ods():
    """small.ods whose manifest says that its content is encrypted."""
    whole = zipfile.ZipFile(HERE / "small.ods")
    with zipfile.ZipFile(HERE / "password.ods", "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("mimetype", "META-INF/manifest.xml"):
            data = whole.read(name)
            data = data.replace(
                b'manifest:full-path="content.xml" manifest:media-type="text/xml"/>',
                b'manifest:full-path="content.xml" manifest:media-type="text/xml">'
                b"<manifest:encryption-data/></manifest:file-entry>")
            file.writestr(name, data)
        file.writestr("content.xml", bytes(range(256)))


if __name__ == "__main__":
    xlsx("small.xlsx")
    xlsx("hidden.xlsx", hidden=[3])
    xlsx("1904.xlsx", epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904)
    xlsx("uncalculated.xlsx", formula='="乙"&""')
    office("small.xlsx", "xls")
    office("small.xlsx", "ods")
    office("small.xlsx", "html")
    (HERE / "small.html").rename(HERE / "page.xls")
    office("hidden.xlsx", "xls")
    office("hidden.xlsx", "ods")
    office("1904.xlsx", "xls")
    (HERE / "biff5.xls").write_bytes(biff5())
    (HERE / "biff5-1904.xls").write_bytes(biff5(since_1904=True))
    (HERE / "password.xls").write_bytes(biff5(file_pass=True))
    package = {"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(range(256)) * 20}
    (HERE / "password.xlsx").write_bytes(compound(package))
    xlsb()
    encrypted_ods()
