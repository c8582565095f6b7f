import { rule } from '../diagnostics/rule.ts';
import { quote } from '../diagnostics/wording.ts';

/** `writable` is the path as it stands in the list, `inner` which of the two lies inside the other; absent: both are one. */
export const mountOverlap = rule<{
  mountPath: string;
  writable: string;
  inner: 'mountPath' | 'writable' | undefined;
}>('version/config-in-writable', {
  what: p => {
    if (p.inner === undefined)
      return `The files of config and a writable directory are both mounted at ${quote(p.writable)}.`;
    const [files, writable] = [`the folder of the config files (${quote(p.mountPath)})`, quote(p.writable)];
    return p.inner === 'mountPath'
      ? `The writable directory ${writable} holds ${files}.`
      : `The writable directory ${writable} lies inside ${files}.`;
  },
  why: 'Kubernetes refuses two mounts at one path, and of nested ones the outer may hide the inner.',
  fix: p =>
    `Give the files a folder of their own, such as \`mountPath: /config\`, and let the application read them there; or remove \`${p.writable}\` from \`writable\`: then the application cannot write there any more.`,
});
export const filesOfAnother = rule<{ version: string; variable: string; object: string; other: string }>(
  'version/files-of-another',
  {
    what: p =>
      `The variable ${quote(p.variable)} of version ${quote(p.version)} reads the ConfigMap ${quote(p.object)}, which holds the files of version ${quote(p.other)}.`,
    why: p => `It goes when ${quote(p.other)} is retired, and pods of ${quote(p.version)} could not start any more.`,
    fix: 'Write the value, or keep it in a ConfigMap that belongs to no version.',
  },
);
export const reservedAnnotation = rule<{ key: string }>('version/reserved-annotation', {
  what: p => `The annotation ${quote(p.key)} is one that the compiler sets.`,
  why: 'It would be replaced by what the compiler writes there.',
  fix: 'Use an annotation key of a domain of your own, such as "example.com/owner".',
});
export const unknownFile = rule<{ name: string }>('version/unknown-file', {
  what: p => `notSecret names ${quote(p.name)}, which is not among the files beside it.`,
  why: 'It would excuse nothing.',
  fix: 'Name a file of the same `files`, or remove the entry.',
});
/** A variable or file that holds a secret; `remedy` are the lines to write in its place. No part of the value is ever said. */
export const literalSecret = rule<{ subject: string; evidence: string; remedy: string }>('version/literal-secret', {
  what: p => `${p.subject} holds what looks like a secret: ${p.evidence}.`,
  why: 'Whoever can read the repository, its history or out/ can use it, and it cannot be taken back. If it was pushed, treat it as known: set a new password in the system that accepts it.',
  fix: p => p.remedy,
});

/** Every mistake about config files, and secrets that were written as text. */
export const configMessages = [mountOverlap, filesOfAnother, reservedAnnotation, unknownFile, literalSecret] as const;
