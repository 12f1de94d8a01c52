"""See stages.sh, which runs this; compare.py asks for the medians."""

import re
import subprocess
import sys

from measure import ROOT, machine, publish

UNITS = {"ns": 1e-6, "µs": 1e-3, "ms": 1, "s": 1e3}


def benched():
    """What `cargo bench` has to say."""
    command = ["cargo", "bench", "--locked", "--bench", "stages"]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in said.strip().splitlines())


def medians(said):
    """The median of each stage in milliseconds."""
    lines = re.findall(r"^[├╰]─ (\S+) +(.*)$", said, re.MULTILINE)
    found = {}
    for stage, columns in lines:
        number, unit = columns.split("│")[2].split()
        found[stage] = float(number) * UNITS[unit]
    return found


if __name__ == "__main__":
    said = benched()
    publish("stages", f"```text\n{said}\n```\n\n{machine()} `cargo bench`", "--update" in sys.argv)
