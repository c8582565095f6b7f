import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const everyHost = rule<{ host: string }>('traefik/every-host', {
  what: p => `The host ${quote(p.host)} stands for every host there is.`,
  why: 'A Traefik route for every host is one that names no host, and its other hosts would say nothing.',
  fix: 'Remove `hosts` to take every host, or name them: `hosts: [shop.example.com]`.',
});
export const methodPattern = rule<{ method: string }>('traefik/method-pattern', {
  what: p => `The method ${quote(p.method)} is a regular expression.`,
  why: 'Traefik compares whole methods only.',
  fix: 'List the methods, one match each: `match: [{ method: GET }, { method: HEAD }]`.',
});
export const hostHeader = rule<undefined>('traefik/host-header', {
  what: () => 'A match asks for the header "host".',
  why: 'Traefik keeps the host apart from the headers, so the match would never hold.',
  fix: 'Choose hosts for the whole route with `route.hosts`, and remove the header.',
});

/** Every mistake that only Traefik knows. */
export const traefikMessages = [everyHost, methodPattern, hostHeader] as const;
