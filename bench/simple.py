"""Makes a plainer page with the same words, code and faces by other packages of
PyPI: no ornaments, nothing fitted to its place, and by ReportLab no PDF/A and
no tags. Not the same work as the template, so only for orientation."""

import base64
import html
import io
import json
import re
import sys
from pathlib import Path

FACE = "fangsong/LXGWZhuqueFangsong-Regular.ttf"


def words(entry):
    """The lines of a certificate, and its code as PNG."""
    entrant, contest, document = entry["entrants"][0], entry["contest"], entry["document"]
    addressed = {"enterprise": "你单位的", "team": "你团队的", "person": "你的"}
    lines = [
        entrant["organization"] + "：",
        f"{addressed[entrant['recipient']]}“{entrant['project']}”项目在{contest['name']}中荣获",
        entrant["group"] + entrant["award"],
        "核心成员：" + "、".join(entrant["members"]),
        "特发此证，以资鼓励。",
        *contest["organizers"],
        contest["date"],
        "扫码核验真伪",
        "证书编号：" + document["number"],
    ]
    picture = re.search(r"base64,([^\"]+)", document["code"]["svg"])[1]
    return document["kind"], lines, base64.b64decode(picture)


def weasyprint(fonts):
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    style = CSS(
        string=f"""@font-face {{ font-family: face; src: url(file://{fonts / FACE}) }}
        @page {{ size: A4 landscape; margin: 30mm }}
        body {{ font-family: face; font-size: 18pt }} h1 {{ text-align: center }}
        img {{ width: 30mm; image-rendering: pixelated }}""",
        font_config=configuration,
    )

    def make(entry):
        heading, lines, code = words(entry)
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        picture = base64.b64encode(code).decode()
        page = HTML(string=f"""<html lang="zh"><title>{heading}</title><h1>{heading}</h1>{body}
            <img alt="code" src="data:image/png;base64,{picture}">""")
        return page.write_pdf(
            stylesheets=[style], font_config=configuration, pdf_variant="pdf/a-2b", pdf_tags=True
        )

    return make


def reportlab(fonts):
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Image, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("face", str(fonts / FACE)))
    style = ParagraphStyle("text", fontName="face", fontSize=18, leading=24, wordWrap="CJK")

    def make(entry):
        heading, lines, code = words(entry)
        bytes = io.BytesIO()
        page = SimpleDocTemplate(bytes, pagesize=landscape(A4), title=heading)
        parts = [Paragraph(html.escape(line), style) for line in [heading, *lines]]
        page.build([*parts, Image(io.BytesIO(code), 30 * mm, 30 * mm)])
        return bytes.getvalue()

    return make


def main():
    package, fonts, entries, out = sys.argv[1], *map(Path, sys.argv[2:5])
    make = {"weasyprint": weasyprint, "reportlab": reportlab}[package](fonts)
    for path in sys.argv[5:]:
        entry = json.loads((entries / path).read_bytes())
        (out / path).with_suffix(".pdf").write_bytes(make(entry))


main()
