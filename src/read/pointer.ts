import type { Path } from '../diagnostics/finding.ts';

/** A JSON pointer (https://www.rfc-editor.org/rfc/rfc6901), as ajv writes the place of a value. */
export type Pointer = string;

const escaped = (step: string | number): string => String(step).replaceAll('~', '~0').replaceAll('/', '~1');

/** A step of a pointer as it is written in the document. */
export const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** The pointer of a path. */
export const pointerOf = (path: Path): Pointer => path.map(step => `/${escaped(step)}`).join('');

/** Where a pointer leads in a document. A step is a number where the document holds a list. */
export function pathOf(pointer: Pointer, root: unknown): { readonly path: Path; readonly data: unknown } {
  const path: (string | number)[] = [];
  let data = root;
  for (const step of pointer.split('/').slice(1).map(unescaped)) {
    path.push(Array.isArray(data) ? Number(step) : step);
    data = typeof data === 'object' && data !== null ? Reflect.get(data, step) : undefined;
  }
  return { path, data };
}

/** A path as people write it: `spec.steps[1].traffic`; the empty path is the file itself. */
export function wordsOf(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][-\w]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step.length > 40 ? `${step.slice(0, 37)}...` : step)}]`;
  }
  return text === '' ? 'the file' : text;
}
