import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';
import type { OurKind } from './identity.ts';

/** Largest file that is read, in bytes of UTF-8. */
export const LARGEST_FILE = 256 * 1024;

/** Deepest nesting of maps and lists that is read; a Rollout needs about ten levels. */
export const DEEPEST_NESTING = 64;

/** Most findings that one file gets. */
export const MOST_FINDINGS = 100;

export const tooLarge = rule<{ bytes: number }>('file/too-large', {
  what: p => `The file has ${p.bytes} bytes; at most ${LARGEST_FILE} are read.`,
  why: 'The largest useful rollout fits in a tenth of that, so the file is likely something else.',
  fix: 'Write one rollout per file, or move the file out of the folder of the rollouts.',
});

export const controlCharacter = rule<{ character: string; more: number }>('file/control-character', {
  what: p => `The file holds the invisible character ${codePoint(p.character)}${others(p.more)}.`,
  why: 'Editors and reviews do not show it, and readers of YAML disagree about what it means.',
  fix: p =>
    p.character === '\u0000'
      ? 'Save the file as UTF-8; a text full of U+0000 was written as UTF-16.'
      : `Delete it. Inside double quotes it can be written visibly, as "${escaped(p.character)}".`,
});

export const notUtf8 = rule<{ more: number }>('file/not-utf8', {
  what: p => `The character at this place could not be read as UTF-8${others(p.more)}.`,
  why: 'YAML files are UTF-8; in another encoding the text means something else to every reader.',
  fix: 'Save the file as UTF-8.',
});

export const tooDeep = rule('file/too-deep', {
  what: () => `Maps and lists are nested more than ${DEEPEST_NESTING} levels deep here.`,
  why: 'Nothing that Kubernetes reads lies that deep, and deeply nested text can exhaust whoever reads it.',
  fix: 'Close the brackets, or outdent the lines, that were opened by mistake.',
});

export const severalDocuments = rule('file/several-documents', {
  what: () => 'A second YAML document begins here.',
  why: 'A file holds one rollout, so that its name, its history and its reviews are about one service.',
  fix: 'Move this document to a file of its own; if there is nothing after this line, delete the line.',
});

export const empty = rule('file/empty', {
  what: () => 'The file says nothing.',
  why: 'Every file of the folder is read as a rollout.',
  fix: 'Write a rollout, which begins with "apiVersion: surefoot.dev/v1" and "kind: Rollout", or delete the file.',
});

export const moreFindings = rule<{ count: number }>('file/more-findings', {
  what: p => `The file has ${p.count} more mistakes that are not listed.`,
  why: `At most ${MOST_FINDINGS} are listed, because a file with more is likely not a rollout at all.`,
  fix: 'Mend the listed ones first.',
});

export const notAMap = rule<{ found: string; wanted: OurKind }>('rollout/not-a-map', {
  what: p => `The file is ${p.found}, not a map of keys and values.`,
  why: p =>
    p.wanted === 'Rollout'
      ? 'A rollout is a Kubernetes-shaped object with the keys apiVersion, kind, metadata and spec.'
      : 'The fleet file is a map with the keys apiVersion, kind, defaults, environments, cluster, prometheus, agent and freezes.',
  fix: p => `Begin the file with "apiVersion: surefoot.dev/v1" and "kind: ${p.wanted}".`,
});

export const noKind = rule<{ wanted: OurKind }>('rollout/no-kind', {
  what: p =>
    p.wanted === 'Rollout'
      ? 'The file has no apiVersion, no kind and no spec.'
      : 'The file has no apiVersion and no kind.',
  why: p =>
    p.wanted === 'Rollout'
      ? 'Without them nobody can tell what the file is, and it is likely not a rollout.'
      : 'Without them nobody can tell whether this file is meant for Surefoot.',
  fix: p =>
    p.wanted === 'Rollout'
      ? 'Begin it with "apiVersion: surefoot.dev/v1" and "kind: Rollout", or move it out of the folder of the rollouts.'
      : 'Begin it with "apiVersion: surefoot.dev/v1" and "kind: Fleet", or rename it if it belongs to something else.',
});

export const otherKind = rule<{ kind: string; near: boolean; wanted: OurKind }>('rollout/other-kind', {
  what: p => `The file is of kind ${quote(p.kind)}, not "${p.wanted}".`,
  why: p =>
    p.wanted === 'Rollout'
      ? 'Only rollouts are compiled; any other object in this folder would be left out in silence.'
      : 'surefoot.yaml says what the rollouts of a repository share, and every rollout is compiled with it.',
  fix: p =>
    p.near || p.wanted === 'Fleet'
      ? `Write "kind: ${p.wanted}".`
      : 'Write "kind: Rollout" if it is one. Objects that are not compiled belong in another folder.',
});

export const otherApiVersion = rule<{ apiVersion: string }>('rollout/other-api-version', {
  what: p => `The apiVersion is ${quote(p.apiVersion)}; this compiler reads "surefoot.dev/v1".`,
  why: p =>
    p.apiVersion.startsWith('argoproj.io/')
      ? 'A Rollout of Argo Rollouts has the same kind but other fields, and its controller keeps the step in the cluster.'
      : 'The apiVersion says what the fields mean.',
  fix: p =>
    p.apiVersion.startsWith('argoproj.io/')
      ? 'Write the file anew with "apiVersion: surefoot.dev/v1", or move it out of the folder of the rollouts.'
      : 'Write "apiVersion: surefoot.dev/v1".',
});

/** A character by its number, such as U+200B. */
export const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
const escaped = (character: string): string => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
const others = (more: number): string => (more === 0 ? '' : `, and ${more} more like it`);
