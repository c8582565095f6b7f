import { quote } from '../../diagnostics/wording.ts';
import { strange } from '../../model/reading.ts';
import { type Backends, backendEnds } from '../../model/reading-backends.ts';
import type { CoreService } from '../../model/reading-services.ts';
import { type Drawn, type Ends, nowhere, splitOf } from '../../model/reading-shares.ts';
import type { RecoveredPortion } from '../../model/recovered.ts';
import { WHOLE } from '../../model/traffic.ts';
import type { Reference } from './recover-reference.ts';
import type { Sent, TraefikService } from './recover-traefik-service.ts';

/** What references are looked up in; Services and TraefikServices by `namespace/name`. */
export interface World extends Backends {
  readonly traefikServices: ReadonlyMap<string, TraefikService>;
  /** TraefikServices that some route leads to, as `namespace/name`. */
  readonly used: Set<string>;
}

/** Where requests end, and copies of them. */
export interface Reached {
  readonly split: readonly RecoveredPortion[];
  readonly mirror: readonly RecoveredPortion[];
}

/**
 * Follows requests to the pods. One member without pods, be it of weight 0 or for copies only, stops all of them.
 * https://github.com/traefik/traefik/blob/v3.7.9/pkg/provider/kubernetes/crd/kubernetes_http.go
 */
export function reach(world: World, { members, mirrors }: Sent, above: readonly string[] = []): Reached {
  const parts = members.map(member => ({ member, ...reachOne(world, member, above) }));
  const copies = mirrors.map(({ to, share }) => ({ to, share, ...reachOne(world, to, above) }));
  const stopped = [...parts, ...copies].flatMap(({ split }) => split.filter(({ target }) => 'missing' in target))[0];
  if (stopped !== undefined) return { split: [{ target: stopped.target, share: WHOLE }], mirror: [] };
  const drawn: readonly Drawn[] = parts.map(({ member, split }) => ({
    ends: split.map(({ target, share }) => ({ target, parts: share })),
    weight: members.length === 1 && mirrors.length === 0 && above.length === 0 ? 1 : (member.weight ?? 1),
  }));
  if (drawn.every(({ weight }) => weight === 0)) return noServer();
  for (const { to, mirror } of copies) if (mirror.length > 0) strange(to.spot, 'copies are copied once more');
  if (parts.length > 1)
    for (const { member, mirror } of parts)
      if (mirror.length > 0) strange(member.spot, 'a part of the requests is copied');
  return {
    split: splitOf(drawn),
    mirror: [
      ...(parts[0]?.mirror ?? []),
      ...copies.flatMap(({ split, share }) =>
        splitOf([{ ends: split.map(one => ({ target: one.target, parts: one.share })), weight: 1 }], share),
      ),
    ],
  };
}

const noServer = (): Reached => ({
  split: [{ target: { missing: 'no server is available' }, share: WHOLE }],
  mirror: [],
});

const stop = (missing: string): Reached => ({ split: [{ target: { missing }, share: WHOLE }], mirror: [] });

function reachOne(world: World, reference: Reference, above: readonly string[]): Reached {
  const { kind, namespace, name } = reference;
  const key = `${namespace}/${name}`;
  if (kind === 'Service') return { split: splitOf([{ ends: endsOfService(world, reference), weight: 1 }]), mirror: [] };
  if (above.includes(key)) return stop(`TraefikService ${name} leads to itself`);
  const found = world.traefikServices.get(key);
  world.used.add(key);
  if (found === undefined) return stop(`TraefikService ${name} is not among these objects`);
  return found.sent === undefined
    ? stop(`TraefikService ${name} leads nowhere`)
    : reach(world, found.sent, [...above, key]);
}

function endsOfService(world: World, { namespace, name, port, scheme, spot }: Reference): Ends {
  const service = world.services.get(`${namespace}/${name}`);
  if (port === undefined) return nowhere(`no port of Service ${name} is said`);
  const known = service?.ports.find(own => own.port === port || own.name === port);
  if (typeof port === 'string' && known === undefined) return nowhere(`Service ${name} has no port ${port}`);
  if (known !== undefined && (scheme ?? guessed(known)) !== spoken(known))
    strange(spot, `the scheme ${quote(scheme ?? guessed(known))} is not what the port speaks`);
  return backendEnds(world, { namespace, name, port: known?.port ?? (port as number) });
}

type Port = CoreService['ports'][number];

/** Traefik takes a port for TLS by its number or its name, and any other for plain HTTP/1. */
const guessed = ({ port, name }: Port): string => (port === 443 || name.startsWith('https') ? 'https' : 'http');

const spoken = ({ protocol }: Port): string => (protocol === 'http2' || protocol === 'grpc' ? 'h2c' : 'http');
