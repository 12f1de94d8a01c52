"""See parts.sh, which runs this."""

import argparse
import filecmp
import math
import shutil
import sys

from measure import ACCOLADE, CERTIFICATE, OWN, Ran, fresh, machine, publish, sheet, spread, table

PAGE = "docs/ten-million.md"
THREADS = 2

# What ten million certificates are reckoned with. Prices are assumptions, in US
# dollars, of the order of what large clouds ask.
CERTIFICATES = 10_000_000
CONTESTS = 100
PARTS = 10
WORKERS = 100
CORE_HOUR = 0.05
GB_MONTH = 0.023
THOUSAND_PUTS = 0.005
THOUSAND_GETS = 0.0004
# A large file goes to an object store in so many MB at a time.
UPLOAD = 64


def emptied(name):
    out = OWN / name
    shutil.rmtree(out, ignore_errors=True)
    return out


def only(out, pattern):
    (file,) = out.glob(pattern)
    return file


def megabytes(file):
    return file.stat().st_size / 1e6


def run(folder, out):
    return Ran([ACCOLADE, "run", folder, "--out", out, "--only", CERTIFICATE, "--threads", THREADS], THREADS)


def plan(folder, out, parts):
    return Ran([ACCOLADE, "plan", folder, "--out", out, "--only", CERTIFICATE, "--parts", parts], THREADS)


def make(folder, out, part, parts):
    command = [ACCOLADE, "run", folder, "--out", out, "--shard", f"{part}/{parts}", "--threads", THREADS]
    ran = Ran(command, THREADS)
    print(f"part {part}: {ran.seconds:.2f} s", file=sys.stderr)
    return ran


def row(what, all_of_it, certificates, written):
    seconds = [ran.seconds for ran in all_of_it]
    return [
        what,
        spread(seconds, 2) if len(seconds) > 1 else f"{seconds[0]:.2f}",
        f"{sum(seconds) * 1000 / certificates:.2f}",
        f"{sum(ran.worked for ran in all_of_it) * 1000 / certificates:.2f}",
        f"{max(ran.megabytes for ran in all_of_it):.0f}",
        written,
    ]


def reckon(count, frozen, made, assembled, part_mb, package_mb):
    """The table of ten million, from what so many certificates took."""

    def worked(runs):
        return sum(run.worked for run in runs) * CERTIFICATES / count

    # Seconds of one core; a worker has THREADS of them, what is done before and
    # after uses one.
    working, around = worked(made), worked([frozen, assembled])
    core_hours = (working + around) / 3600
    hours = (working / THREADS / WORKERS + around / CONTESTS) / 3600
    parts_gb = part_mb * CERTIFICATES / count / 1000
    packages_gb = package_mb * CERTIFICATES / count / 1000
    each_part, each_package = parts_gb * 1000 / CONTESTS / PARTS, packages_gb * 1000 / CONTESTS
    # A plan is one upload, and so is each piece of a part or a package.
    puts = CONTESTS * (1 + PARTS * math.ceil(each_part / UPLOAD) + math.ceil(each_package / UPLOAD))
    # A worker reads the contest, its key and the plan; assembling reads these,
    # the sheet, the register and every part.
    gets = CONTESTS * (3 * PARTS + 5 + PARTS)
    calls = puts / 1000 * THOUSAND_PUTS + gets / 1000 * THOUSAND_GETS
    singly = CERTIFICATES / 1000 * THOUSAND_PUTS
    return table(["", f"{CERTIFICATES:,} certificates", "cost"], [
        ["contests × parts", f"{CONTESTS} × {PARTS}", ""],
        ["certificates in a part", f"{CERTIFICATES // CONTESTS // PARTS:,}", ""],
        ["seconds for a part", f"{working / THREADS / CONTESTS / PARTS:.0f}", ""],
        ["core hours", f"{core_hours:.0f}", f"${core_hours * CORE_HOUR:.2f}"],
        [f"hours on {WORKERS} workers of {THREADS} cores", f"{hours:.2f}", ""],
        ["GB of parts, until they are deleted", f"{parts_gb:.0f}", ""],
        ["GB of packages", f"{packages_gb:.0f}", f"${packages_gb * GB_MONTH:.2f} a month"],
        ["MB of one part, one package", f"{each_part:.0f}, {each_package:.0f}", ""],
        ["uploads (PUT), reads (GET)", f"{puts:,}, {gets:,}", f"${calls:.2f}"],
        ["the same as one object a certificate", f"{CERTIFICATES:,} PUT", f"${singly:.0f}"],
    ])


def main():
    parser = argparse.ArgumentParser(prog="bench/parts.sh")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--parts", type=int, default=10)
    parser.add_argument("--sample", type=int, help="make only so many of the parts, and no package")
    parser.add_argument("--update", action="store_true", help="write into docs/ten-million.md")
    options = parser.parse_args()
    count, parts = options.count, options.parts
    numbers = range(1, parts + 1)
    if options.sample:
        numbers = numbers[:: max(1, parts // options.sample)][: options.sample]

    out, folder = emptied("out"), fresh(sheet(count))
    frozen = plan(folder, out, parts)
    made = [make(folder, out, part, parts) for part in numbers]
    sizes = [megabytes(file) for file in out.glob("*.part")]
    rows = [
        row("plan", [frozen], count, f"{megabytes(only(out, '*.plan')):.1f}"),
        row(f"one of {parts} parts", made, count * len(made) / parts, spread(sizes, 1)),
    ]
    note = f"{count:,} certificates, one process at a time on {THREADS} threads"
    if options.sample:
        note += f"; {len(made)} of the {parts} parts were made."
    else:
        assembled = Ran([ACCOLADE, "assemble", folder, "--out", out], THREADS)
        whole = emptied("whole")
        alone = run(fresh(sheet(count)), whole)
        package = only(out, "*.zip")
        if not filecmp.cmp(package, only(whole, "*.zip"), shallow=False):
            raise SystemExit("the parts were assembled to another package than one run makes")
        written = f"{megabytes(package):.0f}"
        rows += [
            row("assemble", [assembled], count, written),
            row("for comparison: one run", [alone], count, written),
        ]
        note += "; both packages are the same to the byte."
        reckoned = reckon(count, frozen, made, assembled, sum(sizes), megabytes(package))
        publish("reckoned", reckoned, options.update, PAGE)
    publish("sample" if options.sample else "parts", "\n".join([
        table(["", "seconds", "ms per certificate", "of a core", "peak MB", "MB written"], rows),
        "",
        note + " Where there are several values: median (least–most).",
        "",
        machine() + " `" + " ".join(["bench/parts.sh", *sys.argv[1:]]) + "`",
    ]), options.update, PAGE)


if __name__ == "__main__":
    main()
