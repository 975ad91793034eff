export { KubernetesRuntimeTarget, type KubernetesRuntimeOptions } from './kubernetes-runtime-target';
