import { strange } from '../../model/reading.ts';
import type { Side } from './recover-side.ts';

/** The main Ingress, and the canary that it has. */
export interface Pair {
  readonly main: Side | undefined;
  readonly canary: Side | undefined;
}

/**
 * A canary belongs to the main Ingress with the same host, path and type of path, one to each; without one it does nothing:
 * https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/controller/controller.go (`mergeAlternativeBackends`)
 */
export function pairOf(sides: readonly Side[]): Pair {
  const [main, ...otherMains] = sides.filter(side => side.canary === undefined);
  const [canary, ...otherCanaries] = sides.filter(side => side.canary !== undefined);
  for (const { ingress } of otherMains) strange(ingress.spot, 'there is a main Ingress already');
  for (const { ingress } of otherCanaries) strange(ingress.spot, 'there is a canary already');
  if (main === undefined || canary === undefined) return { main, canary: undefined };
  const { spot } = canary.ingress;
  if (canary.ingress.tls.length > 0) strange(spot, 'a canary has no certificates');
  if (placeOf(main) !== placeOf(canary)) {
    strange(spot, 'no main Ingress has its hosts and its path');
    return { main, canary: undefined };
  }
  if (backendOf(main) === backendOf(canary)) strange(spot, 'the main Ingress names the same backend in the same way');
  if (JSON.stringify(main.loadBalancing) !== JSON.stringify(canary.loadBalancing))
    strange(spot, 'it balances otherwise than the main Ingress');
  return { main, canary };
}

const placeOf = ({ hosts, path, ingress }: Side): string =>
  JSON.stringify([ingress.namespace, ingress.className, hosts, path?.path, path?.type]);

const backendOf = ({ path }: Side): string => JSON.stringify([path?.service, path?.port]);
