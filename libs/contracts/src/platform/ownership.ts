/** The processes, and the event types that each alone may write (ARCHITECTURE.md, section 2). */
export const SERVICES = ['gateway', 'release', 'approval-inbox', 'provisioning', 'runtime-executor', 'audit'] as const;
export type ServiceName = (typeof SERVICES)[number];

export const RESOURCE_OWNERS = {
  service: 'release',
  artifact: 'release',
  change: 'release',
  release: 'release',
  intent: 'release',
  group: 'release',
  approval: 'approval-inbox',
  project: 'provisioning',
  environment: 'provisioning',
  policy: 'provisioning',
  gate: 'provisioning',
  target: 'provisioning',
  cluster: 'provisioning',
  infra: 'provisioning',
  account: 'provisioning',
  token: 'provisioning',
  role: 'provisioning',
  binding: 'provisioning',
  team: 'provisioning',
  execution: 'runtime-executor',
  slot: 'runtime-executor',
  subscription: 'audit',
  contact: 'audit',
} as const satisfies Record<string, ServiceName>;
export type ResourceType = keyof typeof RESOURCE_OWNERS;

export const resourcesOwnedBy = (service: ServiceName): ResourceType[] =>
  (Object.keys(RESOURCE_OWNERS) as ResourceType[]).filter((type) => RESOURCE_OWNERS[type] === service);
