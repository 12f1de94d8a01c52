"""See profile.sh, which runs this."""

import argparse
import re
import shutil
import subprocess

from measure import ACCOLADE, CERTIFICATE, OWN, Ran, fresh, machine, publish, sheet, table

# What a certificate costs is the difference of two runs; both are long enough
# to be worth cutting the fonts.
FEW, MANY = 120, 220

# Functions that between them are the way of a document, none within another of
# its own level: its depth in the table, what it does, its name. One that the
# compiler has put into its caller goes by the caller's: `|` parts the names,
# and what follows ` - ` is not counted.
PARTS = [
    (0, "typst: evaluation and layout", "typst::compile|accolade::press::Press::compile - comemo::memoize::evict"),
    (1, "layout", "typst_layout::pages::layout_document"),
    (1, "introspection and the rest of evaluation", None),
    (0, "typst: PDF", "typst_pdf::pdf"),
    (1, "pages: text, pictures, tags", "typst_pdf::convert::handle_frame"),
    (1, "fonts: cut, deflated, written", "krilla::text::cid::CIDFont::serialize"),
    (1, "the rest: deflating pages, metadata, structure", None),
    (0, "typst: caches trimmed", "comemo::memoize::evict"),
    (0, "code: signed and drawn", "accolade::plan::Plan::code"),
    (0, "data as JSON", "accolade::plan::entry::<impl accolade::plan::Plan>::entry"),
    (0, "proof", "accolade::press::proof::check"),
    (0, "signature over the page", "accolade::attest::page::keyword"),
    (0, "hash and zip", "accolade::package::Package::add|accolade::press::Passing<F>::hand_over"),
    (0, "lists and manifest", "accolade::package::Package::finish"),
    (0, "register", "accolade::issue::Office::issue"),
    (0, "sheet", "accolade::issue::read"),
    (0, "plan", "accolade::plan::Plan::new"),
    (0, "the rest", None),
]


def counted(rows):
    """Instructions by function, each with all it calls, and in all."""
    folder, out, profile = fresh(sheet(rows)), OWN / "out", OWN / "callgrind"
    shutil.rmtree(out, ignore_errors=True)
    Ran([
        "valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", ACCOLADE, "run", folder,
        "--out", out, "--only", CERTIFICATE, "--threads", 1, "--progress", "none",
    ], 1)
    annotate = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", profile]
    said = subprocess.run(annotate, capture_output=True, text=True, check=True).stdout
    found = {}
    for line in said.splitlines():
        fits = re.match(r" *([\d,]+) \([ \d.]+%\)  (?:PROGRAM TOTALS|[^:]*:(.*?)(?: \[.*)?$)", line)
        if fits:
            found.setdefault(fits[2] or "all", int(fits[1].replace(",", "")))
    return found


def main():
    parser = argparse.ArgumentParser(prog="bench/profile.sh")
    parser.add_argument("--update", action="store_true", help="write into BENCHMARKS.md")
    options = parser.parse_args()
    few, many = counted(FEW), counted(MANY)

    def each(names):
        for name in names.split("|"):
            name, *without = name.split(" - ")
            if name in many and name in few:
                cost = (many[name] - few[name]) / (MANY - FEW) / 1e6
                return cost - sum(each(name) for name in without)
        raise SystemExit(f"{names} is not in the profile: it has another name now")

    whole, rows = each("all"), []
    left = {}
    for depth, what, name in PARTS:
        if name:
            cost = each(name)
            left[depth + 1] = cost
        else:
            cost = left[depth] if depth else whole - sum(row[0] for row in rows if row[3] == 0)
        if depth:
            left[depth] -= cost
        rows.append((cost, what, cost / whole, depth))
    typst = sum(row[0] for row in rows if row[1].startswith("typst"))
    shown = [
        ["– " * depth + what, f"{cost:.2f}", f"{share:.1%}"] for cost, what, share, depth in rows
    ]
    publish("profile", "\n".join([
        table(["", "million instructions", "share"], [["one certificate", f"{whole:.2f}", ""], *shown]),
        "",
        f"What is not typst is {1 - typst / whole:.1%}. Under valgrind SHA-256 is computed without "
        "the instructions that most machines have for it.",
        "",
        machine() + " `bench/profile.sh`",
    ]), options.update)


if __name__ == "__main__":
    main()
