import type { Match, NamedMatch, Rule, TextMatch } from '../../model/traffic.ts';
import { cookieRegex, textRegex } from '../regexes.ts';

/**
 * A rule in Traefik's own language: any of the hosts, and any of the matches.
 * https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function ruleText(hosts: readonly string[], { matches }: Pick<Rule, 'matches'>): string {
  const parts = [hosts.map(hostText), matches.map(matchText)].filter(any => any.length > 0);
  if (parts.length === 0) return EVERYTHING;
  const lone = parts.length === 1;
  return parts.map(any => (any.length === 1 ? any[0]! : lone ? either(any) : `(${either(any)})`)).join(' && ');
}

/** A rule must ask for something, and every path begins so. */
const EVERYTHING = 'PathPrefix(`/`)';

/** `&&` binds closer than `||`; the parentheses are for people. */
const either = (any: readonly string[]): string =>
  any.map(one => (one.includes(' && ') ? `(${one})` : one)).join(' || ');

/** A star stands for any number of labels, as it does for other providers; Traefik's own star is one label. */
const hostText = (host: string): string =>
  host.startsWith('*.') ? call('HostRegexp', `^.+${host.slice(1).replaceAll('.', '\\.')}$`) : call('Host', host);

function matchText({ path, method, headers, cookies, query }: Match): string {
  const all = [
    ...(path === undefined ? [] : [pathText(path)]),
    ...(method === undefined ? [] : [call('Method', textRegex(method))]),
    ...headers.map(header => namedText('Header', header)),
    ...cookies.map(({ name, text }) => call('HeaderRegexp', 'Cookie', cookieRegex(name, text))),
    ...query.map(parameter => namedText('Query', parameter)),
  ];
  return all.length === 0 ? EVERYTHING : all.join(' && ');
}

function pathText(path: TextMatch): string {
  switch (path.kind) {
    case 'exact':
      return call('Path', path.value);
    case 'prefix':
      return call('PathPrefix', path.value);
    case 'regex':
      return call('PathRegexp', whole(path));
    case 'present':
      return EVERYTHING;
    default:
      return path satisfies never;
  }
}

/** `Query` with a name alone asks for an empty value, so presence is an expression too. */
const namedText = (what: 'Header' | 'Query', { name, text }: NamedMatch): string =>
  text.kind === 'exact' ? call(what, name, text.value) : call(`${what}Regexp`, name, whole(text));

/** Expressions are searched for anywhere in a text unless they are held at both ends. */
const whole = (text: TextMatch): string => (text.kind === 'present' ? '.*' : `^(?:${textRegex(text)})$`);

const call = (name: string, ...values: readonly string[]): string => `${name}(${values.map(quoted).join(', ')})`;

/** A string of Go: raw between backquotes, where it holds none of them and nothing that Go would drop or refuse there. */
const quoted = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be written with a backslash.
  /[`\u0000-\u001f\ufeff]/.test(text) ? JSON.stringify(text).replaceAll('\ufeff', '\\ufeff') : `\`${text}\``;
