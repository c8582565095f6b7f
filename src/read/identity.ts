import type { Finding } from '../diagnostics/finding.ts';
import { nearest } from '../diagnostics/wording.ts';
import { noKind, notAMap, otherApiVersion, otherKind } from './file-messages.ts';
import { API_VERSION } from './schema/rollout-schema.ts';

/** Kinds of files that we read. */
export type OurKind = 'Rollout' | 'Fleet';

/** Whether a document says that it is what we read. */
export interface Identity {
  readonly findings: readonly Finding[];
  /** The document is something else, so that its fields mean nothing to us. */
  readonly foreign: boolean;
}

/** Judges apiVersion and kind, so that a Deployment gets one finding and not one for each of its fields. */
export function judgeIdentity(document: unknown, wanted: OurKind): Identity {
  if (document === undefined) return { findings: [], foreign: true };
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return plainValue(document, wanted);
  const { apiVersion, kind, spec }: { apiVersion?: unknown; kind?: unknown; spec?: unknown } = document;
  if (apiVersion === undefined && kind === undefined && spec === undefined) {
    return { findings: [noKind({ path: [], on: 'key' }, { wanted })], foreign: true };
  }
  if (typeof kind === 'string' && kind !== wanted) return ofKind(kind, wanted);
  if (typeof apiVersion === 'string' && apiVersion !== API_VERSION) return ofVersion(apiVersion);
  return { findings: [], foreign: false };
}

function plainValue(document: unknown, wanted: OurKind): Identity {
  const found = Array.isArray(document) ? 'a list' : `a ${typeof document === 'string' ? 'text' : 'single value'}`;
  return { findings: [notAMap({ path: [], on: 'key' }, { found, wanted })], foreign: true };
}

function ofKind(kind: string, wanted: OurKind): Identity {
  const near = nearest(kind, [wanted]) !== undefined;
  return { findings: [otherKind({ path: ['kind'] }, { kind, near, wanted })], foreign: !near };
}

function ofVersion(apiVersion: string): Identity {
  const ours = apiVersion.startsWith('surefoot') || nearest(apiVersion, [API_VERSION]) !== undefined;
  return { findings: [otherApiVersion({ path: ['apiVersion'] }, { apiVersion })], foreign: !ours };
}
