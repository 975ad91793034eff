import { sha256, type ArtifactManifest, type KubernetesConnection } from '@slipway/contracts';
import { ROLLING } from '@slipway/runtime-target';
import { asKubernetesManifest, renderManifest } from '../render/manifest';

const IMAGE = `registry.example/shop@${sha256('image')}`;
const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: ${IMAGE}
          ports: [{containerPort: 9000}]
          env: [{name: MODE, value: own}]
          readinessProbe: {httpGet: {path: /ready, port: 9000}}
`;
const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9000}]}
`;

function rendered(
  text: string,
  variables = {},
  kubernetes: Partial<ArtifactManifest['kubernetes']> = {},
  connection: Partial<KubernetesConnection> = {},
) {
  const artifactManifest: ArtifactManifest = { api_version: 'slipway/v1', kubernetes: { files: ['k8s.yaml'], ...kubernetes } };
  return asKubernetesManifest({
    ...renderManifest({
      projectId: 'demo',
      serviceId: 'svc-shop',
      serviceName: 'shop',
      slotId: 'slt-shop',
      releaseId: 'rel-1',
      artifactDigest: sha256('a'),
      artifactVersion: '1',
      artifactManifest,
      files: { 'k8s.yaml': Buffer.from(text) },
      connection: { server: 'https://cluster.example', namespace: 'shop', ...connection },
      variables,
      strategy: ROLLING,
    }),
  });
}

function refusedField(text: string): string {
  try {
    rendered(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'manifest_refused' });
    return (error as { details: { field: string } }).details.field;
  }
  throw new Error('it was accepted');
}

/** The Deployment with more in its pod's or its container's mapping. */
const pod = (more: string): string => DEPLOYMENT.replace('    spec:\n      containers:', `    spec:\n      ${more}\n      containers:`);
const container = (more: string): string => `${DEPLOYMENT.trimEnd()}\n          ${more}\n`;

const ingress = (annotation: string): string =>
  `${DEPLOYMENT}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, annotations: {${annotation}}}\nspec: {}\n`;

describe("somebody's own manifests", () => {
  it('become processes that a strategy moves, Services that follow the traffic, and objects as they are written', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: b}\n';
    const manifest = rendered([DEPLOYMENT, SERVICE, config].join('---\n'), { MODE: 'given' }, { serves: { name: 'web', port: 9000 } });
    expect(manifest.processes['web']).toMatchObject({ image: IMAGE, port: true, container_port: 9000, replicas: 3, env: { MODE: 'own' } });
    expect(manifest.resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment shop-web',
      'Service web',
      'ConfigMap settings',
      'Service shop',
    ]);
    const [deployment, service, settings] = manifest.resources;
    expect(deployment).toMatchObject({
      spec: { template: { metadata: { labels: { app: 'web', 'slipway.dev/slot': 'slt-shop', 'slipway.dev/process': 'web' } } } },
    });
    expect(JSON.stringify(deployment)).toContain('"name":"MODE","value":"given"');
    expect(JSON.stringify(deployment)).not.toContain('"value":"own"');
    expect(service).toMatchObject({ spec: { selector: { 'slipway.dev/slot': 'slt-shop', 'slipway.dev/process': 'web' } } });
    expect(settings).toMatchObject({ data: { a: 'b' }, metadata: { name: 'settings', labels: { 'slipway.dev/slot': 'slt-shop' } } });
    expect(settings?.metadata.namespace).toBeUndefined();
  });

  const spec = 'k8s.yaml#1.spec.template.spec';
  it.each([
    [`${spec}.hostNetwork`, pod('hostNetwork: true')],
    [`${spec}.hostPID`, pod('hostPID: true')],
    [`${spec}.hostIPC`, pod('hostIPC: true')],
    [`${spec}.nodeName`, pod('nodeName: master')],
    [`${spec}.automountServiceAccountToken`, pod('automountServiceAccountToken: true')],
    [`${spec}.volumes[0].hostPath`, pod('volumes: [{name: v, hostPath: {path: /}}]')],
    [`${spec}.volumes[0].nfs`, pod('volumes: [{name: v, nfs: {server: a, path: /}}]')],
    [
      `${spec}.volumes[0].projected.sources[0].serviceAccountToken`,
      pod('volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]'),
    ],
    [`${spec}.securityContext.sysctls`, pod('securityContext: {sysctls: []}')],
    [
      `${spec}.initContainers[0].securityContext.privileged`,
      pod('initContainers: [{name: i, image: x, securityContext: {privileged: true}}]'),
    ],
    [`${spec}.containers[0].securityContext.privileged`, container('securityContext: {privileged: true}')],
    [`${spec}.containers[0].securityContext.allowPrivilegeEscalation`, container('securityContext: {allowPrivilegeEscalation: true}')],
    [`${spec}.containers[0].securityContext.capabilities.add`, container('securityContext: {capabilities: {add: [SYS_ADMIN]}}')],
    [`${spec}.containers[0].securityContext.procMount`, container('securityContext: {procMount: Unmasked}')],
    [`${spec}.containers[0].securityContext.seccompProfile.type`, container('securityContext: {seccompProfile: {type: Unconfined}}')],
    [`${spec}.containers[0].volumeDevices`, container('volumeDevices: []')],
    [`${spec}.containers[0].ports[0].hostPort`, DEPLOYMENT.replace('containerPort: 9000', 'containerPort: 9000, hostPort: 80')],
    ['Deployment web.spec.template.spec.serviceAccountName', pod('serviceAccountName: cluster-admin')],
    ['Deployment web.spec.template.spec.imagePullSecrets[0].name', pod('imagePullSecrets: [{name: registry}]')],
    [
      'Deployment web.spec.template.spec.volumes[0].secret.secretName',
      pod('volumes: [{name: v, secret: {secretName: payments-env-1a2b3c4d}}]'),
    ],
    [
      'Deployment web.spec.template.spec.volumes[0].projected.sources[0].secret.name',
      pod('volumes: [{name: v, projected: {sources: [{secret: {name: payments-env-1a2b3c4d}}]}}]'),
    ],
    [
      'Deployment web.spec.template.spec.volumes[0].persistentVolumeClaim.claimName',
      pod('volumes: [{name: v, persistentVolumeClaim: {claimName: payments-data}}]'),
    ],
    [
      'Deployment web.spec.template.spec.containers[0].envFrom[0].secretRef.name',
      container('envFrom: [{secretRef: {name: payments-env-1a2b3c4d}}]'),
    ],
    [
      'Deployment web.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name',
      DEPLOYMENT.replace('value: own', 'valueFrom: {secretKeyRef: {name: payments-env-1a2b3c4d, key: TOKEN}}'),
    ],
    [
      'Deployment web.spec.template.spec.initContainers[0].envFrom[0].secretRef.name',
      pod('initContainers: [{name: i, image: x, envFrom: [{secretRef: {name: payments-env-1a2b3c4d}}]}]'),
    ],
    [
      'k8s.yaml#2.metadata.annotations.nginx.ingress.kubernetes.io/server-snippet',
      ingress('nginx.ingress.kubernetes.io/server-snippet: "return 200;"'),
    ],
    ['k8s.yaml#2.metadata.annotations.nginx.org/location-snippets', ingress('nginx.org/location-snippets: a')],
    ['k8s.yaml#2.metadata.annotations.haproxy-ingress.github.io/config-backend', ingress('haproxy-ingress.github.io/config-backend: a')],
    [
      'Ingress web.metadata.annotations.nginx.ingress.kubernetes.io/auth-tls-secret',
      ingress('nginx.ingress.kubernetes.io/auth-tls-secret: other/ca'),
    ],
    ['k8s.yaml#1.metadata.namespace', DEPLOYMENT.replace('{name: web, labels', '{name: web, namespace: kube-system, labels')],
    ['k8s.yaml#1.metadata.finalizers', DEPLOYMENT.replace('{name: web, labels', '{name: web, finalizers: [a], labels')],
    [
      'k8s.yaml#1.metadata.labels.slipway.dev/slot',
      DEPLOYMENT.replace('labels: {app: web}}\nspec', 'labels: {slipway.dev/slot: other}}\nspec'),
    ],
    ['k8s.yaml#1.kind', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: []\n'],
    ['k8s.yaml#1.kind', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\n'],
    ['k8s.yaml#1.kind', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: b}\n'],
    ['k8s.yaml#1.kind', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n'],
    ['k8s.yaml#1.kind', 'apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata: {name: a}\n'],
    ['k8s.yaml#2.spec.externalIPs', `${DEPLOYMENT}---${SERVICE.replace('spec: {', 'spec: {externalIPs: [1.2.3.4], ')}`],
    ['k8s.yaml#2.spec.type', `${DEPLOYMENT}---${SERVICE.replace('spec: {', 'spec: {type: ExternalName, ')}`],
    ['Service web.spec.selector', `${DEPLOYMENT}---${SERVICE.replace('selector: {app: web}', 'selector: {app: other}')}`],
    ['k8s.yaml#2.metadata.name', `${DEPLOYMENT}---${DEPLOYMENT}`],
    ['k8s.yaml#1', 'a: &a [1]\nb: *a\n'],
    ['kubernetes.files', '# nothing\n'],
  ])('are refused for %s', (field, text) => {
    expect(refusedField(text)).toBe(field);
  });

  it('name the Secrets and claims that the target shares, and claims of their own', () => {
    const claim = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteOnce]}\n';
    const volumes = [
      'volumes: [{name: a, secret: {secretName: tls}}, {name: b, persistentVolumeClaim: {claimName: data}}]',
      'imagePullSecrets: [{name: registry.example}]',
    ].join('\n      ');
    const text = [pod(volumes), claim, ingress('nginx.ingress.kubernetes.io/auth-secret: shop/tls').split('---')[1]!].join('---\n');
    expect(rendered(text, {}, {}, { shared_secrets: ['tls', 'registry.example'] }).resources).toHaveLength(3);
    const more = pod('volumes: [{name: b, persistentVolumeClaim: {claimName: media}}]');
    expect(rendered(more, {}, {}, { shared_claims: ['media'] }).resources).toHaveLength(1);
  });

  it('say what to do instead', () => {
    expect(() => rendered(pod('imagePullSecrets: [{name: registry}]'))).toThrow(/shared_secrets/);
    expect(() => rendered('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n')).toThrow(/give it as a variable/);
    expect(() => rendered(pod('hostNetwork: true'))).toThrow(/hostNetwork/);
    expect(() => rendered(DEPLOYMENT, {}, { serves: { name: 'api', port: 1 } })).toThrow(/there is no Deployment api/);
    expect(() => rendered(DEPLOYMENT, {}, { files: ['other.yaml'] })).toThrow(/no such file/);
  });
});
