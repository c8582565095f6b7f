import { quote } from '../../diagnostics/wording.ts';
import type { KubeObject } from '../../model/kubernetes.ts';
import type { Spot } from '../../model/reading.ts';
import { into, mapOf, show, strange } from '../../model/reading.ts';

const DOMAIN = 'haproxy.router.openshift.io/';

/** Annotations that are read here. */
export const READ: ReadonlySet<string> = new Set(
  ['balance', 'disable_cookies', 'rewrite-target', 'timeout'].map(name => DOMAIN + name),
);

/** What annotations of a Route order. */
export interface Orders {
  /** Milliseconds. */
  readonly timeout: number;
  /** As written; absent: paths stay as they came. */
  readonly rewrite?: string;
}

/** Reads the annotations of a Route; those of other domains mean nothing to the router. */
export function ordersOf(spot: Spot, { metadata }: KubeObject): Orders {
  const at = into(spot, ' metadata.annotations');
  const marks = mapOf(at, metadata.annotations);
  const [balance, cookies, rewrite, timeout] = ['balance', 'disable_cookies', 'rewrite-target', 'timeout'].map(
    name => marks[DOMAIN + name],
  );
  if (balance !== 'roundrobin') strange(at, `under the balance ${show(balance)} weights do not hold`);
  if (cookies !== 'true') strange(at, 'its cookie keeps clients with a pod, and so with a version');
  const read = { timeout: timeoutOf(at, timeout) };
  if (rewrite === undefined) return read;
  if (typeof rewrite === 'string' && /^\/[\w./~-]*$/.test(rewrite)) return { ...read, rewrite };
  strange(at, `${show(rewrite)} is no path that the router takes as it is`);
  return read;
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);
/** The router's own, unless its administrator chose another. */
const DEFAULT_TIMEOUT = 30_000;
/** https://github.com/openshift/router/blob/master/pkg/router/template/util/util.go (HaproxyMaxTimeout) */
const LONGEST = 2_147_483_647;

/** One number and one unit, milliseconds where there is none. */
function timeoutOf(spot: Spot, written: unknown): number {
  if (written === undefined) return DEFAULT_TIMEOUT;
  const [, count, unit = 'ms'] = (typeof written === 'string' && /^([1-9]\d*)(ms|[smhd])?$/.exec(written)) || [];
  if (count !== undefined) return Math.min(Number(count) * UNITS.get(unit)!, LONGEST);
  strange(spot, `${quote(String(written))} is no time that is read here, and the router leaves it out`);
  return DEFAULT_TIMEOUT;
}
