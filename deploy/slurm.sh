#!/usr/bin/env bash
# Makes one contest's package on a Slurm cluster: freezes the plan here, lets
# each task of an array job render one part, then puts the parts together.
#
#   deploy/slurm.sh PARTS DIR OUT [option of accolade plan]... [-- option of sbatch]...
#
# For example
#
#   deploy/slurm.sh 100 contest out --only 荣誉证书 -- --cpus-per-task=8 --partition=batch
#
# DIR and OUT are on storage that every node sees, and so is accolade: in PATH,
# or named in ACCOLADE. PARTS may be at most the cluster's MaxArraySize - 1,
# which is 1000 unless it was raised. The logs are in OUT/logs.
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail

accolade=${ACCOLADE:-accolade}

submit() {
    local parts=$1 dir out plan=() sheet=()
    dir=$(realpath "$2") out=$(realpath -m "$3")
    shift 3
    while (($#)) && [[ $1 != -- ]]; do
        # The sheet is read once more at the end.
        case $1 in
        --sheet) sheet=("$1" "${2-}") ;;
        --sheet=*) sheet=("$1") ;;
        esac
        plan+=("$1")
        shift
    done
    (($#)) && shift

    "$accolade" plan "$dir" --out "$out" --parts "$parts" "${plan[@]}"
    mkdir -p "$out/logs"
    # Later options win, so the caller's may change any of these.
    local array all
    array=$(sbatch --parsable --job-name=accolade-part --array="1-$parts" \
        --cpus-per-task=2 --output="$out/logs/part-%A_%a.log" "$@" "$0" part "$dir" "$out")
    all=$(sbatch --parsable --job-name=accolade-assemble --dependency="afterok:${array%%;*}" \
        --kill-on-invalid-dep=yes --output="$out/logs/assemble-%j.log" "$@" "$0" assemble "$dir" "$out" \
        "${sheet[@]}")
    echo "parts: job ${array%%;*}; assemble: job ${all%%;*}; logs: $out/logs"
}

# Runs one step, and once more later if it says with status 75 that this may
# help. Statuses 1 and 2 would come again. A node that fails and a task that is
# preempted are Slurm's own to requeue; a task that is cancelled gets no
# further than here, as the signal ends this shell, too.
step() {
    local job=$1 status=0
    shift
    "$accolade" "$@" || status=$?
    if ((status == 75 && ${SLURM_RESTART_COUNT:-0} < 5)); then
        echo "status 75: job $job will be tried again"
        scontrol requeue "$job"
    fi
    exit "$status"
}

case ${1-} in
part)
    step "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" run "$2" --out "$3" --shard auto \
        --threads "$SLURM_CPUS_PER_TASK"
    ;;
assemble)
    step "$SLURM_JOB_ID" assemble "${@:2:1}" --out "${@:3}"
    ;;
*)
    if (($# < 3)); then
        sed -n '2,/^#SBATCH/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
        exit 2
    fi
    submit "$@"
    ;;
esac
