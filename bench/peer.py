"""Makes certificates with the typst package of PyPI, one compiler kept alive.

Each document's data is written where the template reads it: handing it over in
`sys_inputs` takes longer, as those are part of what every memoised result
depends on."""

import sys
from pathlib import Path

import typst

root, fonts, entries, out = map(Path, sys.argv[1:5])
names = sys.argv[5:]
fonts = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
)
compiler = typst.Compiler(str(root / "certificate.typ"), root=str(root), font_paths=fonts)
paths = [entries / name for name in names] or sorted(entries.iterdir())
for path in paths:
    (root / "entry.json").write_bytes(path.read_bytes())
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2b"])
    (out / path.with_suffix(".pdf").name).write_bytes(pdf)
