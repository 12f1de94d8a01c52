"""See compare.sh, which runs this."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from measure import (
    ACCOLADE, CERTIFICATE, OWN, ROOT, TOOL, WORK, Ran, fresh, machine, publish, sheet, spread,
    table,
)
from stages import benched, medians

TYPST = WORK / "bin" / "typst"
FONTS = ROOT / "fonts"
OUT = OWN / "out"

# So many documents the command line makes in each round, as it is slow, and so
# many of each program's are read.
SAMPLE = 20
# So many documents a bundle has.
BUNDLE = 200
# What is held against the floor, and against what it was (bench/kept.json): from so
# much more on it is told as slower.
STAGES = ["run", "code", "compile", "proof", "export"]
KEPT = ROOT / "bench" / "kept.json"
SLOWER = 1.1
# So many documents the packages make that are told apart.
SIMPLE = 100


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class Data:
    """So many made-up certificates as every program is given them."""

    def __init__(self, count, seed):
        self.count = count
        self.contest = sheet(count, seed)
        made = emptied(OWN / "entries-made")
        Ran([TOOL, "entries", self.contest, CERTIFICATE, made])
        self.entries = emptied(OWN / f"entries-{count}")
        # By number and name, as the file is called in the package.
        for path in made.rglob("*.json"):
            path.rename(self.entries / path.name.replace(".pdf.json", ".json"))
        self.names = sorted(path.name for path in self.entries.iterdir())
        assert len(self.names) == count
        self.sample = self.names[:: max(1, count // SAMPLE)][:SAMPLE]


def accolade(data, threads):
    folder, out = fresh(data.contest), emptied(OUT / f"accolade-{threads}")
    ran = Ran(
        [ACCOLADE, "run", folder, "--out", out, "--only", CERTIFICATE, "--threads", threads],
        threads,
    )
    return ran, data.count


def unpacked(folder):
    """The PDFs of the one package in a folder, by name, beside it."""
    (package,) = folder.glob("*.zip")
    with zipfile.ZipFile(package) as zip:
        for name in (name for name in zip.namelist() if name.endswith(".pdf")):
            (folder / Path(name).name).write_bytes(zip.read(name))
    return folder


def template_root():
    root = OWN / "root"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT / "templates", root)
    return root


def typst_command(root, jobs):
    return [
        TYPST, "compile", "--root", root, "--font-path", FONTS, "--ignore-system-fonts",
        "--ignore-embedded-fonts", "--pdf-standard", "a-2b", "--jobs", jobs,
    ]


class Took:
    """What stands for one process in a table."""

    def __init__(self, seconds, worked, megabytes):
        self.seconds, self.worked, self.megabytes = seconds, worked, megabytes


def command_line(data, threads):
    root, out, ran = template_root(), emptied(OUT / "cli"), []
    for name in data.sample:
        shutil.copy(data.entries / name, root / "entry.json")
        pdf = (out / name).with_suffix(".pdf")
        ran.append(Ran([*typst_command(root, threads), root / "certificate.typ", pdf], threads))
    seconds, worked = sum(it.seconds for it in ran), sum(it.worked for it in ran)
    return Took(seconds, worked, max(it.megabytes for it in ran)), len(ran)


def python(data, threads):
    root, out = template_root(), emptied(OUT / "python")
    program = ROOT / "bench" / "peer.py"
    return Ran([sys.executable, program, root, FONTS, data.entries, out], threads), data.count


def simple(data, package):
    """A plainer page, for orientation."""
    out = emptied(OUT / package)
    names = data.names[:: max(1, data.count // SIMPLE)][:SIMPLE]
    program = ROOT / "bench" / "simple.py"
    return Ran([sys.executable, program, package, FONTS, data.entries, out, *names], 1), len(names)


def bundle(data, threads, **limits):
    """The same template once for each document, as all it can tell apart are
    the files: each copy reads data of its own."""
    root, out = template_root(), emptied(OUT / "bundle")
    shutil.copytree(data.entries, root / "entries")
    template = (root / "certificate.typ").read_text(encoding="utf8")
    assert template.count('json("/entry.json")') == 1
    documents = []
    for index, name in enumerate(data.names):
        copy = template.replace('"/entry.json"', json.dumps(f"/entries/{name}", ensure_ascii=False))
        (root / f"certificate-{index}.typ").write_text(copy, encoding="utf8")
        pdf = json.dumps(str(Path(name).with_suffix(".pdf")), ensure_ascii=False)
        documents.append(f'#document({pdf}, include "certificate-{index}.typ")\n')
    (root / "main.typ").write_text("".join(documents), encoding="utf8")
    command = typst_command(root, threads)
    command += ["--features", "bundle", "--format", "bundle", root / "main.typ", out]
    return Ran(command, threads, **limits), data.count


def tried(count, seed):
    """What becomes of a bundle of so many."""
    most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 3 // 4
    ran, _ = bundle(Data(count, seed), 2, may_fail=True, most=most)
    fate = f"ends with status {ran.status}" if ran.status else "is made"
    last = [line for line in ran.said.splitlines() if line][-1:] if ran.status else []
    said = f" (`{last[0]}`)" if last else ""
    return (
        f"A bundle of {count:,} {fate}{said} after {ran.seconds:.0f} s and "
        f"{ran.megabytes:,.0f} MB."
    )


def text(pdf):
    """A PDF's text without blanks, which depend on who looks for them."""
    said = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    return "".join(said.stdout.split())


def same_text(data, ours, theirs):
    """Whether a sample of both folders holds the same text: how many."""
    pdfs = [Path(name).with_suffix(".pdf") for name in data.sample]
    for pdf in pdfs:
        if not text(ours / pdf) or text(ours / pdf) != text(theirs / pdf):
            raise SystemExit(f"{theirs / pdf} says something else than {ours / pdf}")
    return f"{len(pdfs)} alike"


def same_facts(data, theirs):
    """Whether a sample says at least what is proved of ours: how many."""
    for name in data.sample:
        entry = json.loads((data.entries / name).read_bytes())
        entrant, said = entry["entrants"][0], text((theirs / name).with_suffix(".pdf"))
        facts = [entrant["organization"], entrant["project"], entrant["group"] + entrant["award"]]
        facts += [*entrant["members"], entry["document"]["number"]]
        if not all("".join(fact.split()) in said for fact in facts):
            raise SystemExit(f"{name} lacks something by {theirs.name}: {said}")
    return f"{len(data.sample)} facts"


class Contestant:
    """Who makes certificates: `make` makes some, and returns what that took and
    how many; `read` holds a sample against ours, and returns what was held."""

    def __init__(self, name, make, read=lambda: ""):
        self.name, self.make, self.read = name, make, read
        self.times, self.work, self.megabytes = [], [], 0

    def run(self):
        ran, self.count = self.make()
        self.times.append(ran.seconds * 1000 / self.count)
        self.work.append(ran.worked * 1000 / self.count)
        self.megabytes = max(self.megabytes, ran.megabytes)
        print(f"{self.name}: {self.times[-1]:.2f} ms each", file=sys.stderr)

    def times_as_long_as(self, other):
        """The ratio of wall clock in each round."""
        return [mine / its for mine, its in zip(self.times, other.times)]

    def times_the_work_of(self, other):
        """The ratio of processor time in each round."""
        return [mine / its for mine, its in zip(self.work, other.work)]


def rounds(contestants, count):
    """One after the other, again and again. Returns a table's rows, in which
    the first is what the others are held against."""
    for _ in range(count):
        for contestant in contestants:
            contestant.run()
    first = contestants[0]
    return [
        [
            it.name, f"{it.count:,}", spread(it.times, 2),
            "" if it is first else spread(it.times_as_long_as(first), 2),
            spread(it.work, 2),
            "" if it is first else spread(it.times_the_work_of(first), 2),
            f"{it.megabytes:.0f}" if it.megabytes else "", it.read(),
        ]
        for it in contestants
    ]


def main():
    parser = argparse.ArgumentParser(prog="bench/compare.sh")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", default="1000,10000", help="bundles to try once")
    parser.add_argument("--update", action="store_true", help="write into BENCHMARKS.md")
    options = parser.parse_args()
    data, few = Data(options.count, options.seed), Data(BUNDLE, options.seed)
    ours, floors = OUT / "accolade-1", []

    def floor():
        floors.append(json.loads(Ran([TOOL, "floor", unpacked(ours), 3], 1).said))
        seconds = floors[-1]["ms"] * data.count / 1000
        return Took(seconds, seconds, 0), data.count

    one = Contestant("**accolade**, 1 thread", lambda: accolade(data, 1))
    two = Contestant(
        "accolade, 2 threads", lambda: accolade(data, 2),
        lambda: same_text(data, ours, unpacked(OUT / "accolade-2")),
    )
    lowest = Contestant("the floor, 1 thread", floor)
    rows = rounds([
        one,
        Contestant(
            f"typst CLI {typst_version()}, a process each, 1 thread",
            lambda: command_line(data, 1), lambda: same_text(data, ours, OUT / "cli"),
        ),
        Contestant(
            f"Python typst {version('typst')}, one compiler, 1 thread",
            lambda: python(data, 1), lambda: same_text(data, ours, OUT / "python"),
        ),
        lowest,
        two,
        *(
            Contestant(
                f"a plainer page by {name} {version(name)}, 1 thread",
                lambda name=name: simple(data, name.lower()),
                lambda name=name: same_facts(data, OUT / name.lower()),
            )
            for name in ("WeasyPrint", "ReportLab")
        ),
    ], options.rounds)
    rows += rounds([
        Contestant("**accolade**, 2 threads", lambda: accolade(few, 2)),
        Contestant(
            f"typst CLI {typst_version()}, one bundle, 2 threads", lambda: bundle(few, 2),
            lambda: same_text(few, unpacked(OUT / "accolade-2"), OUT / "bundle"),
        ),
    ], options.rounds)
    head = [
        "", "certificates", "ms each", "times accolade's", "CPU ms each", "times accolade's",
        "peak MB", "text",
    ]
    parts = floors[-1]
    taken = {"run": statistics.median(one.work), **medians(benched())}
    stages = compared({stage: taken[stage] / parts["ms"] for stage in STAGES}, options.update)
    large = [tried(int(count), options.seed) for count in options.large.split(",")]
    publish("compare", "\n".join([
        table(head, rows),
        "",
        f"Medians of {options.rounds} rounds, least and most in brackets. Two threads are "
        f"{spread(one.times_as_long_as(two), 2)} times as fast as one; accolade takes "
        f"{spread(one.times_as_long_as(lowest), 2)} times the floor, which is "
        f"{parts['subset']:.2f} ms to cut fonts, {parts['deflate']:.2f} ms to deflate and "
        f"{parts['write']:.2f} ms to write. {' '.join(large)}",
        "",
        stages,
        "",
        machine() + " `" + " ".join(["bench/compare.sh", *sys.argv[1:]]) + "`",
    ]), options.update)


def compared(now, update):
    """What each stage takes, as a multiple of the floor, beside what it took when that
    was last written down."""
    kept = json.loads(KEPT.read_text(encoding="utf8")) if KEPT.exists() else {}
    rows = []
    for stage, times in now.items():
        before = kept.get(stage)
        change = f"{times / before - 1:+.0%}" if before else ""
        rows.append([stage, f"{times:.3f}", f"{before:.3f}" if before else "", change])
        if before and times > SLOWER * before:
            print(f"slower: {stage} takes {times:.3f} times the floor, not {before:.3f}", file=sys.stderr)
    if update:
        KEPT.write_text(json.dumps({it: round(times, 3) for it, times in now.items()}, indent=4) + "\n")
    return table(["of one certificate", "times the floor", "before", ""], rows)


def typst_version():
    said = subprocess.run([TYPST, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[1]


if __name__ == "__main__":
    main()
