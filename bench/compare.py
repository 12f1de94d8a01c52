"""See compare.sh, which runs this."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from measure import (
    ACCOLADE, CERTIFICATE, ROOT, TOOL, WORK, Ran, fresh, machine, publish, sheet, spread, table,
)

TYPST = WORK / "bin" / "typst"
FONTS = ROOT / "fonts"
OUT = WORK / "out"

# So many documents the command line makes in each round, as it is slow, and so
# many of each program's are read.
SAMPLE = 20
# So many documents a bundle has.
BUNDLE = 200


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


class Data:
    """So many made-up certificates as every program is given them."""

    def __init__(self, count, seed):
        self.count = count
        self.contest = sheet(count, seed)
        made = emptied(WORK / "entries-made")
        Ran([TOOL, "entries", self.contest, CERTIFICATE, made])
        self.entries = emptied(WORK / f"entries-{count}")
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
    root = WORK / "root"
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

    def __init__(self, seconds, megabytes):
        self.seconds, self.megabytes = seconds, megabytes


def command_line(data, threads):
    root, out, ran = template_root(), emptied(OUT / "cli"), []
    for name in data.sample:
        shutil.copy(data.entries / name, root / "entry.json")
        pdf = (out / name).with_suffix(".pdf")
        ran.append(Ran([*typst_command(root, threads), root / "certificate.typ", pdf], threads))
    return Took(sum(it.seconds for it in ran), max(it.megabytes for it in ran)), len(ran)


def python(data, threads):
    root, out = template_root(), emptied(OUT / "python")
    program = ROOT / "bench" / "peer.py"
    return Ran([sys.executable, program, root, FONTS, data.entries, out], threads), data.count


def bundle(data, threads, may_fail=False):
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
    return Ran(command, threads, may_fail), data.count


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


def rounds(contestants, count):
    """Each contestant's milliseconds per certificate and peak memory, one round
    after the other."""
    times = {name: [] for name in contestants}
    memory = dict.fromkeys(contestants, 0)
    for number in range(count):
        for name, run in contestants.items():
            ran, documents = run()
            times[name].append(ran.seconds * 1000 / documents)
            memory[name] = max(memory[name], ran.megabytes)
            print(f"round {number + 1}: {name}: {times[name][-1]:.2f} ms", file=sys.stderr)
    return times, memory


def ratios(times, ours):
    return [theirs / own for theirs, own in zip(times, ours)]


def main():
    parser = argparse.ArgumentParser(prog="bench/compare.sh")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", type=int, default=10_000, help="a bundle to try once")
    parser.add_argument("--update", action="store_true", help="write into BENCHMARKS.md")
    options = parser.parse_args()
    data, few = Data(options.count, options.seed), Data(BUNDLE, options.seed)

    cli, package = f"typst CLI {typst_version()}", f"Python typst {version('typst')}"
    one, two = "accolade, 1 thread", "accolade, 2 threads"
    bundled, ours_bundled = f"typst CLI, bundle of {BUNDLE}", f"accolade, 2 threads, {BUNDLE}"

    floors = []

    def floor():
        pdfs = unpacked(OUT / "accolade-1")
        found = json.loads(Ran([TOOL, "floor", pdfs, 3], 1).said)
        floors.append(found)
        return Took(found["ms"] * found["count"] / 1000, 0), found["count"]

    times, memory = rounds({
        one: lambda: accolade(data, 1),
        cli: lambda: command_line(data, 1),
        package: lambda: python(data, 1),
        "floor": floor,
        two: lambda: accolade(data, 2),
    }, options.rounds)
    ours = OUT / "accolade-1"
    alike = {
        cli: same_text(data, ours, OUT / "cli"),
        package: same_text(data, ours, OUT / "python"),
        two: same_text(data, ours, unpacked(OUT / "accolade-2")),
    }
    against = dict.fromkeys([one, cli, package, "floor", two], one)

    more, more_memory = rounds({
        ours_bundled: lambda: accolade(few, 2),
        bundled: lambda: bundle(few, 2),
    }, options.rounds)
    alike[bundled] = same_text(few, unpacked(OUT / "accolade-2"), OUT / "bundle")
    times, memory = times | more, memory | more_memory
    against |= {ours_bundled: ours_bundled, bundled: ours_bundled}

    threads = {name: 2 if "2 threads" in name or name == bundled else 1 for name in times}
    documents = {one: data.count, cli: len(data.sample), "floor": data.count}
    documents |= {package: data.count, two: data.count, bundled: BUNDLE, ours_bundled: BUNDLE}
    rows = [
        [
            name.removesuffix(f", {BUNDLE}"), threads[name], documents[name],
            spread(times[name], 2),
            "" if against[name] == name else spread(ratios(times[name], times[against[name]]), 2),
            f"{memory[name]:.0f}" if memory[name] else "",
            alike.get(name, ""),
        ]
        for name in times
    ]
    head = ["", "threads", "certificates", "ms each", "times accolade's", "peak MB", "text"]
    speedup = spread(ratios(times[one], times[two]), 2)
    parts = floors[-1]
    large, _ = bundle(Data(options.large, options.seed), 2, may_fail=True)
    fate = "is made" if large.status == 0 else f"ends with status {large.status}"
    publish("compare", "\n".join([
        table(head, rows),
        "",
        f"Medians of {options.rounds} rounds, least and most in brackets; each ratio is within a "
        f"round. Two threads are {speedup} times as fast as one. The floor is {parts['subset']:.2f} "
        f"ms for the fonts, {parts['deflate']:.2f} ms to deflate and {parts['write']:.2f} ms to "
        f"write. A bundle of {options.large:,} {fate} "
        f"after {large.seconds:.0f} s and {large.megabytes:,.0f} MB.",
        "",
        machine() + f" `bench/compare.sh {' '.join(sys.argv[1:])}`".rstrip(" `") + "`",
    ]), options.update)


def typst_version():
    said = subprocess.run([TYPST, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[1]


if __name__ == "__main__":
    main()
