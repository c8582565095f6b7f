import { at, items, namespace, number, type Tree, text } from './objects.ts';
import { type Reader, type Sent, service } from './ways.ts';

const entry = (what: string, home: string, name: string): string => `consul.hashicorp.com/${what}/${home}/${name}`;
const nameOf = (object: Tree): string => String(at(object, 'metadata', 'name'));
const without = (tree: Tree): boolean => JSON.stringify(tree ?? {}) === '{}';

/** Consul knows a service before it takes an entry that names it. */
const needsOf = (home: string, names: readonly string[]): readonly string[] =>
  names.map(name => entry('ServiceDefaults', home, name));

export const CONSUL: { readonly [kind: string]: Reader } = {
  'consul.hashicorp.com/ServiceDefaults': object => ({ isOpen: at(object, 'spec', 'protocol') !== undefined }),
  'consul.hashicorp.com/ServiceSplitter': object => {
    const [home, name] = [namespace(object), nameOf(object)];
    const splits = items(at(object, 'spec', 'splits')).map(split => ({
      to: text(at(split, 'service')) ?? name,
      share: number(at(split, 'weight')) ?? 0,
    }));
    const needs = needsOf(home, [name, ...splits.map(({ to }) => to)]);
    const ways = splits.map(({ to, share }): Sent => ({ needs, to: service(home, to), share, copies: false }));
    const front = { hosts: [service(home, name)], precedence: 1, routes: [{ conditions: '{}', sent: ways }] };
    return { front, ways };
  },
  // What no route takes goes on to the service itself.
  'consul.hashicorp.com/ServiceRouter': object => {
    const [home, name] = [namespace(object), nameOf(object)];
    const written = items(at(object, 'spec', 'routes')).map(route => ({
      conditions: conditionsOf(at(route, 'match', 'http')),
      to: text(at(route, 'destination', 'service')) ?? name,
    }));
    const last = items(at(object, 'spec', 'routes')).at(-1);
    const isWhole = written.length > 0 && isEverything(at(last, 'match', 'http'));
    const all = isWhole ? written : [...written, { conditions: '{}', to: name }];
    const needs = needsOf(home, [name, ...all.map(({ to }) => to)]);
    const routes = all.map(({ conditions, to }) => ({
      conditions,
      sent: [
        {
          ...{ needs, share: 1, copies: false },
          to: to === name ? entry('ServiceSplitter', home, name) : service(home, to),
        },
      ],
    }));
    return { front: { hosts: [service(home, name)], precedence: 2, routes } };
  },
};

/** Every request in one text, which is that of a splitter, too: who takes them all takes the same ones. */
const conditionsOf = (match: Tree): string => (isEverything(match) ? '{}' : JSON.stringify(match));

const isEverything = (match: Tree): boolean => without(match) || JSON.stringify(match) === '{"pathPrefix":"/"}';
