import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, itemsOf, mapOf, show, strange, textOf, wholeOf } from '../../model/reading.ts';
import type { BackendRef } from '../../model/reading-backends.ts';
import { type Fault, type Share, WHOLE } from '../../model/traffic.ts';

/** Copies of the requests of a route. */
export interface Copied {
  readonly to: BackendRef;
  /** What the copies are sent by: `http` or `grpc`; empty where they go to no Service of the cluster. */
  readonly scheme: string;
  readonly share: Share;
}

/** What the plugins of a route do to its requests. */
export interface Plugins {
  readonly copied: readonly Copied[];
  readonly fault?: Fault;
}

const PLUGIN = new Set(['name', 'enable', 'config']);

/** One that is not enabled does nothing; of two of the same name the last one counts. */
export function pluginsOf(spot: Spot, tree: Tree): Plugins {
  const plugins: Draft<Plugins> = { copied: [] };
  const seen = new Set<string>();
  itemsOf(spot, tree).forEach((item, i) => {
    const at = into(spot, i);
    const { name, enable = true, config } = fieldsOf(at, item, PLUGIN);
    const inConfig = into(at, '.config');
    if (typeof enable !== 'boolean') strange(into(at, '.enable'), `${show(enable)} stands where true or false is read`);
    if (enable !== true) return;
    if (seen.has(String(name))) strange(at, `there is a second ${show(name)}`);
    seen.add(String(name));
    if (name === 'proxy-mirror') plugins.copied = [copiedOf(inConfig, config)];
    else if (name === 'fault-injection') plugins.fault = faultOf(inConfig, config);
    else strange(at, `the plugin ${show(name)} is not read here`);
  });
  return plugins;
}

const MIRROR = new Set(['host', 'sample_ratio']);
const HOST = /^(https?|grpcs?):\/\/([^.:/]+)\.([^.:/]+)\.svc(?:\.cluster\.local)?(?::(\d{1,5}))?$/;

/** https://apisix.apache.org/docs/apisix/plugins/proxy-mirror/ */
function copiedOf(spot: Spot, tree: Tree): Copied {
  const { host, sample_ratio: ratio = 1 } = fieldsOf(spot, tree, MIRROR);
  const written = textOf(into(spot, '.host'), host) ?? '';
  const [, scheme = '', name = written, namespace = '', port = '80'] = HOST.exec(written) ?? [];
  if (scheme === '') strange(into(spot, '.host'), `${show(written)} is no Service of the cluster`);
  const share = typeof ratio === 'number' && ratio <= 1 ? Math.round(ratio * WHOLE) : 0;
  if (share < 1 || Math.abs(share / WHOLE - Number(ratio)) > 1e-9)
    strange(into(spot, '.sample_ratio'), `${show(ratio)} is no share of the requests in steps of 0.0001`);
  return { to: { namespace, name, port: Number(port) }, scheme, share };
}

const FAULT = new Set(['delay', 'abort']);
const DELAY = new Set(['duration', 'percentage']);
const ABORT = new Set(['http_status', 'percentage']);

/** https://apisix.apache.org/docs/apisix/plugins/fault-injection/ */
function faultOf(spot: Spot, tree: Tree): Fault {
  const fields = fieldsOf(spot, tree, FAULT);
  const fault: Draft<Fault> = {};
  if (Object.keys(mapOf(spot, tree)).length === 0) strange(spot, 'APISIX wants a delay or an abort');
  if (fields['delay'] !== undefined) {
    const at = into(spot, '.delay');
    const { duration, percentage } = fieldsOf(at, fields['delay'], DELAY);
    const milliseconds = typeof duration === 'number' ? Math.round(duration * 1000) : 0;
    if (milliseconds < 1) strange(into(at, '.duration'), `${show(duration)} is no number of seconds`);
    fault.delay = { duration: milliseconds, share: hitOf(into(at, '.percentage'), percentage) };
  }
  if (fields['abort'] !== undefined) {
    const at = into(spot, '.abort');
    const { http_status: written, percentage } = fieldsOf(at, fields['abort'], ABORT);
    const status = wholeOf(into(at, '.http_status'), written) ?? 0;
    if (status < 200) strange(into(at, '.http_status'), 'APISIX wants a status from 200 on');
    fault.abort = { status, share: hitOf(into(at, '.percentage'), percentage) };
  }
  return fault;
}

/** Nothing written: every request. */
function hitOf(spot: Spot, tree: Tree): Share {
  const percentage = wholeOf(spot, tree) ?? 100;
  if (percentage > 100) strange(spot, `${percentage} is no percent`);
  return Math.min(100, percentage) * (WHOLE / 100);
}
