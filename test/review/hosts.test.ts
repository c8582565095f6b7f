import { expect, test } from 'vitest';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { answersFor } from '../../src/review/hosts.ts';

const answers = (provider: string, known: string, host: string): boolean => {
  const { capabilities } = PROVIDERS.find(({ name }) => name === provider)!;
  return answersFor({ hosts: [known], namespace: 'prod', capabilities }, host);
};

test.each([
  ['istio', 'shop', 'shop', true],
  ['istio', 'shop', 'Shop.prod.svc.cluster.local:80', true],
  ['istio', 'shop', 'shop.prod.', true],
  ['istio', 'shop', 'shop.svc', false],
  ['istio', 'shop', 'shop.staging', false],
  ['istio', 'shop', 'shop.prod.example.com', false],
  ['istio', 'shop', 'shop-v2', false],
  ['istio', 'shop.example.com', 'shop.example.com', true],
  ['istio', 'shop.example.com', 'shop', false],
  ['istio', 'shop.example.com', 'www.shop.example.com', false],
  ['istio', 'shop.other.svc.cluster.local', 'shop.other', true],
  ['istio', 'shop.other.svc.cluster.local', 'shop.prod', false],
  ['istio', '*.example.com', 'a.b.example.com', true],
  ['istio', '*.example.com', 'example.com', false],
  ['istio', '*.example.com', '.example.com', false],
  ['knative', 'shop', 'shop.prod.example.com', true],
  ['knative', 'shop', 'shop.example.com', false],
  ['kubernetes', 'shop', 'shop.prod.svc.my.domain', true],
])('on %s a route of %s answers for %s: %s', (provider, known, host, expected) => {
  expect(answers(provider, known, host)).toBe(expected);
});
