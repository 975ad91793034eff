/**
 * First half of the program that runs at the Docker host (bash, a constant): how a document is read, fenced, run once under its
 * effect id, and followed. A run is a session of its own, so an SSH connection that drops neither ends nor repeats it.
 */
export const HELPER_FRAME = String.raw`#!/usr/bin/env bash
# Slipway's helper: reads ONE document on stdin, words and base64 alone, and does what its lines say. Placed under its own digest.
set -u
umask 077
export LC_ALL=C
unset "${'$'}{!COMPOSE_@}"
root=$HOME/.slipway
self=$root/bin/${'$'}{0##*/}
STALE=75 LOST=76

die() { printf '@error %s\n' "$*"; exit 64; }
plain() { [[ $1 =~ ^[a-z0-9][a-z0-9_.-]{0,200}$ ]] || die "not a name: $1"; }
number() { [[ $1 =~ ^[0-9]{1,16}$ ]] || die "not a number: $1"; }
inside() { [[ $1 =~ ^[a-z0-9][a-z0-9_./-]{0,300}$ && $1 != *..* ]] || die "not a path: $1"; }
decode() { [ "$1" = - ] || base64 -d <<< "$1"; }
encode() { base64 | tr -d '\n'; }
say() { printf '= %s\n' "$*"; }
# What a tool writes is data: every line of it gets a bar in front.
tool() { "$@" 2>&1 </dev/null | sed -u 's/^/| /'; return "${'$'}{PIPESTATUS[0]}"; }
replace() { printf '%s\n' "$2" > "$1.part" && mv -f "$1.part" "$1"; }
split() { set -f; words=($1); set +f; }
content() { REPLY=; [ ! -e "$1" ] || read -r REPLY < "$1"; }
read_fence() { content "$slot/fence"; newest=${'$'}{REPLY:-0}; }

read_document() {
  mapfile -t lines
  [ "${'$'}{#lines[@]}" -gt 1 ] && [ "${'$'}{lines[-1]}" = end ] || die 'the document is cut off'
  unset 'lines[-1]'
  slot= fence= run= once=
  local verb a b
  while [ "${'$'}{#lines[@]}" -gt 0 ]; do
    read -r verb a b <<< "${'$'}{lines[0]}"
    case $verb in
      slot) plain "$a"; plain "$b"; project=$a; slot=$root/$a/$b;;
      fence) number "$a"; fence=$a;;
      run) plain "$a"; run=$a; once=$b;;
      *) break;;
    esac
    lines=("${'$'}{lines[@]:1}")
  done
  [ -n "$slot" ] || die 'no slot named'
}

# Announces the claim: of an older one nobody begins another line from here on.
claim() {
  [ -d "$slot/runs" ] || mkdir -p "$slot/runs"
  exec 8>"$slot/claim.lock"; flock 8
  read_fence
  if [ "$fence" -lt "$newest" ]; then printf '@stale %s\n' "$newest"; exit 0; fi
  [ "$fence" -eq "$newest" ] || replace "$slot/fence" "$fence"
}
# Waits until the line that was under way is done: what is seen after that, no earlier hand changes.
quiet() { exec 8>&- 9>"$slot/lock"; flock -w 1800 9 || die 'the slot stayed busy for half an hour'; exec 9>&-; }

# Starts the run, or attaches to the one that goes by its name.
start() {
  claim
  local at=$slot/runs/$run ended
  if [ -d "$at" ]; then
    exec 7>>"$at/alive"
    if ! flock -n 7; then exec 8>&-; follow "$at" attached; return; fi
    content "$at/exit"; ended=$REPLY
    if [ "$once" = once ] && [ -n "$ended" ] && [ "$ended" != $STALE ]; then exec 7>&- 8>&-; follow "$at" recorded; return; fi
    exec 7>&-
    # One that may have had its effect is told so; one that ended before that, or is to run again, begins anew.
    [ "$once" = once ] && [ -e "$at/began" ] && [ -z "$ended" ] || rm -rf "$at"
  fi
  mkdir -p "$at"
  printf '%s\n' "${'$'}{lines[@]}" > "$at/document"
  exec 7>"$at/alive" 5>>"$at/log"; flock 7
  setsid bash "$self" --work "$slot" "$run" "$fence" </dev/null >&5 2>&1 5>&- 8>&- &
  exec 5>&- 7>&- 8>&-
  follow "$at" started
}

# Waits for the run's end by the lock that it holds as long as it lives, tells meanwhile what it writes, and how it ended.
follow() {
  local at=$1
  printf '@%s\n' "$2"
  exec 6<"$at/alive" 5<"$at/log"
  until flock -s -w 0.4 6; do cat <&5 || exit 0; done
  cat <&5 || exit 0
  [ ! -e "$at/exit" ] || printf '@exit %s\n' "$(<"$at/exit")"
}

# The run itself: one after the other for each slot, and not a line further once a newer claim has been announced.
work() {
  slot=$1; run=$2; fence=$3; project=${'$'}{slot%/*}; project=${'$'}{project##*/}
  local at=$slot/runs/$run
  mapfile -t lines < "$at/document"
  rm -f "$at/document"
  exec 9>"$slot/lock"
  flock -w 1800 9 || finish 1 'the slot stayed busy for half an hour'
  tidy
  sweep
  local line
  for line in "${'$'}{lines[@]}"; do
    read_fence; [ "$newest" -le "$fence" ] || finish $STALE 'a newer claim was announced'
    split "$line"
    perform "${'$'}{words[@]}" || failed $?
  done
  finish 0 done
}
# Runs are remembered for a week.
tidy() {
  local all=("$slot"/runs/*)
  [ "${'$'}{#all[@]}" -lt 60 ] || find "$slot/runs" -mindepth 1 -maxdepth 1 -mmin +10080 -exec rm -rf {} + 2>/dev/null
}
failed() { local what="${'$'}{words[*]:0:2}"; finish "$1" "failed: ${'$'}{what:0:80}"; }
finish() { [ "$1" = 0 ] || say "why $(printf '%s' "$2" | encode)"; replace "$slot/runs/$run/exit" "$1"; exit 0; }
`;
