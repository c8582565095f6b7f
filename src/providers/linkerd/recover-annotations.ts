import { quote } from '../../diagnostics/wording.ts';
import type { Retries } from '../../model/plan.ts';
import { into, type Spot, strange, textOf } from '../../model/reading.ts';
import type { Route, RouteKind } from '../../model/reading-http-route.ts';
import type { RouteTiming } from '../../model/reading-http-route-timing.ts';

/** Times and retries of every rule of a route, as its annotations tell: https://linkerd.io/2/reference/timeouts/ */
export function timingOfRoute({ annotations, kind, spot }: Route): RouteTiming {
  const at = (name: string): Spot => into(into(spot, ' metadata.annotations'), ` ${name}`);
  const read = (name: string): Annotation => ({ text: textOf(at(name), annotations[name]), spot: at(name) });
  const timeout = millisecondsOf(read('timeout.linkerd.io/request'));
  const retries = retriesOf(kind, read);
  return { ...(timeout === undefined ? {} : { timeout }), ...(retries === undefined ? {} : { retries }) };
}

interface Annotation {
  readonly text: string | undefined;
  readonly spot: Spot;
}

const REASONS: { readonly [kind in RouteKind]: { readonly words: readonly string[]; readonly name: string } } = {
  HTTPRoute: { name: 'retry.linkerd.io/http', words: ['5xx', 'gateway-error'] },
  GRPCRoute: {
    name: 'retry.linkerd.io/grpc',
    words: ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'],
  },
};

/** Without a limit it tries once more; any of the annotations alone asks for retries too. */
function retriesOf(kind: RouteKind, read: (name: string) => Annotation): Retries | undefined {
  const { name, words } = REASONS[kind];
  const other = read(REASONS[kind === 'HTTPRoute' ? 'GRPCRoute' : 'HTTPRoute'].name);
  if (other.text !== undefined) strange(other.spot, `it is not valid on a ${kind}`);
  const [reasons, limit, each] = [read(name), read('retry.linkerd.io/limit'), read('retry.linkerd.io/timeout')];
  if ([reasons, limit, each].every(({ text }) => text === undefined)) return undefined;
  if (reasons.text === undefined) strange(reasons.spot, 'what is tried again is not said');
  const retryOn = (reasons.text ?? '').split(',');
  for (const word of retryOn) if (!words.includes(word)) strange(reasons.spot, `${quote(word)} is no reason read here`);
  const attempts = limit.text === undefined ? 1 : Number(limit.text);
  if (limit.text === '0') strange(limit.spot, 'Linkerd reads 0 as no limit set, and tries once more');
  else if (limit.text !== undefined && !/^[1-9][0-9]{0,4}$/.test(limit.text)) strange(limit.spot, 'it is no number');
  const perTryTimeout = millisecondsOf(each);
  return { attempts, ...(perTryTimeout === undefined ? {} : { perTryTimeout }), retryOn };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** One whole number with a unit; 0 sets nothing. */
function millisecondsOf({ text, spot }: Annotation): number | undefined {
  if (text === undefined) return undefined;
  const found = /^([0-9]{1,12})(ms|[smhd])$/.exec(text);
  const total = found === null ? 0 : Number(found[1]) * UNITS.get(found[2]!)!;
  if (total === 0) strange(spot, `${quote(text)} is no duration of one whole number and a unit`);
  return total === 0 ? undefined : total;
}
