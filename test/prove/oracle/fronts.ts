import { ALB } from './aws-alb.ts';
import type { Cluster, Failure } from './cluster.ts';
import { CONSUL } from './consul.ts';
import { CONTOUR } from './contour.ts';
import { GATEWAY } from './gateway-api.ts';
import { GLOO } from './gloo.ts';
import { kind, remembered } from './objects.ts';
import { PLAIN, type Sample } from './requests.ts';
import { failuresOfCall } from './services.ts';
import { TRAEFIK } from './traefik.ts';
import type { Front, Reader, Sent } from './ways.ts';

/** By group and kind. */
const READERS: { readonly [kind: string]: Reader } = {
  ...GLOO,
  ...TRAEFIK,
  ...GATEWAY,
  ...CONSUL,
  ...CONTOUR,
  ...ALB,
};

const readOf = remembered((object: object) => READERS[kind(object)]?.(object) ?? {});

export const frontOf = (object: object): Front | undefined => readOf(object).front;

/**
 * The requests of a route are all that its conditions say, taken as one text: each is tried by a request of its own, whose path is
 * that text. What overlaps is not seen.
 */
export const samplesOfFront = ({ routes }: Front): readonly Sample[] =>
  routes.map(({ conditions }) => ({ ...PLAIN, path: conditions }));

/** What becomes of a request to a host: of all that answer to it, those count that go before others. */
export function failuresByFronts(cluster: Cluster, host: string, { path }: Sample): readonly Failure[] {
  const fronts = [...cluster.held.values()].flatMap(object => frontOf(object) ?? []);
  const here = fronts.filter(({ hosts }) => hosts.includes(host));
  if (here.length === 0)
    return cluster.held.has(host)
      ? failuresOfCall(cluster, { service: host, copies: false })
      : [{ kind: 'unanswered', thing: host, copies: false }];
  const first = Math.max(...here.map(({ precedence }) => precedence));
  return here
    .filter(({ precedence }) => precedence === first)
    .flatMap(({ routes }) => routes.filter(({ conditions }) => conditions === path))
    .flatMap(({ sent }) => sent.flatMap(one => failuresOn(cluster, one, one.copies)));
}

/** What is missing on a way, through as many objects as it leads. */
function failuresOn(cluster: Cluster, { needs = [], to, port, share }: Sent, copies: boolean): readonly Failure[] {
  if (share === 0) return [];
  const opens = (identity: string): boolean => {
    const object = cluster.held.get(identity);
    return object !== undefined && readOf(object).isOpen !== false;
  };
  const missing = needs.find(need => !opens(need));
  if (missing !== undefined) return [{ kind: 'closed', thing: missing, copies }];
  if (to.startsWith('/Service/')) {
    return failuresOfCall(cluster, { service: to, ...(port === undefined ? {} : { port }), copies });
  }
  const next = cluster.held.get(to);
  const ways = next === undefined ? undefined : readOf(next).ways;
  if (ways === undefined) return [{ kind: 'closed', thing: to, copies }];
  // A way that copies find closed, or without pods, stops the requests, too: they are on their way together.
  return ways.flatMap(way =>
    failuresOn(cluster, way, copies || way.copies).flatMap(failure =>
      failure.kind === 'closed' ? [{ ...failure, copies }] : way.copies ? [{ ...failure, copies }, failure] : [failure],
    ),
  );
}
