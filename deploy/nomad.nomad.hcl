# One contest's package in parts on Nomad 1.5 or later.
#
#   accolade plan /srv/accolade/contest --out /srv/accolade/out --parts 100
#   nomad job run -var parts=100 -var image=accolade:0.1.0 deploy/nomad.nomad.hcl
#
# Before that:
# - There is no ready image. Build one from deploy/Containerfile.
# - /srv/accolade stands for storage that every client mounts (NFS, CephFS …) and
#   offers as the host volume `accolade`, writable for user 1000, with the contest
#   folder in it as `contest`. The package comes to lie in `out`.
#
# Exit statuses: 0 done; 75 may succeed later; 1 a fault of the data or a template and
# 2 a fault of the call or the environment, which would come again. Nomad cannot tell
# statuses apart, so its own restarts are off and the shell below tries again after
# a 75 alone. An allocation whose node is lost or drained is replaced all the same,
# under the same index. After a 1 or 2, `nomad job stop accolade`, correct and freeze
# again.

variable "parts" {
  description = "As many as were frozen with accolade plan --parts"
  type        = number
  default     = 100
}

variable "image" {
  type    = string
  default = "accolade:0.1.0"
}

locals {
  # Runs its arguments; when they end with 75, again half a minute later.
  again = <<-EOF
    end() { kill -TERM $child; wait $child; exit 75; }
    trap end TERM
    for try in $(seq $TRIES); do
      "$@" & child=$!
      wait $child
      status=$?
      [ $status -eq 75 ] || exit $status
      sleep 30
    done
    exit 75
  EOF
}

job "accolade" {
  type = "batch"

  group "parts" {
    # The index reaches accolade as NOMAD_ALLOC_INDEX.
    count = var.parts

    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    volume "work" {
      type   = "host"
      source = "accolade"
    }

    task "part" {
      driver = "docker"

      # SIGTERM ends a part after the document it is at.
      kill_signal  = "SIGTERM"
      kill_timeout = "60s"

      config {
        image      = var.image
        entrypoint = ["/bin/sh", "-c", local.again, "again"]
        args       = ["accolade", "run", "/data/contest", "--out", "/data/out", "--shard", "auto", "--threads", "2"]
      }

      env {
        TRIES = "5"
      }

      volume_mount {
        volume      = "work"
        destination = "/data"
      }

      resources {
        cores  = 2
        memory = 1024
      }
    }
  }

  # Waits for the parts: assemble ends with 75 as long as one is missing, for
  # a day at most.
  group "assemble" {
    restart {
      attempts = 0
      mode     = "fail"
    }

    reschedule {
      attempts  = 0
      unlimited = false
    }

    volume "work" {
      type   = "host"
      source = "accolade"
    }

    task "assemble" {
      driver       = "docker"
      kill_signal  = "SIGTERM"
      kill_timeout = "60s"

      config {
        image      = var.image
        entrypoint = ["/bin/sh", "-c", local.again, "again"]
        args       = ["accolade", "assemble", "/data/contest", "--out", "/data/out"]
      }

      env {
        TRIES = "2880"
      }

      volume_mount {
        volume      = "work"
        destination = "/data"
      }

      resources {
        cpu    = 1000
        memory = 2048
      }
    }
  }
}
