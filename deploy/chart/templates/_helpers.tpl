{{- define "slipway.fullname" -}}
{{- if contains "slipway" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-slipway" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "slipway.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "slipway.secretPrefix" -}}
{{ .Values.secrets.prefix | default (include "slipway.fullname" .) }}
{{- end }}

{{/* Labels of everything; `component` comes with the call: dict "root" $ "component" "gateway" */}}
{{- define "slipway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{ include "slipway.selector" . }}
{{- end }}

{{- define "slipway.selector" -}}
app.kubernetes.io/name: slipway
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "slipway.natsUrl" -}}
{{- if .Values.nats.enabled }}
{{- $name := include "slipway.fullname" . }}
{{- $urls := list }}
{{- range until (int .Values.nats.replicas) }}
{{- $urls = append $urls (printf "nats://%s-nats-%d.%s-nats-members:4222" $name . $name) }}
{{- end }}
{{- join "," $urls }}
{{- else }}{{ required "nats.url is needed where nats.enabled is false" .Values.nats.url }}{{ end }}
{{- end }}

{{- define "slipway.streamReplicas" -}}
{{ .Values.nats.streamReplicas | default (ternary .Values.nats.replicas 3 .Values.nats.enabled) }}
{{- end }}

{{- define "slipway.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "slipway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Where pods may run. */}}
{{- define "slipway.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Replicas of one component on different nodes where there are any. */}}
{{- define "slipway.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{ include "slipway.selector" . | nindent 8 }}
{{- end }}

{{/* Environment of one service, beside what all have. */}}
{{- define "slipway.ownEnvironment" -}}
{{- if eq .component "gateway" }}
- { name: NODE_OPTIONS, value: --max-semi-space-size=32 }
- { name: SLIPWAY_HTTP_HOST, value: 0.0.0.0 }
- { name: SLIPWAY_HTTP_PORT, value: '8080' }
- { name: SLIPWAY_INTERNAL_PRIVATE_KEY_FILE, value: /run/secrets/slipway/internal-private.jwk.json }
- { name: SLIPWAY_ISSUER_JWKS_FILE, value: /run/secrets/slipway/issuer.jwks.json }
- { name: SLIPWAY_WEB_DIR, value: /opt/slipway/apps/web/dist }
{{- else }}
- { name: DATABASE_URL_FILE, value: /run/secrets/slipway/database-url }
{{- end }}
{{- if eq .component "runtime-executor" }}
- { name: SLIPWAY_DATA_DIR, value: /var/lib/slipway/runtime }
- { name: SLIPWAY_SECRETS_KEY_FILE, value: /run/secrets/slipway/secrets.key }
{{- end }}
{{- if eq .component "audit" }}
- { name: SLIPWAY_ENDPOINTS_KEY_FILE, value: /run/secrets/slipway/endpoints.key }
{{- end }}
{{- if and .root.Values.publicUrl (or (eq .component "gateway") (eq .component "audit")) }}
- { name: SLIPWAY_PUBLIC_URL, value: {{ .root.Values.publicUrl | quote }} }
{{- end }}
{{- end }}
