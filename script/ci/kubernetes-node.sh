#!/usr/bin/env bash
# A real Kubernetes node on this machine, from plain binaries: etcd, kube-apiserver, controllers, scheduler, a kubelet with a
# containerd of its own, CNI bridge and kube-proxy. Pods really run; Services have working ClusterIPs. No registry, no Docker.
#
#   kubernetes-node.sh up [DIR]     starts it (15-20 s) and writes DIR/kubeconfig and DIR/env: KUBECONFIG, KUBERNETES_TEST_IMAGE
#   kubernetes-node.sh down [DIR]   stops it and removes DIR, pods, bridge and rules
#   kubernetes-node.sh state [DIR]  prints what of it ended and was started again, with its last lines, and the pods that do not run
#   kubernetes-node.sh lacks        prints what keeps it from running here; nothing when nothing does
#
# KUBEBUILDER_ASSETS  directory with etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy (default: PATH)
# CNI_BIN             directory with the CNI plugins bridge, host-local (default: /usr/lib/cni or /opt/cni/bin)
# Needs root, openssl, curl, containerd, runc, iptables, conntrack, iproute2, a static busybox, node. DIR: /var/tmp/slipway-kubernetes.
# Tested with Kubernetes 1.20. Where CAP_SYS_RESOURCE is missing it runs too. One at a time on a machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
action=${1:-up} DIR=${2:-/var/tmp/slipway-kubernetes}
POD_CIDR=10.244.0.0/24 SERVICE_CIDR=10.96.0.0/20 NODE=slipway-node BRIDGE=cni-slipway0
CNI=${CNI_BIN:-}; [ -n "$CNI" ] || for d in /usr/lib/cni /opt/cni/bin; do if [ -x $d/bridge ]; then CNI=$d; break; fi; done
SOCKET=$DIR/containerd/containerd.sock

binary() { local f=${KUBEBUILDER_ASSETS:+$KUBEBUILDER_ASSETS/$1}; if [ -n "$f" ] && [ -x "$f" ]; then echo "$f"; else type -P "$1" || true; fi; }
lacks() {
  local b
  [ "$(id -u)" = 0 ] || echo "root"
  for b in etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy; do
    [ -n "$(binary $b)" ] || echo "$b (in KUBEBUILDER_ASSETS or on PATH)"; done
  for b in openssl curl containerd ctr runc iptables conntrack ip busybox node; do type -P $b >/dev/null || echo "$b"; done
  [ -n "$CNI" ] || echo "CNI plugins (bridge, host-local in CNI_BIN)"
}

down() {
  [ -d "$DIR/pids" ] || return 0
  set +eo pipefail # whatever is gone already, the rest has to go as well
  stop() {
    local f=$DIR/pids/$1 p
    [ -f "$f" ] || return 0
    p=$(cat "$f"); kill "$p" 2>/dev/null || true
    for _ in $(seq "${2:-50}"); do kill -0 "$p" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$p" 2>/dev/null || true
    rm -f "$f"
  }
  stop keeper; stop kube-proxy; stop kubelet
  if [ -S "$SOCKET" ]; then
    local c="ctr -a $SOCKET -n k8s.io" t
    for t in $($c tasks ls -q 2>/dev/null); do $c tasks kill -s KILL -a "$t" >/dev/null 2>&1 || true; done
    for _ in $(seq 30); do $c tasks ls 2>/dev/null | grep -q RUNNING || break; sleep 0.1; done
    for t in $($c tasks ls -q 2>/dev/null); do $c tasks rm -f "$t" >/dev/null 2>&1 || true; done
    rm -f /var/lib/cni/results/slipway-*
  fi
  stop containerd
  local p
  for p in /proc/[0-9]*; do # the shims of this containerd alone: their command line names its socket
    [ "$(cat "$p/comm" 2>/dev/null)" = containerd-shim ] && tr '\0' ' ' < "$p/cmdline" 2>/dev/null | grep -q -- "-address $SOCKET" &&
      kill -9 "${p#/proc/}" 2>/dev/null || true; done
  stop kube-scheduler 10; stop kube-controller-manager 10; stop kube-apiserver 5; stop etcd 10
  for _ in 1 2 3; do awk -v d="$DIR/" 'index($2,d)==1{print $2}' /proc/mounts | sort -r | while read -r m; do umount -l "$m" 2>/dev/null || true; done; done
  # Network namespaces of its pods: those with an address on its bridge.
  local n
  for n in $(ls /run/netns 2>/dev/null | grep '^cni-' || true); do
    ip -n "$n" -4 -o addr 2>/dev/null | grep -q " ${POD_CIDR%.*}\." && ip netns del "$n" 2>/dev/null || true; done
  ip link del $BRIDGE 2>/dev/null || true
  local tb r ch
  for tb in nat filter mangle; do
    iptables -t $tb -S 2>/dev/null | grep -E '^-A [^ ]+ .*(KUBE-|CNI-)' | grep -vE '^-A (KUBE-|CNI-)' | sed 's/^-A/-D/' |
      while read -r r; do xargs iptables -t $tb <<< "$r" 2>/dev/null || true; done
    for ch in $(iptables -t $tb -S 2>/dev/null | awk '$1=="-N" && $2 ~ /^(KUBE-|CNI-)/{print $2}'); do iptables -t $tb -F "$ch" 2>/dev/null || true; done
    for _ in 1 2; do for ch in $(iptables -t $tb -S 2>/dev/null | awk '$1=="-N" && $2 ~ /^(KUBE-|CNI-)/{print $2}'); do
      iptables -t $tb -X "$ch" 2>/dev/null || true; done; done
  done
  for n in /sys/fs/cgroup/kubepods /sys/fs/cgroup/*/kubepods; do [ -d "$n" ] && find "$n" -depth -type d -exec rmdir {} \; 2>/dev/null || true; done
  rm -rf "$DIR" 2>/dev/null || { sleep 1; rm -rf "$DIR"; }
}

state() {
  cat "$DIR/ended" 2>/dev/null || true
  uptime; df -h "$DIR" | tail -n 1; free -m | sed -n 2p
  # The Node's conditions, then each pod that does not run and what it waits for.
  node - "$DIR/kubeconfig" <<'JS'
const { readFileSync } = require('node:fs');
const { get } = require('node:https');
const text = readFileSync(process.argv[2], 'utf8');
const [server] = text.match(/https:[^"]+/);
const base64 = (field) => Buffer.from(text.match(new RegExp(`${field}: ([^}\\s]+)`))[1], 'base64');
const options = { ca: base64('certificate-authority-data'), cert: base64('client-certificate-data'), key: base64('client-key-data'), timeout: 5000 };
const list = (path, each) =>
  get(server + path, options, async (answer) => {
    const body = (await answer.toArray()).join('');
    for (const item of JSON.parse(body).items ?? []) each(item);
  }).on('error', (error) => console.log(`${path}: ${error.message}`));
list('/api/v1/nodes', ({ status }) => console.log(status.conditions.map(({ type, status, reason }) => `${type}=${status} (${reason})`).join(', ')));
list('/api/v1/pods', ({ metadata, status }) => {
  if (status.phase === 'Running') return;
  const waiting = (status.containerStatuses ?? []).map(({ state }) => state.waiting?.message ?? state.waiting?.reason ?? 'runs');
  console.log(`pod ${metadata.namespace}/${metadata.name}: ${status.phase} ${waiting} ${status.conditions?.map(({ message }) => message ?? '').join(' ')}`.slice(0, 300));
});
JS
}

case $action in
  lacks) lacks; exit 0;;
  state) state; exit 0;;
  down) down; exit 0;;
  up) ;;
  *) sed -n '2,15p' "$0"; exit 2;;
esac

missing=$(lacks | paste -sd, | sed 's/,/, /g')
[ -z "$missing" ] || { echo "kubernetes-node: cannot run here, it lacks: $missing" >&2; exit 3; }
[ ! -e "$DIR/pids/kube-apiserver" ] || { echo "kubernetes-node: $DIR is in use; run '$0 down $DIR' first" >&2; exit 1; }
trap 'status=$?; [ $status = 0 ] || down >/dev/null 2>&1; exit $status' EXIT
mkdir -p "$DIR"/{pki,logs,pids,argv,etcd,cni,kubelet,images,containerd/root,containerd/state}
P=$DIR/pki START=$(date +%s%N)
elapsed() { echo $((($(date +%s%N) - START) / 1000000)) ms; }
freeport() { local p; while :; do p=$((20000 + RANDOM % 12000)); (exec 3<>/dev/tcp/127.0.0.1/$p) 2>/dev/null || { echo $p; return; }; done; }
start() { local n=$1; shift; printf '%s\0' "$(binary "$n")" "$@" > "$DIR/argv/$n"; launch "$n"; }
launch() { local argv; mapfile -d '' argv < "$DIR/argv/$1"; setsid "${argv[@]}" >> "$DIR/logs/$1.log" 2>&1 < /dev/null & echo $! > "$DIR/pids/$1"; }
keep() { # who ends is started again; `state` tells
  local n
  while sleep 2; do
    for n in $(ls "$DIR/argv"); do
      kill -0 "$(cat "$DIR/pids/$n")" 2>/dev/null && continue
      { echo "$(date +%T) $n ended, and was started again; its last lines:"; tail -n 5 "$DIR/logs/$n.log" | cut -c1-300; } >> "$DIR/ended"
      launch "$n"
    done
  done
}
die() { echo "kubernetes-node: $1" >&2; tail -15 "$DIR/logs/$2.log" >&2 || true; exit 1; }
alive() { kill -0 "$(cat "$DIR/pids/$1")" 2>/dev/null || die "$1 ended" "$1"; }
await() { # what process seconds command...
  local what=$1 process=$2 deadline=$(($(date +%s) + $3)); shift 3
  until "$@" >/dev/null 2>&1; do alive "$process"; [ "$(date +%s)" -lt $deadline ] || die "$what: not in time" "$process"; sleep 0.1; done
  echo "$(elapsed) $what"
}

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$P/$1.key" 2>/dev/null; }
cert() { # name subject [alternative names] [usage]
  key "$1"; openssl req -new -key "$P/$1.key" -subj "$2" -out "$P/$1.csr" 2>/dev/null
  printf '%s\n' "basicConstraints=CA:FALSE" "keyUsage=digitalSignature" "extendedKeyUsage=${4:-clientAuth}" ${3:+"subjectAltName=$3"} > "$P/$1.ext"
  openssl x509 -req -in "$P/$1.csr" -CA "$P/ca.crt" -CAkey "$P/ca.key" -set_serial "0x$(openssl rand -hex 8)" -days 3 -extfile "$P/$1.ext" -out "$P/$1.crt" 2>/dev/null
}
kubeconfig() { # file user
  cat > "$1" <<C
apiVersion: v1
kind: Config
current-context: slipway
clusters: [{name: slipway, cluster: {server: "https://127.0.0.1:$API", certificate-authority-data: $(base64 -w0 < "$P/ca.crt")}}]
users: [{name: $2, user: {client-certificate-data: $(base64 -w0 < "$P/$2.crt"), client-key-data: $(base64 -w0 < "$P/$2.key")}}]
contexts: [{name: slipway, context: {cluster: slipway, user: $2, namespace: default}}]
C
  chmod 600 "$1"
}
api() { local path=$1; shift; curl -sf --cacert "$P/ca.crt" --cert "$P/admin.crt" --key "$P/admin.key" "https://127.0.0.1:$API$path" "$@"; }
node_ready() { [[ $(api /api/v1/nodes/$NODE | tr -d ' \n') == *'"type":"Ready","status":"True"'* ]]; }
hello_answers() {
  local pod; pod=$(api /api/v1/namespaces/default/pods/hello | grep -o '"podIP": *"[^"]*"' | cut -d'"' -f4)
  [ -n "$pod" ] && [ "$(curl -sf --max-time 2 "http://$pod:8080/")" = hello ]
}
image() { # name, then arguments of oci-image.mjs; imported, and named by its digest as well
  local name=docker.io/slipway/$1 digest; shift
  digest=$(node "$here/oci-image.mjs" --out "$DIR/images/image.tar" --name "$name" "$@")
  ctr -a "$SOCKET" -n k8s.io images import "$DIR/images/image.tar" >> "$DIR/logs/import.log" 2>&1
  ctr -a "$SOCKET" -n k8s.io images tag --force "$name" "${name%:*}@$digest" >> "$DIR/logs/import.log" 2>&1
  rm "$DIR/images/image.tar"; echo "${name%:*}@$digest"
}

ADDRESS=$(ip -4 -o addr show scope global | awk '!/docker|br-|cni/{sub("/.*","",$4); print $4; exit}')
[ -n "$ADDRESS" ] || { echo "kubernetes-node: this machine has no address but the loopback's" >&2; exit 3; }
key ca; openssl req -x509 -new -key "$P/ca.key" -subj /CN=slipway-test-ca -days 3 -out "$P/ca.crt" 2>/dev/null
cert apiserver /CN=kube-apiserver "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:${SERVICE_CIDR%.*}.1,IP:$ADDRESS" serverAuth,clientAuth
cert admin /O=system:masters/CN=admin
key sa; openssl ec -in "$P/sa.key" -pubout -out "$P/sa.pub" 2>/dev/null
# etcd syncs each write before it answers: on a slow disk, pods would take minutes.
mount -t tmpfs -o size=1g,mode=700 slipway-etcd "$DIR/etcd" 2>/dev/null || true
ETCD_CLIENT=$(freeport) ETCD_PEER=$(freeport) API=$(freeport)
start etcd --data-dir "$DIR/etcd" --name slipway --listen-client-urls "http://127.0.0.1:$ETCD_CLIENT" --advertise-client-urls "http://127.0.0.1:$ETCD_CLIENT" \
  --listen-peer-urls "http://127.0.0.1:$ETCD_PEER" --initial-advertise-peer-urls "http://127.0.0.1:$ETCD_PEER" \
  --initial-cluster "slipway=http://127.0.0.1:$ETCD_PEER" --log-level warn
start kube-apiserver --etcd-servers="http://127.0.0.1:$ETCD_CLIENT" --bind-address=127.0.0.1 --secure-port="$API" --advertise-address="$ADDRESS" \
  --client-ca-file="$P/ca.crt" --tls-cert-file="$P/apiserver.crt" --tls-private-key-file="$P/apiserver.key" \
  --service-account-key-file="$P/sa.pub" --service-account-signing-key-file="$P/sa.key" --service-account-issuer=https://kubernetes.default.svc \
  --service-cluster-ip-range="$SERVICE_CIDR" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
  --endpoint-reconciler-type=none --max-requests-inflight=2000 --max-mutating-requests-inflight=1000 \
  --kubelet-client-certificate="$P/admin.crt" --kubelet-client-key="$P/admin.key" --kubelet-preferred-address-types=InternalIP
kubeconfig "$DIR/kubeconfig" admin
await "API server answers on 127.0.0.1:$API" kube-apiserver 60 api /readyz

cert controllers /CN=system:kube-controller-manager; cert scheduler /CN=system:kube-scheduler
kubeconfig "$DIR/controllers.kubeconfig" controllers; kubeconfig "$DIR/scheduler.kubeconfig" scheduler
start kube-controller-manager --kubeconfig="$DIR/controllers.kubeconfig" --secure-port="$(freeport)" --bind-address=127.0.0.1 --cert-dir="$P/controllers" \
  --leader-elect=false --use-service-account-credentials=true --service-account-private-key-file="$P/sa.key" --root-ca-file="$P/ca.crt" \
  --cluster-signing-cert-file="$P/ca.crt" --cluster-signing-key-file="$P/ca.key" --node-monitor-grace-period=16s --kube-api-qps=200 --kube-api-burst=400
start kube-scheduler --kubeconfig="$DIR/scheduler.kubeconfig" --secure-port="$(freeport)" --bind-address=127.0.0.1 --cert-dir="$P/scheduler" --leader-elect=false
# The node's own containerd: Docker's has no CRI plugin. restrict_oom_score_adj: for machines without CAP_SYS_RESOURCE.
cat > "$DIR/containerd/config.toml" <<C
version = 2
root = "$DIR/containerd/root"
state = "$DIR/containerd/state"
oom_score = 0
[grpc]
  address = "$SOCKET"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/slipway/pause:1"
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$CNI"
    conf_dir = "$DIR/cni"
C
start containerd --config "$DIR/containerd/config.toml"
await "containerd answers" containerd 20 ctr -a "$SOCKET" version
BUSYBOX=$(readlink -f "$(type -P busybox)")
image pause:1 --program "$BUSYBOX=/bin/busybox" --link /bin/sleep=busybox --entrypoint '["/bin/sleep","2147483647"]' >/dev/null
IMAGE=$(image node:test --program "$(readlink -f "$(type -P node)")=/usr/local/bin/node" --program "$BUSYBOX=/bin/busybox" \
  --link /bin/sh=busybox --link /bin/sleep=busybox --entrypoint '["/usr/local/bin/node"]')
echo "$(elapsed) images imported"

# isGateway gives the host an address on the bridge. What is the same for every pod is said once: the plugins that say it for each
# (ipMasq, firewall, portmap) run iptables a dozen times as a pod comes, and again as it goes. The names let `down` find the rules.
cat > "$DIR/cni/10-slipway.conflist" <<C
{"cniVersion":"0.4.0","name":"slipway","plugins":[
 {"type":"bridge","bridge":"$BRIDGE","isGateway":true,"hairpinMode":true,"ipam":{"type":"host-local","dataDir":"$DIR/cni-ipam","ranges":[[{"subnet":"$POD_CIDR"}]],"routes":[{"dst":"0.0.0.0/0"}]}}]}
C
iptables -t nat -A POSTROUTING -s "$POD_CIDR" ! -d "$POD_CIDR" -m comment --comment "CNI-outward" -j MASQUERADE
# Past Docker's FORWARD DROP.
for way in -i -o; do iptables -I FORWARD $way $BRIDGE -m comment --comment "CNI-forward" -j ACCEPT; done
cert kubelet "/O=system:nodes/CN=system:node:$NODE" "IP:127.0.0.1,IP:$ADDRESS,DNS:$NODE" serverAuth,clientAuth
kubeconfig "$DIR/kubelet.kubeconfig" kubelet
cat > "$DIR/kubelet.yaml" <<C
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: 0.0.0.0
port: $(freeport)
healthzPort: $(freeport)
tlsCertFile: $P/kubelet.crt
tlsPrivateKeyFile: $P/kubelet.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $P/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
cgroupRoot: /
failSwapOn: false
oomScoreAdj: 0
clusterDomain: cluster.local
resolvConf: $DIR/resolv.conf
maxPods: 200
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
nodeStatusUpdateFrequency: 4s
syncFrequency: 5s
kubeAPIQPS: 100
kubeAPIBurst: 200
C
echo "nameserver 127.0.0.1" > "$DIR/resolv.conf"
# 1.27 and newer know no other runtime and refuse the flag.
remote=(); if "$(binary kubelet)" --help 2>&1 | grep -q -- '--container-runtime string'; then remote=(--container-runtime=remote); fi
start kubelet --config="$DIR/kubelet.yaml" --kubeconfig="$DIR/kubelet.kubeconfig" --hostname-override="$NODE" --node-ip="$ADDRESS" \
  --root-dir="$DIR/kubelet" --cert-dir="$P/kubelet-dir" "${remote[@]}" --container-runtime-endpoint="unix://$SOCKET"
await "node $NODE is ready" kubelet 60 node_ready

cert proxy /CN=system:kube-proxy; kubeconfig "$DIR/proxy.kubeconfig" proxy
cat > "$DIR/proxy.yaml" <<C
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: $POD_CIDR
hostnameOverride: $NODE
clientConnection: {kubeconfig: $DIR/proxy.kubeconfig}
healthzBindAddress: 127.0.0.1:$(freeport)
metricsBindAddress: 127.0.0.1:$(freeport)
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
iptables: {minSyncPeriod: 0s, syncPeriod: 10s}
C
# An address that no Service has is nobody's, whatever the machine's gateway would answer for it. The name lets `down` find the rule.
iptables -A OUTPUT -d "$SERVICE_CIDR" -m comment --comment "KUBE-unrouted" -j REJECT
start kube-proxy --config="$DIR/proxy.yaml"
await "Services are routed" kube-proxy 20 iptables -t nat -S KUBE-SERVICES
await "the default ServiceAccount exists" kube-controller-manager 30 api /api/v1/namespaces/default/serviceaccounts/default
cat > "$DIR/hello.json" <<C
{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "hello"}, "spec": {"terminationGracePeriodSeconds": 1, "containers": [{"name": "hello",
 "image": "$IMAGE", "command": ["node", "-e", "require('http').createServer((q, r) => r.end('hello')).listen(8080)"]}]}}
C
api /api/v1/namespaces/default/pods -H 'Content-Type: application/json' --data-binary "@$DIR/hello.json" >/dev/null
await "a pod runs, and answers" kubelet 60 hello_answers
api /api/v1/namespaces/default/pods/hello -X DELETE >/dev/null
keep > /dev/null 2>&1 < /dev/null &
echo $! > "$DIR/pids/keeper"; disown
printf 'export KUBECONFIG=%s KUBERNETES_TEST_IMAGE=%s\n' "$DIR/kubeconfig" "$IMAGE" > "$DIR/env"
echo "$(elapsed) done: . $DIR/env"
