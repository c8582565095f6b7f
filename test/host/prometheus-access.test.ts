import { describe, expect, it } from 'vitest';
import { prometheusAccess } from '../../src/host/prometheus-access.ts';

const URL = 'https://prometheus.example.com';
const token = { SUREFOOT_PROMETHEUS_TOKEN: 'abc' };

describe('where Prometheus is and what it is sent', () => {
  it.each<[{ readonly [name: string]: string }, string | undefined, unknown]>([
    [{}, undefined, undefined],
    [token, undefined, undefined],
    [{}, URL, { url: URL, headers: {} }],
    [{ SUREFOOT_PROMETHEUS_URL: '' }, URL, { url: URL, headers: {} }],
    [{ SUREFOOT_PROMETHEUS_URL: 'http://localhost:9090' }, URL, { url: 'http://localhost:9090', headers: {} }],
    [token, URL, { url: URL, headers: { authorization: 'Bearer abc' } }],
    [{ SUREFOOT_PROMETHEUS_TOKEN: 'abc\n' }, URL, { url: URL, headers: { authorization: 'Bearer abc' } }],
    [
      { SUREFOOT_PROMETHEUS_USER: 'ana', SUREFOOT_PROMETHEUS_PASSWORD: 'pä:ss' },
      URL,
      { url: URL, headers: { authorization: `Basic ${Buffer.from('ana:pä:ss').toString('base64')}` } },
    ],
    [{ SUREFOOT_PROMETHEUS_TENANT: 'team-a' }, URL, { url: URL, headers: { 'x-scope-orgid': 'team-a' } }],
  ])('%j and %j', (environment, recorded, access) => expect(prometheusAccess(environment, recorded)).toEqual(access));

  it.each<[{ readonly [name: string]: string }, string]>([
    [{ SUREFOOT_PROMETHEUS_TOKEN: 'hun\nter2' }, 'SUREFOOT_PROMETHEUS_TOKEN'],
    [{ SUREFOOT_PROMETHEUS_TENANT: 'hun\0ter2' }, 'SUREFOOT_PROMETHEUS_TENANT'],
    [{ SUREFOOT_PROMETHEUS_USER: 'hunter:2' }, 'SUREFOOT_PROMETHEUS_USER'],
    [{ SUREFOOT_PROMETHEUS_USER: 'hunter2', ...token }, 'unset one of them'],
  ])('%j is wrong', (environment, words) => {
    const access = prometheusAccess(environment, URL);
    expect(JSON.stringify(access)).toContain(words);
    expect(JSON.stringify(access)).not.toContain('hun');
  });
});
