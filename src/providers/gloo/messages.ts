import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const hostsOfParent = rule<{ hosts: readonly string[] }>('gloo/hosts-of-parent', {
  what: p => `The route has hosts (${p.hosts.map(quote).join(', ')}), and spec.gloo.routes asks for a RouteTable.`,
  why: 'A RouteTable has no hosts: they are those of the VirtualService that delegates to it.',
  fix: 'Move the hosts into that VirtualService and remove `hosts`, or set spec.gloo.routes to `virtual-service`.',
});
export const weightOfTable = rule<undefined>('gloo/weight-of-table', {
  what: () => 'spec.gloo.weight is set, and no RouteTable is emitted.',
  why: 'The weight is the place of one table among others; a VirtualService has none, so the setting would do nothing.',
  fix: 'Remove `weight`, or set spec.gloo.routes to `route-table`.',
});
export const shortDelay = rule<{ duration: string; rule: string }>('gloo/short-delay', {
  what: p => `The delay of the rule ${quote(p.rule)} is ${p.duration}, less than a second.`,
  why: 'Gloo looks at the whole seconds of a delay and refuses a route whose delay has none.',
  fix: 'Write `duration: 1s` or more.',
});
export const refusedPath = rule<{ path: string; part: string }>('gloo/path', {
  what: p => `The path ${quote(p.path)} holds ${quote(p.part)}.`,
  why: 'Gloo refuses routes with such paths, and one refused route can keep the whole VirtualService from being applied.',
  fix: 'Write the path as clients send it after normalisation: single slashes, no "." or ".." between them, no encoded slash, and other characters in percent-encoding.',
});

/** Every mistake that only Gloo knows. */
export const glooMessages = [hostsOfParent, weightOfTable, shortDelay, refusedPath] as const;
