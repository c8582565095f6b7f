import { parseAllDocuments, stringify } from 'yaml';
import { compile } from '../../src/compile.ts';
import type { Compiled } from '../../src/model/compiled.ts';
import type { Json } from '../../src/model/kubernetes.ts';
import type { Rendered } from './random-template.ts';

/** A file of many documents, quoted for the readers of YAML 1.1 that Kubernetes has. */
export const rendered = (objects: readonly unknown[]): string =>
  objects.map(object => `---\n${stringify(object, { aliasDuplicateObjects: false, version: '1.1' })}`).join('');

/** A Rollout `shop` in `prod`; the versions are written as given, each key of `spec` too. */
export const rolloutOf = (versions: object, spec: object = {}): string =>
  stringify(
    {
      apiVersion: 'surefoot.dev/v1',
      kind: 'Rollout',
      metadata: { name: 'shop', namespace: 'prod' },
      spec: { provider: 'istio', versions, ...spec },
    },
    { aliasDuplicateObjects: false },
  );

/** Compiles a Rollout at rollouts/shop.yaml with templates by path. */
export const compiled = (text: string, templates: { readonly [path: string]: string }): Compiled =>
  compile({ file: 'rollouts/shop.yaml', text }, { templates });

/** Codes of the errors, with their places. */
export const errorsOf = ({ diagnostics }: Compiled): readonly string[] =>
  diagnostics.filter(d => d.severity === 'error').map(d => `${d.file}:${d.line}:${d.column} ${d.code} ${d.what}`);

/** The objects of every state, by its name. */
export function statesOf({ results }: Compiled): { readonly [state: string]: readonly Rendered[] } {
  const files = results?.[0]?.files.filter(({ path }) => /^plan\/.*\.yaml$/.test(path)) ?? [];
  return Object.fromEntries(
    files.map(({ path, text }) => [
      path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length),
      parseAllDocuments(text).map(document => document.toJS() as Rendered),
    ]),
  );
}

/** The value at a dotted path. */
export const at = (value: unknown, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<unknown>((here, key) => (here as { [key: string]: unknown } | undefined)?.[key], value) as Json;
