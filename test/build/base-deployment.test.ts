import { expect, it } from 'vitest';
import { baseDeployment } from '../../src/build/base-deployment.ts';
import { baseDeployment as generated } from '../../src/generated/base-deployment.js';

const base = baseDeployment();
const pod = base.spec.template.spec;

it('is hardened as the construct library hardens it', () => {
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    hostNetwork: false,
    securityContext: { runAsNonRoot: true },
  });
  expect(pod.containers[0]).toMatchObject({
    name: 'app',
    imagePullPolicy: 'Always',
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    },
  });
});

it('holds nothing that a version sets, and no name that follows from a construct path', () => {
  const keys = new Set<string>();
  JSON.stringify(base, (key, value) => {
    keys.add(key);
    return value;
  });
  for (const key of ['metadata', 'replicas', 'selector', 'labels', 'image', 'ports', 'resources', 'startupProbe']) {
    expect([...keys]).not.toContain(key);
  }
  expect(JSON.stringify(base)).not.toMatch(/placeholder|cdk8s|base-/);
});

it('is what the build wrote, so that nothing needs the construct library at run time', () => {
  expect(generated).toEqual(base);
});
