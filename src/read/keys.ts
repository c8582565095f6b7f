import { isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import type { At, Finding } from '../diagnostics/finding.ts';
import { spanOf, textOfKey } from './nodes.ts';
import { duplicateKey, keyNotSimple, keyNotText, mergeKey, reservedKey } from './yaml-messages.ts';

/** A key of a map, judged. */
export interface CheckedKey {
  /** Absent: the pair says nothing that can be kept. */
  readonly name?: string;
  readonly findings: readonly Finding[];
  /** Whether the map may have keys that are not written in it. */
  readonly open?: true;
  /** Whether readers may take the key for another one. */
  readonly doubtful?: true;
}

const RESERVED: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Judges a key by itself and beside the keys of its map that came before, and joins it to them. */
export function checkedKey(pair: Pair, before: Map<string, Pair>): CheckedKey {
  const name = textOfKey(pair.key);
  if (name === undefined) return { findings: notSimple(pair), open: true };
  if (name === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
    return { findings: [mergeKey(keyPlace(pair), undefined)], open: true };
  }
  if (RESERVED.includes(name)) return { findings: [reservedKey(keyPlace(pair), { key: name })] };
  const findings = notText(pair, name);
  if (findings.length > 0) return { name, findings, doubtful: true };
  const first = before.get(name);
  before.set(name, first ?? pair);
  if (first === undefined) return { name, findings };
  const note = { at: keyPlace(first), text: 'It is first written here.' };
  return { findings: [duplicateKey(keyPlace(pair), { key: name }, [note])] };
}

function notSimple(pair: Pair): readonly Finding[] {
  // an alias has its finding already
  if (isAlias(pair.key)) return [];
  const found = isMap(pair.key) ? 'a map' : isSeq(pair.key) ? 'a list' : 'missing';
  return [keyNotSimple(keyPlace(pair), { found })];
}

function notText(pair: Pair, name: string): readonly Finding[] {
  const said = isScalar(pair.key) ? pair.key.value : undefined;
  if (typeof said === 'string') return [];
  const found = typeof said === 'number' ? 'a number' : typeof said === 'boolean' ? 'a boolean' : 'empty';
  return [keyNotText(keyPlace(pair), { key: name, found })];
}

/** An empty key has no characters; the value stands for it. */
function keyPlace({ key, value }: Pair): At {
  const { start, end } = spanOf(key) ?? spanOf(value) ?? { start: 0, end: 0 };
  return { range: [start, end] };
}
