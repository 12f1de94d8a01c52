"""See growth.sh, which runs this."""

import argparse
import json
import shutil
import sys
import zipfile

from measure import ACCOLADE, CERTIFICATE, OWN, Ran, fresh, machine, publish, sheet, spread, table

# How many rows are checked, and how many certificates one is reissued among.
MANY = 10_000
ROUNDS = 3
THREADS = 2


def made(count, only=()):
    """A run from nothing, and the contest folder it leaves."""
    folder, out = fresh(sheet(count)), OWN / "out"
    shutil.rmtree(out, ignore_errors=True)
    command = [ACCOLADE, "run", folder, "--out", out, "--threads", THREADS]
    for kind in only:
        command += ["--only", kind]
    ran = Ran(command, THREADS)
    (package,) = out.glob("*.zip")
    with zipfile.ZipFile(package) as zip:
        found = sum(name.startswith(CERTIFICATE) for name in zip.namelist())
    if found != count:
        raise SystemExit(f"{package} holds {found} certificates instead of {count}")
    return ran, folder


def numbers(folder):
    said = Ran([ACCOLADE, "register", folder, "--format", "json"]).said
    return [certificate["number"] for certificate in json.loads(said)["certificates"]]


def main():
    parser = argparse.ArgumentParser(prog="bench/growth.sh")
    parser.add_argument("--counts", default="300,1000,10000,100000")
    parser.add_argument("--whole", default="300,1000,10000", help="of whole packages")
    parser.add_argument("--update", action="store_true", help="write into BENCHMARKS.md")
    options = parser.parse_args()
    counts, whole = (
        [int(count) for count in counts.split(",")] for counts in (options.counts, options.whole)
    )
    rows = []

    def row(what, count, ran):
        print(f"{what}, {count}: {ran.seconds:.2f} s, {ran.megabytes:.0f} MB", file=sys.stderr)
        each = ran.seconds * 1000 / count
        rows.append([
            what, f"{count:,}", f"{ran.seconds:.2f}", f"{each:.2f}", f"{ran.megabytes:.0f}",
        ])

    for count in counts:
        row("certificates", count, made(count, [CERTIFICATE])[0])
    for count in whole:
        row("whole package", count, made(count)[0])
    head = ["", "projects", "seconds", "ms each", "peak MB"]

    many = min(MANY, max(counts))
    checks = [Ran([ACCOLADE, "check", fresh(sheet(many))]) for _ in range(ROUNDS)]
    _, folder = made(many, [CERTIFICATE])
    reissues = [
        Ran([
            ACCOLADE, "reissue", folder, number, "--out", OWN / "out-reissue",
            "--set", "members=龚禹、乔岳", "--reason", "成员更正", "--yes",
        ])
        for number in numbers(folder)[many // 2 :][:ROUNDS]
    ]
    publish("growth", "\n".join([
        table(head, rows),
        "",
        f"Each once, on {THREADS} threads, from nothing issued to the finished zip. "
        f"`check` of {many:,} rows takes {spread([it.seconds for it in checks], 2)} s and "
        f"{checks[0].megabytes:.0f} MB; `reissue` of one of {many:,} certificates "
        f"{spread([it.seconds for it in reissues], 2)} s.",
        "",
        machine() + " `" + " ".join(["bench/growth.sh", *sys.argv[1:]]) + "`",
    ]), options.update)


if __name__ == "__main__":
    main()
