import { rule } from '../diagnostics/rule.ts';
import { DEEPEST_NESTING } from './file-messages.ts';

export const manifestTooLarge = rule<{ bytes: number; most: number }>('manifest/too-large', {
  what: p => `The text has ${p.bytes} bytes; at most ${p.most} are read.`,
  why: 'Objects are compared in memory, and a text of this size is likely more than the objects that are asked for.',
  fix: 'Ask for fewer objects, such as those of one namespace: kubectl get deployments,services -n <namespace> -o json.',
});

export const manifestTooDeep = rule('manifest/too-deep', {
  what: `Maps and lists are nested more than ${DEEPEST_NESTING} levels deep.`,
  why: 'Nothing that Kubernetes reads lies that deep, and deeply nested text can exhaust whoever reads it.',
  fix: 'Leave this object out of the text.',
});

export const manifestNotJson = rule<{ reason: string }>('manifest/not-json', {
  what: p => `The text begins like JSON and is none: ${p.reason}.`,
  why: 'What cannot be read cannot be compared.',
  fix: 'Write it anew with kubectl get -o json; a file that was cut off in the middle looks like this.',
});

export const manifestNotAnObject = rule<{ problem: string }>('manifest/not-an-object', {
  what: p => `This document is no Kubernetes object: ${p.problem}.`,
  why: 'Objects are compared by their kind, namespace and name.',
  fix: 'Write apiVersion, kind and metadata.name, or take the document out.',
});

/** Every mistake that manifests show when they are read to be compared. */
export const manifestMessages = [manifestTooLarge, manifestTooDeep, manifestNotJson, manifestNotAnObject] as const;
