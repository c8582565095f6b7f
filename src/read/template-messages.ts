import { rule } from '../diagnostics/rule.ts';
import { list, quote } from '../diagnostics/wording.ts';
import { LARGEST_FILE } from './file-messages.ts';

export const templateTooLarge = rule<{ bytes: number }>('template/too-large', {
  what: p => `The template has ${p.bytes} bytes; at most ${LARGEST_FILE} are read.`,
  why: 'A version needs one Deployment and what belongs to it, which is far smaller.',
  fix: 'Leave out what does not belong to this service, such as custom resource definitions: helm template leaves them out without --include-crds.',
});

export const templateEmpty = rule('template/empty', {
  what: () => 'The template holds no object.',
  why: 'A version takes its pods from the Deployment of its template.',
  fix: 'Render the objects into this file, for example with helm template or kubectl kustomize.',
});

export const readDifferently = rule<{ text: string; write: string }>('template/read-differently', {
  what: p => `${quote(p.text)} means one thing to readers of YAML 1.1 and another to readers of YAML 1.2.`,
  why: 'kubectl, Helm and Argo CD would not agree on the value that reaches the cluster.',
  fix: p => p.write,
});

export const notAnObject = rule<{ problem: string }>('template/not-an-object', {
  what: p => `This document is no Kubernetes object: ${p.problem}.`,
  why: 'Every document of a template is written to out/ as an object of its own, under its kind and name.',
  fix: 'Write apiVersion, kind and metadata.name, or take the document out of the template.',
});

export const serverFields = rule<{ object: string; fields: readonly string[] }>('template/server-fields', {
  severity: 'warning',
  what: p => `${p.object} holds what only a cluster writes: ${list(p.fields)}.`,
  why: 'It is left out: it is about one object that once existed, and would be refused or overwritten in a cluster.',
  fix: 'Delete it. Render templates from their source rather than from kubectl get.',
});

export const templateField = rule<{ object: string; where: string; problem: string }>('template/field', {
  what: p => `${p.object}: ${p.where} ${p.problem}.`,
  why: 'The cluster would refuse the object or drop the field in silence.',
  fix: 'Write it as the Kubernetes API knows it: kubectl explain shows the fields of each kind.',
});

/** Every mistake that a template shows by itself. */
export const templateReadMessages = [
  templateTooLarge,
  templateEmpty,
  readDifferently,
  notAnObject,
  serverFields,
  templateField,
] as const;
