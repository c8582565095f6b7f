import { DEFAULTS } from '../model/defaults.ts';
import { printDuration } from '../model/duration.ts';
import type { ProbeSpec } from '../model/rollout.ts';
import { type Foreign, listIn, numberIn, objectIn, textIn, valueIn } from './foreign.ts';
import { type LeftOut, unknownIn } from './left-out.ts';

/** What a probe is read against. */
export interface ProbeScope {
  readonly purpose: 'readiness' | 'liveness' | 'startup';
  /** The port that is asked where none is named: the first one of the Rollout. */
  readonly mainPort: number;
  readonly numbers: ReadonlyMap<string, number>;
}

/** A probe as a Rollout says it; no spec where it asks in a way that a Rollout cannot. */
export interface TakenProbe {
  readonly spec?: ProbeSpec;
  readonly left: readonly LeftOut[];
}

/** What the API server fills in: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
const SERVER = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 } as const;

const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;

/** Takes over a probe; times that the Deployment left to the API server are written, because Surefoot's are others. */
export function takeProbe(probe: Foreign, scope: ProbeScope): TakenProbe {
  const where = `${scope.purpose}Probe`;
  const ask = takeAsk(probe, scope);
  if (typeof ask === 'string') return { left: [{ what: where, why: ask }] };
  const known = [
    ...HANDLERS,
    ...Object.keys(SERVER),
    ...(valueIn(probe, 'successThreshold') === 1 ? ['successThreshold'] : []),
  ];
  return { spec: { ...ask, ...timesOf(probe, scope.purpose) }, left: unknownIn(probe, known, where) };
}

function timesOf(probe: Foreign, purpose: ProbeScope['purpose']): ProbeSpec {
  // a zero means the same as nothing, but for the first wait, where both mean zero
  const written = (key: keyof typeof SERVER): number => numberIn(probe, key) || SERVER[key];
  const usual = DEFAULTS[purpose];
  const time = (name: 'initialDelay' | 'period' | 'timeout', key: keyof typeof SERVER): ProbeSpec =>
    written(key) === usual[name] ? {} : { [name]: printDuration(written(key) * 1000) };
  const failureThreshold = written('failureThreshold');
  return {
    ...time('initialDelay', 'initialDelaySeconds'),
    ...time('period', 'periodSeconds'),
    ...time('timeout', 'timeoutSeconds'),
    ...(failureThreshold === usual.failureThreshold ? {} : { failureThreshold }),
  };
}

/** How it asks, or why a Rollout cannot say it. */
function takeAsk(probe: Foreign, scope: ProbeScope): ProbeSpec | string {
  const kinds = HANDLERS.filter(handler => valueIn(probe, handler) !== undefined && valueIn(probe, handler) !== null);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return 'it does not ask in exactly one way';
  const handler = objectIn(probe, kind);
  if (kind === 'exec') {
    const exec = textsIn(handler, 'command');
    return exec === undefined || exec.length === 0 ? 'its command is no list of texts' : { exec };
  }
  const port = portOf(valueIn(handler, 'port'), scope);
  if (typeof port === 'string') return port;
  return kind === 'httpGet'
    ? takeHttp(handler, port)
    : kind === 'grpc'
      ? takeGrpc(handler, port)
      : takeTcp(handler, port);
}

type AskedPort = Pick<ProbeSpec, 'port'>;

function portOf(port: unknown, { mainPort, numbers }: ProbeScope): AskedPort | string {
  const number = typeof port === 'string' ? (numbers.get(port) ?? Number(/^\d+$/.exec(port)?.[0] ?? Number.NaN)) : port;
  if (typeof number !== 'number' || Number.isNaN(number)) return 'its port is none of the container';
  return number === mainPort ? {} : { port: number };
}

function takeHttp(handler: Foreign, port: AskedPort): ProbeSpec | string {
  if ((textIn(handler, 'scheme') ?? 'HTTP') !== 'HTTP') return 'it asks over HTTPS, and a Rollout over HTTP only';
  if (textIn(handler, 'host') !== undefined) return 'it asks another host than the pod';
  if (listIn(handler, 'httpHeaders').length > 0) return 'a Rollout sends no headers with it';
  const path = textIn(handler, 'path') ?? '/';
  return { path: path.startsWith('/') ? path : `/${path}`, ...port };
}

const takeTcp = (handler: Foreign, port: AskedPort): ProbeSpec | string =>
  textIn(handler, 'host') === undefined ? { tcp: true, ...port } : 'it asks another host than the pod';

const takeGrpc = (handler: Foreign, port: AskedPort): ProbeSpec | string =>
  (textIn(handler, 'service') ?? '') === '' ? { grpc: true, ...port } : 'a Rollout asks no single gRPC service';

/** A list of nothing but texts; absent where it is none. */
export function textsIn(object: Foreign, key: string): readonly string[] | undefined {
  const list = valueIn(object, key);
  return Array.isArray(list) && list.every(item => typeof item === 'string') ? list : undefined;
}
