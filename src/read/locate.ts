import { isPair } from 'yaml';
import type { At } from '../diagnostics/finding.ts';
import { childOf, headOf, type Span, spanOf } from './nodes.ts';

/**
 * Finds values and keys in a composed document. Where a path leads nowhere, the key of its nearest existing
 * ancestor is meant; a list entry has no key, so its first key, or its beginning, stands for it.
 */
export function locator(root: unknown): (at: At) => Span {
  return at => ('range' in at ? { start: at.range[0], end: at.range[1] } : follow(root, at));
}

function follow(root: unknown, at: Extract<At, { path: unknown }>): Span {
  let node = root;
  let key = headOf(root) ?? { start: 0, end: 0 };
  for (const step of at.path) {
    const child = childOf(node, step);
    if (child === undefined) return key;
    node = isPair(child) ? child.value : child;
    key = (isPair(child) ? spanOf(child.key) : headOf(child)) ?? key;
  }
  return at.on === 'key' ? key : (spanOf(node) ?? key);
}
