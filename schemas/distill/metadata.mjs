import { closed, reference } from './schema.mjs';

/** @typedef {import('./schema.mjs').Schema} Schema */

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = { type: 'string', maxLength: 253, pattern: `^${DNS_LABEL}(\\.${DNS_LABEL})*$` };
const LABEL_1123 = { type: 'string', maxLength: 63, pattern: `^${DNS_LABEL}$` };
const LABEL_1035 = { type: 'string', maxLength: 63, pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$' };

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const KEYS = { pattern: '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$' };
const LABELS = {
  type: 'object',
  propertyNames: KEYS,
  additionalProperties: { type: 'string', maxLength: 63, pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$' },
};
const ANNOTATIONS = { type: 'object', propertyNames: KEYS, additionalProperties: { type: 'string' } };

/** The name becomes one part of a host name, so it must be an RFC 1035 label. @param {string} group @param {string} kind */
const namesHost = (group, kind) => group === 'serving.knative.dev' || (group === '' && kind === 'Service');

/**
 * What is written of `metadata`: of an object itself and, where there is one, of a template inside it.
 * @param {string} group @param {string} kind @param {boolean} template @returns {{ [name: string]: Schema }}
 */
export function metadataDefinitions(group, kind, template) {
  const name = namesHost(group, kind) ? LABEL_1035 : SUBDOMAIN;
  const fields = { name, namespace: LABEL_1123, labels: reference('Labels'), annotations: reference('Annotations') };
  return {
    Labels: LABELS,
    Annotations: ANNOTATIONS,
    ObjectMeta: closed(fields, ['name', 'namespace']),
    ...(template && { TemplateMeta: closed(fields) }),
  };
}
