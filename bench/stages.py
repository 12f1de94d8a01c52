"""See stages.sh, which runs this."""

import subprocess
import sys

from measure import ROOT, machine, publish

command = ["cargo", "bench", "--locked", "--bench", "stages"]
said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
lines = "\n".join(line.rstrip() for line in said.strip().splitlines())
publish("stages", f"```text\n{lines}\n```\n\n{machine()} `cargo bench`", "--update" in sys.argv)
