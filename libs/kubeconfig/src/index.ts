export * from './judge-kubeconfig';
