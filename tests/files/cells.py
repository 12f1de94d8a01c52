"""Makes the same cells with several programs: python3 cells.py.

Needs openpyxl, xlwt, LibreOffice, and node with the packages xlsx (SheetJS) and
excelize-wasm (Excelize). What a program cannot write is left
out of its file: openpyxl, xlwt and Excelize store no results of formulas, and
SheetJS neither fonts nor heights.
"""

import datetime
import json
import pathlib
import subprocess
import tempfile
import zipfile

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from make import HERE

DAY = datetime.date(2026, 3, 2)
# What stands in column B: how it is named in A, the value, its format.
ROWS = [
    ("编号", 7, '"JZ"000'),
    ("得分", 91.33333333333333, "0.00"),
    ("一般", 91.33333333333333, "General"),
    ("整数", 126, "General"),
    ("千分", 1234567, "#,##0"),
    ("月日", DAY, 'm"月"d"日"'),
    ("年月日", DAY, "yyyy/m/d"),
    ("时刻", datetime.datetime(2026, 3, 2, 18), "yyyy-mm-dd hh:mm"),
    ("时间", 0.5208333333333334, "h:mm"),
    ("时长", 1.5, "[h]:mm"),
    ("百分", 1, "0%"),
    ("分数", 0.5, "# ?/?"),
    ("科学", 12345, "0.00E+00"),
    ("条件", 91, '[>=90]"优";[>=60]"及格";"不及格"'),
    ("负数", -5.5, "0.0;[Red]-0.0"),
    ("隐藏", 5, ";;;"),
    ("布尔", True, "General"),
    ("文本", "0071", "General"),
    ("后缀", "甲", '@"有限公司"'),
    ("作废", "王伟", "General"),
    ("全删", "王伟、李强", "General"),
    ("半删", "王伟、李强", "General"),
    ("错误", "=1/0", "General"),
    ("公式", "=1+2", "0.0"),
    ("连接", '="甲"&"乙"', "General"),
    ("隐行", "隐", "General"),
    ("零行", "零", "General"),
    ("合并", "并", "General"),
    ("并下", None, "General"),
]
RESULTS = {"=1/0": "#DIV/0!", "=1+2": 3, '="甲"&"乙"': "甲乙"}
HIDDEN, FLAT, STRUCK, WHOLE, HALF = "隐行", "零行", "作废", "全删", "半删"
MERGED = [(27, 28, 1, 1), (0, 0, 3, 4)]


def at(name):
    return next(row for row, (named, *_) in enumerate(ROWS) if named == name)


def is_formula(value):
    return isinstance(value, str) and value.startswith("=")


def with_openpyxl(path, formulas):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row, (name, value, code) in enumerate(ROWS, 1):
        sheet.cell(row, 1, name)
        sheet.cell(row, 3, "列")
        if value is None or is_formula(value) and not formulas:
            continue
        cell = sheet.cell(row, 2, value)
        cell.number_format = code
    sheet.cell(at(STRUCK) + 1, 2).font = Font(strike=True)
    gone = InlineFont(strike=True)
    sheet.cell(at(WHOLE) + 1, 2).value = CellRichText(
        TextBlock(gone, "王伟、"), TextBlock(InlineFont(strike=True, b=True), "李强"))
    sheet.cell(at(HALF) + 1, 2).value = CellRichText(TextBlock(gone, "王伟、"), "李强")
    sheet.row_dimensions[at(HIDDEN) + 1].hidden = True
    sheet.row_dimensions[at(FLAT) + 1].height = 0
    sheet.column_dimensions["C"].hidden = True
    sheet.cell(1, 4, "甲")
    for first, last, left, right in MERGED:
        sheet.merge_cells(start_row=first + 1, end_row=last + 1,
                          start_column=left + 1, end_column=right + 1)
    book.save(path)
    # It leaves out a height of nothing.
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    flat = f'<row r="{at(FLAT) + 1}"'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part.replace(flat, flat + b' ht="0"'))


def with_xlwt(path):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单", cell_overwrite_ok=True)
    merged = {(first, left): (first, last, left, right) for first, last, left, right in MERGED}

    def write(row, column, value, style=xlwt.Style.default_style):
        if area := merged.get((row, column)):
            sheet.write_merge(*area, value, style)
        else:
            sheet.write(row, column, value, style)

    for row, (name, value, code) in enumerate(ROWS):
        write(row, 0, name)
        write(row, 2, "列")
        if value is None or is_formula(value):
            continue
        style = xlwt.easyxf("font: struck_out on" if name == STRUCK else "", num_format_str=code)
        write(row, 1, value, style)
    write(0, 3, "甲")
    gone = xlwt.easyfont("struck_out on")
    sheet.write_rich_text(at(WHOLE), 1, [("王伟、", gone), ("李强", gone)])
    sheet.write_rich_text(at(HALF), 1, [("王伟、", gone), "李强"])
    sheet.row(at(HIDDEN)).hidden = True
    flat = sheet.row(at(FLAT))
    flat.height_mismatch, flat.height = True, 0
    sheet.col(2).hidden = True
    book.save(str(path))


SHEETJS = """
const XLSX = require("xlsx"), given = JSON.parse(require("fs").readFileSync(0));
const sheet = {"!ref": "A1:E" + given.rows.length};
given.rows.forEach(([name, value, code, result], row) => {
  sheet["A" + (row + 1)] = {t: "s", v: name};
  sheet["C" + (row + 1)] = {t: "s", v: "列"};
  if (value === null) return;
  const cell = {v: value, z: code};
  if (result !== null) { cell.v = result; cell.f = value.slice(1); }
  cell.t = {number: "n", boolean: "b", string: "s"}[typeof cell.v];
  if (cell.v === "#DIV/0!") { cell.t = "e"; cell.v = 7; }
  sheet["B" + (row + 1)] = cell;
});
sheet["D1"] = {t: "s", v: "甲"};
sheet["!rows"] = []; sheet["!rows"][given.hidden] = {hidden: true};
sheet["!cols"] = [{wch: 9}, {wch: 9}, {hidden: true}];
sheet["!merges"] = given.merged.map(([r, R, c, C]) => ({s: {r, c}, e: {r: R, c: C}}));
const book = {SheetNames: ["名单"], Sheets: {"名单": sheet}};
for (const [name, type] of given.files)
  XLSX.writeFile(book, name, {bookType: type, compression: true});
"""

EXCELIZE = """
const path = require("path"), fs = require("fs");
const given = JSON.parse(fs.readFileSync(0)), sheet = "名单";
const wasm = path.join(path.dirname(require.resolve("excelize-wasm")), "excelize.wasm.gz");
const must = (answer) => { if (answer && answer.error) throw answer.error; return answer; };
require("excelize-wasm").init(wasm).then((excelize) => {
  const file = must(excelize.NewFile());
  must(file.SetSheetName("Sheet1", sheet));
  given.rows.forEach(([name, value, code, result], row) => {
    const cell = "B" + (row + 1);
    must(file.SetCellValue(sheet, "A" + (row + 1), name));
    must(file.SetCellValue(sheet, "C" + (row + 1), "列"));
    if (value === null || result !== null) return;
    must(file.SetCellValue(sheet, cell, value));
    const style = code === "General" ? {} : {CustomNumFmt: code};
    if (row === given.struck) style.Font = {Strike: true};
    must(file.SetCellStyle(sheet, cell, cell, must(file.NewStyle(style)).style));
  });
  const gone = {Strike: true}, names = ["王伟、", "李强"];
  for (const [row, fonts] of [[given.whole, [gone, gone]], [given.half, [gone, {}]]])
    must(file.SetCellRichText(sheet, "B" + (row + 1),
      names.map((Text, at) => ({Text, Font: fonts[at]}))));
  must(file.SetRowVisible(sheet, given.hidden + 1, false));
  must(file.SetRowHeight(sheet, given.flat + 1, 0));
  must(file.SetColVisible(sheet, "C", false));
  must(file.SetCellValue(sheet, "D1", "甲"));
  for (const [first, last, left, right] of given.merged)
    must(file.MergeCell(sheet, "ABCDE"[left] + (first + 1), "ABCDE"[right] + (last + 1)));
  fs.writeFileSync(given.file, must(file.WriteToBuffer()).buffer);
  process.exit(0);
}).catch((error) => { console.error(error); process.exit(1); });
"""


def plain():
    """The rows as JSON can say them: dates as numbers, results beside formulas."""
    days = datetime.datetime(1899, 12, 30)

    def number(value):
        if isinstance(value, datetime.datetime):
            return (value - days) / datetime.timedelta(days=1)
        if isinstance(value, datetime.date):
            return (value - days.date()).days
        return value

    return [[name, number(value), code, RESULTS.get(value)] for name, value, code in ROWS]


def with_sheetjs(files):
    given = {"rows": plain(), "merged": MERGED, "hidden": at(HIDDEN), "files": files}
    subprocess.run(["node", "-e", SHEETJS], input=json.dumps(given).encode(), check=True)


def with_excelize(path):
    given = {"rows": plain(), "merged": MERGED, "hidden": at(HIDDEN), "flat": at(FLAT),
             "struck": at(STRUCK), "whole": at(WHOLE), "half": at(HALF), "file": str(path)}
    subprocess.run(["node", "-e", EXCELIZE], input=json.dumps(given).encode(), check=True)


def with_libreoffice(source):
    for ending in ("xlsx", "xls", "ods"):
        subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", HERE, source],
                       check=True, capture_output=True)


if __name__ == "__main__":
    with_openpyxl(HERE / "cells-openpyxl.xlsx", formulas=False)
    with_xlwt(HERE / "cells-xlwt.xls")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "cells-libreoffice.xlsx"
        with_openpyxl(source, formulas=True)
        with_libreoffice(source)
    with_sheetjs([(str(HERE / f"cells-sheetjs.{ending}"), kind) for ending, kind in [
        ("xlsx", "xlsx"), ("xlsb", "xlsb"), ("xls", "biff8"), ("xml", "xlml")]])
    with_excelize(HERE / "cells-excelize.xlsx")
