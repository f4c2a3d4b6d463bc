{{/* A part with what it has not said itself taken from the defaults, and its names.
     Give: dict "root" $ "name" name. Read it by fromYaml. */}}
{{- define "souk.part" -}}
{{- $own := index .root.Values.parts .name -}}
{{- $part := mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy $own) -}}
{{- $full := printf "%s-%s" .root.Release.Name .name | trunc 63 | trimSuffix "-" -}}
{{- $_ := set $part "name" .name -}}
{{- $_ := set $part "fullName" $full -}}
{{- $_ := set $part "secret" (default $full $part.secret) -}}
{{- $_ := set $part "kind" (ternary "gateway" "subgraph" (eq .name "gateway")) -}}
{{- toYaml $part -}}
{{- end -}}

{{/* Chosen by; they never change. Give: dict "root" $ "name" name. */}}
{{- define "souk.selector" -}}
app.kubernetes.io/name: souk
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end -}}

{{- define "souk.labels" -}}
{{ include "souk.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "souk.image" -}}
{{ printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end -}}

{{/* DATABASE_URL is the key database-url. */}}
{{- define "souk.key" -}}
{{ . | lower | replace "_" "-" }}
{{- end -}}

{{/* The pod of a part, or of the seed, which is like one. Give: dict "root" $ "part" part. */}}
{{- define "souk.confinedPod" -}}
automountServiceAccountToken: false
# Kubernetes would set variables such as CART_PORT, which are not ours.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: { sizeLimit: 128Mi }
  - name: secrets
    secret:
      secretName: {{ .part.secret }}
      defaultMode: 0440
{{- end -}}

{{/* What its container may do and is told. Give: dict "root" $ "part" part. */}}
{{- define "souk.confinedContainer" -}}
image: {{ include "souk.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args: [{{ .part.main }}]
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources: {{- toYaml .part.resources | nindent 2 }}
envFrom:
  - configMapRef: { name: {{ .part.fullName }} }
env:
  {{- range .part.secretVariables }}
  - name: {{ . }}_FILE
    value: /run/secrets/souk/{{ include "souk.key" . }}
  {{- end }}
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  - { name: secrets, mountPath: /run/secrets/souk, readOnly: true }
{{- end -}}
