import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A small HTTP server on a free port of this machine. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const { port, server } = await serve(() => undefined);
  server.close();
  await once(server, 'close');
  return port;
}

export interface Running {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** What a Prometheus knows: texts in its own format, one that is scraped, and one of older samples with their times. */
export interface Samples {
  readonly scraped: () => string;
  readonly older: string;
}

/** Starts Prometheus with a folder of its own, and waits until it has scraped. */
export async function startPrometheus({ scraped, older }: Samples): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'surefoot-prometheus-'));
  const target = await serve((_, response) => response.setHeader('content-type', 'text/plain').end(scraped()));
  const port = await freePort();
  writeFileSync(join(folder, 'prometheus.yml'), configFor(target.port));
  writeFileSync(join(folder, 'older.txt'), older);
  if (older !== '')
    execFileSync(
      'promtool',
      ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'older.txt'), join(folder, 'data')],
      { stdio: 'pipe' },
    );
  const words = [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn('prometheus', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', part => {
    said += part;
  });
  const stop = async (): Promise<void> => {
    target.server.close();
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) break;
    if (await hasScraped(url)) return { url, stop };
    await wait(100);
  }
  await stop();
  throw new Error(`Prometheus did not start: ${said}`);
}

const configFor = (port: number): string => `
global: { scrape_interval: 200ms, scrape_timeout: 200ms }
scrape_configs:
  - job_name: cluster
    honor_labels: true
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
`;

/** Rates need more than one sample. */
async function hasScraped(url: string): Promise<boolean> {
  const query = 'count_over_time(up{job="cluster"}[1m]) > 3';
  try {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
    const { data } = (await answer.json()) as { readonly data?: { readonly result: readonly unknown[] } };
    return (data?.result.length ?? 0) > 0;
  } catch {
    return false;
  }
}
