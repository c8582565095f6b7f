import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/** The package whose declarations say what core Kubernetes objects look like. */
const PACKAGE = 'cdk8s-plus-27';

/** Its name and version. */
export const SOURCE = `${PACKAGE} ${require(`${PACKAGE}/package.json`).version} lib/imports/k8s.d.ts`;

/**
 * An interface, an enum or a class of the declarations, by the name they give it.
 * @type {ReadonlyMap<string, ts.InterfaceDeclaration | ts.EnumDeclaration | ts.ClassDeclaration>}
 */
export const DECLARATIONS = readDeclarations();

function readDeclarations() {
  const file = require.resolve(`${PACKAGE}/package.json`).replace(/package\.json$/, 'lib/imports/k8s.d.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found = new Map();
  for (const node of source.statements) {
    if (ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node) || ts.isClassDeclaration(node)) {
      found.set(node.name?.text, node);
    }
  }
  return found;
}

/**
 * The name that Kubernetes gives to a type or a field: TypeScript's differs in its capitals (`clientIp` is `clientIP`).
 * @param {ts.Node} node
 */
export function kubernetesName(node) {
  const tag = ts.getJSDocTags(node).find(t => t.tagName.text === 'schema');
  const text = tag === undefined ? undefined : ts.getTextOfJSDocComment(tag.comment)?.trim();
  const name = text?.split(/[.#]/).at(-1);
  if (name === undefined) throw new Error(`no @schema at ${node.getText().slice(0, 80)}`);
  return name;
}
