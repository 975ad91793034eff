#!/usr/bin/env bash
# Makes this machine a Docker host on which the Compose runtime can be tested; run by .ci/run, or by hand as root:
#
#   eval "$(script/ci/compose-host.sh up [DIR])"   prints `export NAME=value` lines
#   script/ci/compose-host.sh down [DIR]           stops the dockerd that `up` started, and removes DIR, its containers and rules
#
# Starts dockerd with its data in DIR unless an engine answers, and unpacks (installs nothing) the compose plugin from a Debian
# package unless one is there. What it cannot do it says on stderr, and exits 0: the tests then say what they skip. It gets along
# with script/ci/kubernetes-node.sh, in any order: neither closes the FORWARD chain, and each has a containerd of its own.
#   COMPOSE_SUITE  Debian suite of the plugin (trixie: 2.26)
# Debian packages: docker.io, openssh-server, haproxy (none of them need run). DIR: /var/tmp/slipway-docker.
set -euo pipefail
action=${1:-up} directory=${2:-/var/tmp/slipway-docker}
suite=${COMPOSE_SUITE:-trixie}
note() { printf 'compose-host: %s\n' "$*" >&2; }

# dockerd leaves its bridges and rules behind.
forget_rules() {
  local table chain rule
  for table in nat filter; do
    iptables -t $table -S | grep -E '^-A (PREROUTING|OUTPUT|POSTROUTING|FORWARD) .*(DOCKER|docker0|br-[0-9a-f]{12})' | sed 's/^-A/-D/' |
      while read -r rule; do xargs iptables -t $table <<< "$rule"; done
    for chain in $(iptables -t $table -S | awk '$1 == "-N" && $2 ~ /^DOCKER/ { print $2 }'); do iptables -t $table -F "$chain"; done
    for chain in $(iptables -t $table -S | awk '$1 == "-N" && $2 ~ /^DOCKER/ { print $2 }'); do iptables -t $table -X "$chain"; done
  done
  ip link del docker0
}
# A process is its number and when it started: after a reboot the number is somebody else's.
identity() { echo "$1 $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)"; }
# Touches the containers and rules of the dockerd that `up` started and of no other engine.
down() {
  local pid
  read -r pid _ 2>/dev/null <"$directory/dockerd.pid" || pid=
  if [ -n "$pid" ] && [ "$(cat "$directory/dockerd.pid")" = "$(identity "$pid")" ]; then
    local -x DOCKER_HOST=unix:///var/run/docker.sock
    docker ps -aq | xargs -r docker rm -f >/dev/null 2>&1 || true
    docker network prune -f >/dev/null 2>&1 || true
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    forget_rules 2>/dev/null || true
  fi
  rm -rf "$directory" || { sleep 1; rm -rf "$directory"; }
}

case $action in
  down) down; exit 0;;
  up) ;;
  *) sed -n '2,12p' "$0"; exit 2;;
esac
mkdir -p "$directory"

if ! command -v docker >/dev/null; then note 'no docker client: install docker.io'; exit 0; fi
if ! docker version >/dev/null 2>&1; then
  dockerd=$(PATH=$PATH:/usr/sbin command -v dockerd || true)
  if [ -z "$dockerd" ] || [ "$(id -u)" != 0 ]; then note 'no Docker Engine answers, and only root can start dockerd'; exit 0; fi
  getent group docker >/dev/null || groupadd --system docker
  # dockerd closes the FORWARD chain for everybody else if it is the one that turns forwarding on.
  [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || echo 1 >/proc/sys/net/ipv4/ip_forward || true
  # Its default pools hold some thirty networks; tests that run side by side need more.
  setsid "$dockerd" --group docker --data-root "$directory/data" --exec-root "$directory/run" --pidfile "$directory/docker.pid" \
    --default-address-pool base=10.201.0.0/16,size=24 >"$directory/dockerd.log" 2>&1 </dev/null &
  identity $! >"$directory/dockerd.pid"
  for _ in $(seq 150); do docker version >/dev/null 2>&1 && break; sleep 0.2; done
  docker version >/dev/null 2>&1 || { note "dockerd does not answer: $(tail -n 3 "$directory/dockerd.log")"; exit 0; }
fi

plugin=${COMPOSE_PLUGIN:-}
if [ -z "$plugin" ] && ! docker compose version >/dev/null 2>&1; then
  plugin=$directory/compose/usr/libexec/docker/cli-plugins/docker-compose
  if [ ! -x "$plugin" ]; then
    apt=$directory/apt
    mkdir -p "$apt"/{lists/partial,cache/archives/partial,state,packages} "$directory/compose"
    if [ -f /etc/apt/sources.list.d/debian.sources ]; then
      sources=$apt/suite.sources
      awk 'BEGIN { RS = ""; ORS = "\n\n" } NR == 1' /etc/apt/sources.list.d/debian.sources |
        sed -E "s/^Suites:.*/Suites: $suite/; s/^Components:.*/Components: main/" >"$sources"
    else
      sources=$apt/suite.list
      awk -v suite="$suite" '$1 == "deb" { print $1, $2, suite, "main"; exit }' /etc/apt/sources.list >"$sources"
    fi
    options=(-q -o "Dir::Etc::sourcelist=$sources" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$apt/lists"
      -o "Dir::State=$apt/state" -o Dir::State::status=/dev/null -o "Dir::Cache=$apt/cache" -o APT::Get::List-Cleanup=0
      -o Acquire::Languages=none -o "APT::Sandbox::User=$(id -un)")
    if ! { apt-get "${options[@]}" update && cd "$apt/packages" && apt-get "${options[@]}" download docker-compose &&
      dpkg-deb -x docker-compose_*.deb "$directory/compose"; } >"$apt/log" 2>&1; then
      note "the compose plugin cannot be fetched from Debian $suite: $(tail -n 2 "$apt/log")"
      exit 0
    fi
  fi
fi
[ -z "$plugin" ] || printf 'export COMPOSE_PLUGIN=%q\n' "$plugin"
