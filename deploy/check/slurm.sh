#!/usr/bin/env bash
# Tries deploy/slurm.sh on a Slurm cluster of one node, which it starts and
# stops, as root:
#
#   deploy/check/slurm.sh target/release/accolade
#
# While the parts are rendered, one task's accolade is told to end and another
# task is requeued; the package must then be, byte for byte, what one machine
# writes. What fails for good must not be tried again.
set -euo pipefail
cd "$(dirname "$0")/../.."
ACCOLADE=$(realpath "$1")
export ACCOLADE

work=$(mktemp -d)
export SLURM_CONF=$work/slurm.conf

finish() {
    local status=$?
    local daemon pid
    if ((status)); then
        scancel --user=root 2>/dev/null && sleep 2
    fi
    for daemon in slurmd slurmctld munged; do
        pid=$(cat "$work/$daemon.pid" 2>/dev/null) || continue
        kill "$pid" && until ! kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    done
    if ((status)); then
        tail -n 40 "$work"/*.log "$work"/*/logs/*.log 2>/dev/null || true
    fi
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT

fail() {
    echo "$*" >&2
    exit 1
}

# Waits, a minute at most, until a command succeeds.
until_true() {
    for _ in {1..300}; do
        "$@" && return
        sleep 0.2
    done
    fail "waited in vain: $*"
}

idle() { [[ $(sinfo --noheader --format=%T 2>/dev/null) == idle ]]; }
ended() { [[ -z $(squeue --noheader --jobs="$1" 2>/dev/null) ]]; }

# What Slurm knows of a job: fact JobState 12_1
fact() { scontrol --oneliner show job "$2" | grep -oP "(?<=\b$1=)\S+"; }

# Parts that are being written; those that are finished have their own ending.
half_written() { (($(find "$1" -maxdepth 1 -type f ! -name '*.plan' ! -name '*.part' -size +64k | wc -l) == 2)); }

# The process that renders a part.
worker() {
    local process
    for process in $(grep -lzx "SLURM_ARRAY_TASK_ID=$1" /proc/[0-9]*/environ 2>/dev/null); do
        process=${process%/environ}
        if [[ $(readlink "$process/exe") == "$ACCOLADE" ]]; then
            basename "$process"
        fi
    done
}

# Submits with deploy/slurm.sh and sets parts and assemble to the jobs' numbers.
submit() {
    local said
    said=$(deploy/slurm.sh "$@")
    echo "$said"
    parts=$(grep -oP '(?<=parts: job )\d+' <<<"$said")
    assemble=$(grep -oP '(?<=assemble: job )\d+' <<<"$said")
}

node=$(hostname -s)
cat >"$SLURM_CONF" <<CONF
ClusterName=check
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
# A requeued task waits until its credential has expired: by default two minutes.
AuthInfo=socket=$work/munge.socket,cred_expire=5
# Nothing that needs cgroups, which a container may not have.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# Two tasks at a time, whatever the machine has.
SlurmdParameters=config_overrides
NodeName=$node NodeAddr=127.0.0.1 CPUs=2
PartitionName=check Nodes=$node Default=YES
CONF
mkdir "$work/state" "$work/spool"
head -c 1024 /dev/urandom >"$work/munge.key"
chmod 400 "$work/munge.key"
munged --force --key-file="$work/munge.key" --socket="$work/munge.socket" \
    --pid-file="$work/munged.pid" --log-file="$work/munged.log" \
    --seed-file="$work/munged.seed" 2>"$work/munged.err.log"
slurmctld -f "$SLURM_CONF"
slurmd -f "$SLURM_CONF"
until_true idle

# The example's contest with enough winners that a part takes some seconds.
mkdir "$work/contest"
cp data/contest.toml "$work/contest"
sed -i 's/^sheet .*/sheet = "awards.csv"/' "$work/contest/contest.toml"
awk 'BEGIN {
    print "组别,奖项,项目名称,参赛单位,核心成员,推荐单位,推荐省赛"
    for (i = 1; i <= 1000; i++)
        printf "企业组,三等奖,第%d号示例项目,晋中第%d示例有限公司,王建国,榆次区,否\n", i, i
}' >"$work/contest/awards.csv"

only=(--only 荣誉证书 --only 荣誉证书打印册)
cp -r "$work/contest" "$work/single"
"$ACCOLADE" run "$work/single" --out "$work/whole" "${only[@]}"
# The same organizer: the same key signs.
cp "$work/single/signing.key" "$work/contest"

submit 4 "$work/contest" "$work/out" "${only[@]}" -- --cpus-per-task=1
until_true half_written "$work/out"
kill -TERM "$(worker 1)"
scontrol requeue "${parts}_2"
until_true ended "$parts,$assemble"
for job in "${parts}_"{1,2,3,4} "$assemble"; do
    [[ $(fact JobState "$job") == COMPLETED ]] || fail "job $job: $(fact JobState "$job")"
done
for task in 1 2; do
    [[ $(fact Restarts "${parts}_$task") == 1 ]] || fail "task $task was not started again"
done
grep -q 'status 75' "$work/out/logs/part-${parts}_1.log" || fail "the signal did not end with status 75"
cmp "$work"/whole/*.zip "$work"/out/*.zip
[[ -z $(find "$work/out" -name '.*' -type f) ]] || fail "something half-written was left behind"
echo "four parts, one ended by a signal and one requeued: the same package as one machine's"

# A contest that is changed after freezing.
submit 2 "$work/contest" "$work/stale" "${only[@]}" -- --cpus-per-task=1 --hold
sed -i 's/^date .*/date = 2026-08-11/' "$work/contest/contest.toml"
scontrol release "$parts" "$assemble"
until_true ended "$parts,$assemble"
for task in 1 2; do
    [[ $(fact JobState "${parts}_$task") == FAILED ]] || fail "task $task of a changed contest did not fail"
    [[ $(fact Restarts "${parts}_$task") == 0 ]] || fail "task $task of a changed contest was tried again"
done
[[ $(fact JobState "$assemble") == CANCELLED ]] || fail "a package was made although its parts failed"
echo "a contest changed after freezing: refused, and not tried again"
