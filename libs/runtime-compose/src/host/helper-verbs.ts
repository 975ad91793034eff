/** Second half: what a document's lines may say. `perform` changes things and runs under the slot's lock; `look` only reads. */
export const HELPER_VERBS = String.raw`
TAIL=20000
moment() { [[ $1 =~ ^[0-9][0-9TZ:.-]{0,40}$ ]] || die "not a moment: $1"; }
socket() { echo "$slot/proxy/admin.sock"; }
# Speaks to the proxy's admin socket with what this host has.
proxy() {
  [ -S "$(socket)" ] || return 1
  if command -v socat >/dev/null; then printf '%s\n' "$1" | socat -t 5 - "UNIX-CONNECT:$(socket)"
  elif command -v perl >/dev/null; then
    perl -e 'use Socket; alarm 5; socket(S,PF_UNIX,SOCK_STREAM,0)&&connect(S,sockaddr_un($ARGV[0]))||exit 1; syswrite(S,"$ARGV[1]\n"); shutdown(S,1); print while(<S>);' "$(socket)" "$1"
  elif command -v python3 >/dev/null; then
    python3 -c 'import socket,sys; s=socket.socket(socket.AF_UNIX); s.settimeout(5); s.connect(sys.argv[1]); s.sendall((sys.argv[2]+"\n").encode()); s.shutdown(1); sys.stdout.write("".join(iter(lambda: s.recv(65536).decode(),"")))' "$(socket)" "$1"
  else return 1; fi
}
# A proxy that has just been started needs a moment for its socket.
ask_proxy() { local said; said=$(proxy "$1") || { settled_proxy && said=$(proxy "$1"); } && printf '%s\n' "$said"; }
settled_proxy() { local i; for ((i = 0; i < 100; i++)); do proxy 'show version' >/dev/null 2>&1 && return; sleep 0.05; done; say 'no-proxy'; return 1; }
# Only what goes wrong is told.
quietly() { "$@" 2>&1 >/dev/null </dev/null | sed -u 's/^/| /'; return "${'$'}{PIPESTATUS[0]}"; }
# Changes the proxy through its socket; what it says to a change that is made is its own business.
change_proxy() { local said; said=$(ask_proxy "$1") || return; sed -nE '/^$|^Key not found|^(no need to change|(IP|port) changed)| changed its FQDN /!s/^/| /p' <<< "$said"; }
compose() { local p=$1 d=$2; shift 2; tool docker compose --ansi never --project-name "$p" --project-directory "$d" --env-file /dev/null -f "$d/compose.json" "$@"; }
containers() { docker ps -aq --no-trunc --filter "label=com.docker.compose.project=$1" ${'$'}{2:+--filter "$2"}; }

# A killed "compose up" leaves the replacement under <12 hex>_<name>: its container goes while the old one stands, and gets the
# name when the old one is gone. Nothing of it runs before it has its name, so two versions never hold one port.
recover() {
  local id name base
  while read -r id name; do
    [[ $name =~ ^[0-9a-f]{12}_(.+)$ ]] || continue
    base=${'$'}{BASH_REMATCH[1]}
    if docker container inspect "$base" >/dev/null 2>&1; then tool docker rm -f "$id" || return; say "recovered removed $name"
    else tool docker rename "$id" "$base" || return; say "recovered renamed $name"; fi
  done < <(docker ps -a --no-trunc --filter "label=com.docker.compose.project=$1" --format '{{.ID}} {{.Names}}')
}
# One that somebody paused can be neither started nor stopped.
thaw() { local ids; ids=$(docker ps -q --no-trunc --filter status=paused "$@"); [ -z "$ids" ] || quietly docker unpause $ids; }
# Makes services anew which Compose takes for right: it does not see what was changed of a container by hand.
recreate() { local p=$1 d=$slot/$2; shift 2; recover "$p" && thaw --filter "label=com.docker.compose.project=$p" && compose "$p" "$d" up --detach --no-build --no-deps --force-recreate "$@"; }
up() {
  local p=$1 d=$slot/$2; shift 2
  recover "$p" || return
  thaw --filter "label=com.docker.compose.project=$p" || return
  content "$slot/port"
  export SLIPWAY_UID=$UID SLIPWAY_GID=$(id -g) SLIPWAY_PROXY_DIR=$slot/proxy SLIPWAY_PORT=$REPLY
  local flags=() pair
  for pair in "$@"; do flags+=(--scale "$pair"); done
  compose "$p" "$d" up --detach --no-build "${'$'}{flags[@]}"
}
# Servers of the proxy that stand for these containers get nothing new. What they, and others without a share, still answer is waited
# for: that may need these containers.
servers_of() { proxy 'show servers state slot' | awk -v ids=" $* " '$18 != "-" && length($18) == 12 && index(ids, " " $18) { print $4 }'; }
retire() {
  local grace=$1 servers names s busy i; shift
  [ $# -gt 0 ] || return 0
  for s in "$@"; do plain "$s"; done
  servers=$(servers_of "$@")
  names=$(docker ps -a --format '{{.Names}}' "${'$'}{@/#/--filter=id=}")
  for s in $servers; do proxy "set server slot/$s state drain" >/dev/null; done
  for ((i = 0; i < grace * 20; i++)); do
    busy=$(proxy 'show stat slot 4 -1' 2>/dev/null | awk -F, -v all=" $(echo $servers) " '$19 == 0 || index(all, " " $2 " ") { n += $5 } END { print n + 0 }')
    [ "$busy" = 0 ] && break
    sleep 0.05
  done
  thaw "${'$'}{@/#/--filter=id=}"
  quietly docker stop -t "$grace" "$@"
  quietly docker rm -f "$@"
  for s in $names; do printf '| %s is stopped and removed\n' "$s"; done
  for s in $servers; do proxy "set server slot/$s state maint; set server slot/$s weight 0; set server slot/$s fqdn slipway-proxy" >/dev/null; done
  [ -z "$(docker container inspect -f '{{.Id}}' "$@" 2>/dev/null)" ]
}
# Gives the containers of a service a place at the proxy, without a share of the traffic yet.
join_proxy() {
  local network=$3 port=$4 path state id address free=() commands= i=0
  path=$(decode "$5")
  state=$(ask_proxy 'show servers state slot') || return
  mapfile -t free < <(awk '$7 % 2 == 1 { print $10, $4 }' <<< "$state" | sort -rn | cut -d ' ' -f 2)
  while read -r id address; do
    [ -n "$address" ] || continue
    id=${'$'}{id:0:12}
    [[ $state == *" $id "* ]] && continue
    [ -n "${'$'}{free[$i]:-}" ] || { say no-place; return 1; }
    commands+="del map /slipway/probes.map ${'$'}{free[$i]}; add map /slipway/probes.map ${'$'}{free[$i]} $path; "
    commands+="set server slot/${'$'}{free[$i]} addr $address port $port; set server slot/${'$'}{free[$i]} fqdn $id; "
    commands+="set server slot/${'$'}{free[$i]} weight 0; set server slot/${'$'}{free[$i]} state ready; "
    i=$((i + 1))
  done < <(docker network inspect -f '{{range $id, $c := .Containers}}{{$c.Name}} {{$id}} {{$c.IPv4Address}}{{println}}{{end}}' "$network" |
    awk -v stem="$1-$2-" 'index($1, stem) == 1 { sub("/.*", "", $3); print $2, $3 }')
  [ -z "$commands" ] || change_proxy "${'$'}{commands%; }"
}
gone() {
  retire "$2" $(containers "$1") || return
  local n
  for n in $(docker network ls -q --filter "label=com.docker.compose.project=$1"); do quietly docker network rm "$n" || return; done
}
# Releases whose time as a way back is over.
sweep() {
  local f at p grace kept services service now
  for f in "$slot"/expire/*; do
    [ -e "$f" ] || continue
    read -r at p grace kept services < "$f"
    now; [ "$at" -le "$now" ] || continue
    for service in $services; do retire "$grace" $(containers "$kept" "label=com.docker.compose.service=$service") || continue 2; done
    gone "$p" "$grace" && rm -rf "$slot/releases/$(basename "$f")" "$f"
  done
}
later() { local ms=$1; setsid bash "$self" --sweep "$slot" "$ms" </dev/null >/dev/null 2>&1 7>&- 9>&- & }
pick_port() {
  local from=$1 to=$2 have p
  exec 5>"$root/ports.lock"; flock 5
  content "$slot/port"; have=$REPLY
  if [ -z "$have" ] || [ "$have" -lt "$from" ] || [ "$have" -gt "$to" ]; then
    have=
    for ((p = from; p <= to; p++)); do
      grep -qsx "$p" "$root"/*/*/port && continue
      (exec 4<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null && continue
      have=$p; break
    done
    [ -n "$have" ] || { exec 5>&-; say "no-port $from $to"; return 1; }
    replace "$slot/port" "$have"
  fi
  exec 5>&-
}
# A task's container ends by itself; its end is what Docker says, its output what it wrote. Whether one was begun is written down before
# it is: the run of a worker that died is followed by its container, and without one it cannot be told how it ended.
task() {
  local p=$1 d=$slot/$2 seconds=$3 at=$slot/runs/$run id until left end
  id=$(containers "$p")
  if [ -z "$id" ]; then
    if [ -e "$at/began" ]; then grep -q '^= task [0-9]' "$at/log" || return $LOST; return 0; fi
    : > "$at/began"
    compose "$p" "$d" up --detach --no-build || return
    id=$(containers "$p")
  fi
  [ "$(docker inspect -f '{{.State.Status}}' "$id")" != created ] || tool docker start "$id" || return
  until=$((SECONDS + seconds))
  while [ "$(docker inspect -f '{{.State.Running}}' "$id")" = true ]; do
    left=$((until - SECONDS))
    [ $left -gt 0 ] || { tool docker kill "$id"; say 'task timeout'; break; }
    timeout $((left < 10 ? left : 10)) docker wait "$id" >/dev/null
  done
  end=$(docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' "$id") || return $LOST
  tool docker logs --tail 200 "$id"
  say "task $end"
  gone "$p" 1
  rm -rf "$d"
}

perform() {
  local verb=$1 f now; shift
  case $verb in
    put) inside "$1"; f=$slot/$1; [ -d "${'$'}{f%/*}" ] || mkdir -p "${'$'}{f%/*}"; decode "$2" > "$f.part" && mv -f "$f.part" "$f";;
    forget) inside "$1"; rm -rf "$slot/$1";;
    port) number "$1"; number "$2"; pick_port "$1" "$2";;
    network) plain "$1"; docker network inspect "$1" >/dev/null 2>&1 || quietly docker network create --label "slipway.project=$project" "$1";;
    volume) plain "$1"; docker volume inspect "$1" >/dev/null 2>&1 || quietly docker volume create --label "slipway.project=$project" "$1";;
    up) plain "$1"; inside "$2"; up "$@";;
    recreate) plain "$1"; inside "$2"; for f in "${'$'}{@:3}"; do plain "$f"; done; recreate "$@";;
    retire) number "$1"; retire "$@";;
    gone) plain "$1"; number "$2"; gone "$@";;
    proxy) change_proxy "$(decode "$1")";;
    join) plain "$1"; plain "$2"; plain "$3"; number "$4"; join_proxy "$@";;
    reload) plain "$1"; tool docker kill -s USR2 "$1";;
    expire) for f in "$1" "${'$'}{@:5}"; do plain "$f"; done; number "$2"; plain "$3"; number "$4"; mkdir -p "$slot/expire"; now
      [ -e "$slot/expire/$1" ] || replace "$slot/expire/$1" "$((now + $2)) ${'$'}{*:3}"; later "$2";;
    keep) plain "$1"; rm -f "$slot/expire/$1";;
    task) plain "$1"; inside "$2"; number "$3"; task "$@";;
    lost-network) plain "$1"; ! docker network inspect "$1" >/dev/null 2>&1 || quietly docker network rm "$1";;
    *) say "unknown $verb"; return 64;;
  esac
}
# Requests in a log since a moment, counted by server, without what was read up to another moment.
count_requests() {
  docker logs --timestamps "${'$'}{@:4}" --since "$2" "$1" 2>/dev/null | awk -v read="$3" '
    { if (($1 "") <= read) next; last = $1 }
    $2 == "R" && $7 !~ /^C/ { k = $3; n[k]++; if ($4 >= 500 || $4 < 100) e[k]++; us = $6 - $5; b = us < 1 ? 0 : int(log(us) / log(1.02)); h[k " " b]++ }
    END { print "= lines", NR; if (last != "") print "= read", last; for (k in n) print "= traffic", k, n[k], e[k] + 0; for (k in h) print "= bucket", k, h[k] }'
}
# The engine goes through a whole log for a moment, and quickly to its last lines: if those reach back, they are enough.
traffic() {
  local counted
  [ "$3" != - ] || { count_requests "$1" "$2" -; return; }
  counted=$(count_requests "$1" "$3" "$3" --tail $TAIL)
  [[ $counted != "= lines $TAIL"* ]] || counted=$(count_requests "$1" "$3" "$3")
  printf '%s\n' "$counted"
}
show() { local line; [ -e "$slot/$1" ] && { read -r line < "$slot/$1" || [ -n "$line" ]; } && printf '= file %s %s\n' "$1" "$line"; }
now() { if [ -n "${'$'}{EPOCHREALTIME:-}" ]; then now=${'$'}{EPOCHREALTIME/[.,]/}; now=${'$'}{now:0:13}; else now=$(date +%s%3N); fi; }
look() {
  local verb=$1 f first now; shift
  case $verb in
    standing)
      now; say "now $now"
      for f in state.json fence port; do show "$f"; done
      cd "$slot" 2>/dev/null || return 0
      for f in releases/*/release.json expire/*; do show "$f"; done
      if [ -e proxy/haproxy.cfg ]; then
        read -r first < proxy/haproxy.cfg; say "config $first"
        say proxy; proxy 'show stat slot 4 -1; show servers state slot' 2>/dev/null
      fi;;
    traffic) plain "$1"; moment "$2"; [ "$3" = - ] || moment "$3"; traffic "$@";;
    facts)
      say "bash ${'$'}{BASH_VERSINFO[0]}"
      say "user $(id -un) $(id -Gn)"
      for f in flock setsid timeout base64 stat awk sed; do command -v $f >/dev/null || say "lacks $f"; done
      for f in socat perl python3; do command -v $f >/dev/null && say "socket-by $f"; done
      say "docker $(docker version --format '{{.Server.Version}}' 2>&1 | head -n 1 | encode)"
      say "compose $(docker compose version --short 2>&1 | head -n 1 | encode)"
      ! docker image inspect -- "$(decode "$1")" >/dev/null 2>&1 || say has-image
      say "networks $(docker network ls -q 2>/dev/null | wc -l)";;
    *) die "unknown $verb";;
  esac
}

case ${'$'}{1:-} in
  --work) shift; work "$@";;
  --sweep) slot=$2; sleep "$(awk -v ms="$3" 'BEGIN { print ms / 1000 + 0.02 }')"; exec 9>"$slot/lock"; flock -w 1800 9 && sweep;;
  *)
    read_document
    if [ -n "$run" ]; then [ -n "$fence" ] || die 'no fence'; start
    else [ -z "$fence" ] || { claim; quiet; }; for line in "${'$'}{lines[@]}"; do split "$line"; look "${'$'}{words[@]}"; done; printf '@exit 0\n'; fi;;
esac
`;
