{{- define "krabuan.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "krabuan.labels" -}}
app.kubernetes.io/name: krabuan
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "krabuan.selector" -}}
app.kubernetes.io/name: krabuan
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "krabuan.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "krabuan.claim" -}}
{{ .Values.checkpoints.existingClaim | default (printf "%s-checkpoints" (include "krabuan.name" .)) }}
{{- end -}}

{{/* Nothing is written but to these folders, as nobody that has rights. */}}
{{- define "krabuan.container" -}}
image: {{ include "krabuan.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end -}}

{{- define "krabuan.environment" -}}
- name: KRABUAN_DATA
  value: /data
- name: KRABUAN_DATABASE
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.secretName | quote }}
      key: {{ .Values.database.secretKey | quote }}
- name: KRABUAN_SIGNING_KEY
  value: /keys/signing-key.pem
- name: KRABUAN_SECOND_FACTOR_KEY
  value: /keys/second-factor.key
- name: KRABUAN_CHECKPOINTS
  value: /checkpoints/exported
{{- if .Values.publicUrl }}
- name: KRABUAN_PUBLIC_URL
  value: {{ .Values.publicUrl | quote }}
{{- end }}
{{- if .Values.identity.configMapName }}
- name: KRABUAN_IDENTITY
  value: /identity/identity.yaml
{{- end }}
{{- range $name, $value := .Values.environment }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "krabuan.environmentSecrets" -}}
{{- range .Values.environmentSecrets }}
- secretRef:
    name: {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "krabuan.mounts" -}}
- name: data
  mountPath: /data
- name: temporary
  mountPath: /tmp
- name: keys
  mountPath: /keys
- name: checkpoints
  mountPath: /checkpoints
{{- if .Values.identity.configMapName }}
- name: identity
  mountPath: /identity
  readOnly: true
{{- end }}
{{- end -}}

{{/* Kubernetes lets the group of the pod read what a secret holds, and the service refuses a key that others can read:
     so each pod copies them to a place of its own, in memory. */}}
{{- define "krabuan.copyKeys" -}}
- name: keys
  {{- include "krabuan.container" . | nindent 2 }}
  command:
    - install
    - --mode=600
    - --target-directory=/keys
    - /given/signing-key.pem
    - /given/second-factor.key
  volumeMounts:
    - name: given
      mountPath: /given
      readOnly: true
    - name: keys
      mountPath: /keys
{{- end -}}

{{- define "krabuan.volumes" -}}
- name: data
  emptyDir: {}
- name: temporary
  emptyDir: {}
- name: keys
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
- name: given
  secret:
    secretName: {{ .Values.keys.secretName | quote }}
    defaultMode: 0440
    items:
      - key: {{ .Values.keys.signingKey | quote }}
        path: signing-key.pem
      - key: {{ .Values.keys.secondFactorKey | quote }}
        path: second-factor.key
- name: checkpoints
  persistentVolumeClaim:
    claimName: {{ include "krabuan.claim" . | quote }}
{{- if .Values.identity.configMapName }}
- name: identity
  configMap:
    name: {{ .Values.identity.configMapName | quote }}
{{- end }}
{{- end -}}

{{- define "krabuan.probes" -}}
startupProbe:
  httpGet: {path: /livez, port: http}
  periodSeconds: 2
  failureThreshold: 150
livenessProbe:
  httpGet: {path: /livez, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /readyz, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}

{{- define "krabuan.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
