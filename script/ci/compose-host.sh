#!/usr/bin/env bash
# Makes this machine a Docker host on which the Compose runtime can be tested; run by .ci/run, or by hand as root:
#
#   eval "$(script/ci/compose-host.sh [DIRECTORY])"
#
# Prints `export NAME=value` lines. Starts dockerd unless an engine answers, and unpacks (installs nothing) the compose plugin from
# a Debian package unless one is there. What it cannot do it says on stderr, and exits 0: the tests then say what they skip.
#   COMPOSE_SUITE  Debian suite of the plugin (trixie: 2.26)
# Debian packages: docker.io, openssh-server, haproxy (none of them need run).
set -euo pipefail
directory=${1:-/var/tmp/slipway-ci}
suite=${COMPOSE_SUITE:-trixie}
note() { printf 'compose-host: %s\n' "$*" >&2; }
mkdir -p "$directory"

if ! command -v docker >/dev/null; then note 'no docker client: install docker.io'; exit 0; fi
if ! docker version >/dev/null 2>&1; then
  dockerd=$(PATH=$PATH:/usr/sbin command -v dockerd || true)
  if [ -z "$dockerd" ] || [ "$(id -u)" != 0 ]; then note 'no Docker Engine answers, and only root can start dockerd'; exit 0; fi
  getent group docker >/dev/null || groupadd --system docker
  setsid "$dockerd" --group docker >"$directory/dockerd.log" 2>&1 </dev/null &
  echo $! >"$directory/dockerd.pid"
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
