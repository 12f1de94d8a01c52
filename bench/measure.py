"""What the scripts beside this file share: the work folder, a command timed as
a whole, and numbers as they stand in a table."""

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
# As it is handed out.
ACCOLADE = Path(os.environ.get("ACCOLADE", TARGET / "dist" / "accolade"))
TOOL = TARGET / "release" / "examples" / "tool"
WORK = Path(os.environ.get("BENCH_WORK", TARGET / "bench"))
# What the script that runs may empty as it likes.
OWN = WORK / Path(sys.argv[0]).stem
OWN.mkdir(parents=True, exist_ok=True)
CERTIFICATE = "荣誉证书"


class Ran:
    """What a process took: seconds of wall clock and of work, peak memory in MB.
    It gets so many processors, and at most so many bytes to address."""

    def __init__(self, command, threads=None, may_fail=False, most=None):
        def confine():
            # So that a thread nobody asked for gains nothing.
            if threads:
                os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
            if most:
                resource.setrlimit(resource.RLIMIT_AS, (most, most))

        # Peers built on rayon take their threads from here.
        environment = dict(os.environ, RAYON_NUM_THREADS=str(threads or os.cpu_count()))
        with open(OWN / "said", "wb+") as said:
            start = time.monotonic()
            process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                env=environment, preexec_fn=confine,
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.monotonic() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            self.said = said.read().decode(errors="replace")
        self.status = process.returncode
        self.megabytes = usage.ru_maxrss / 1024
        self.worked = usage.ru_utime + usage.ru_stime
        if self.status and not may_fail:
            raise SystemExit(f"{command} ended with {self.status}:\n{self.said}")


def sheet(rows, seed=1):
    """A contest folder with a made-up sheet of so many rows and a signing key."""
    folder = WORK / f"sheet-{rows}-{seed}"
    if not folder.exists():
        new = OWN / "new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        shutil.copy(ROOT / "data" / "contest.toml", new)
        Ran([TOOL, "sheet", new, rows, seed])
        new.rename(folder)
    return folder


def fresh(folder):
    """A copy of a contest folder that has issued nothing yet."""
    copy = OWN / "contest"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("register.db*"))
    return copy


def spread(values, digits):
    """The median, and in brackets the least and the most."""
    low, high = min(values), max(values)
    return f"{statistics.median(values):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine():
    """The machine, the date and what was measured, in one sentence."""
    with open("/proc/cpuinfo") as info:
        models = [line.split(":")[1].strip() for line in info if line.startswith("model name")]
    with open("/proc/meminfo") as info:
        memory = int(next(info).split()[1]) / (1 << 20)
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip() or "unknown"
    cpu = models[0] if models else platform.machine()
    return (
        f"{len(os.sched_getaffinity(0))} cores of {cpu}, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release().split('-')[0]}; "
        f"{time.strftime('%Y-%m-%d')}, commit {commit}."
    )


def publish(name, text, update, page="BENCHMARKS.md"):
    """Prints a section, and puts it between its marks in a page."""
    print(text)
    if update:
        page = ROOT / page
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        before, rest = page.read_text(encoding="utf8").split(begin)
        _, after = rest.split(end)
        page.write_text(before + begin + text + "\n" + end + after, encoding="utf8")
