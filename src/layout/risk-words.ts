import { naturally } from '../model/order.ts';
import type { Risk } from '../model/risk.ts';
import { printShare } from '../traffic/share.ts';
import { hostWords, objectWords } from './trouble-words.ts';

/** A risk in a word or two, for a table. */
export const riskName = ({ kind }: Risk): string => NAMES[kind];

const NAMES: { readonly [kind in Risk['kind']]: string } = {
  bypass: 'past the route',
  held: 'held back',
  wanders: 'wandering share',
  between: 'share on the way',
  connections: 'open connections',
  collected: 'collected',
};

/** Risks of one kind, whatever versions they are of, as one. */
export function together(risks: readonly Risk[]): readonly Risk[] {
  const found = new Map<string, Risk>();
  for (const risk of risks) {
    const key =
      risk.kind === 'bypass'
        ? `bypass ${risk.host}`
        : risk.kind === 'wanders' || risk.kind === 'between'
          ? JSON.stringify(risk)
          : risk.kind;
    const known = found.get(key);
    found.set(key, known === undefined ? risk : joined(known, risk));
  }
  return [...found.values()];
}

function joined(a: Risk, b: Risk): Risk {
  if (a.kind === 'collected' && b.kind === 'collected') return { ...a, doors: union(a.doors, b.doors) };
  if (a.kind === 'bypass' && b.kind === 'bypass') return { ...a, versions: union(a.versions, b.versions) };
  if (a.kind === 'held' && b.kind === 'held') return { ...a, versions: union(a.versions, b.versions) };
  return a;
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  [...new Set([...a, ...b])].sort(naturally);

/** What a risk means, a sentence. */
export function riskWords(risk: Risk): string {
  switch (risk.kind) {
    case 'bypass':
      return `callers that know ${hostWords(risk.host)} and not its route, such as pods without a sidecar, reach ${risk.versions.join(', ')} even where no request should.`;
    case 'held':
      return `while one of the versions that it lists (${risk.versions.join(', ')}) is not ready, nothing of a new split is applied, and requests go where they went before.`;
    case 'wanders':
      return `on the way ${risk.version} gets between ${printShare(risk.min)} % and ${printShare(risk.max)} % of the requests.`;
    case 'between':
      return `several objects move the split; on the way ${risk.version} gets between ${printShare(risk.min)} % and ${printShare(risk.max)} % of the requests, as in one of the two states or between them.`;
    case 'connections':
      return 'the split counts connections, and those that are open stay where they are.';
    case 'collected':
      return `the hop, or the way back, needs ${risk.doors.map(objectWords).join(', ')}, which the cluster may have collected when nothing used it for long.`;
    default:
      return risk satisfies never;
  }
}
