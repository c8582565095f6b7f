import ts from 'typescript';
import { DECLARATIONS, kubernetesName, SOURCE } from './declarations.mjs';
import { ADDED, REPLACED } from './facts.mjs';
import { metadataDefinitions } from './metadata.mjs';
import { closed, kindSchema, mapOf, mentions, reference } from './schema.mjs';

/** @typedef {import('./schema.mjs').Schema} Schema */
/** @typedef {Map<string, Schema>} Definitions by their Kubernetes name */

/** The core kinds, and the interface that declares each. */
export const CORE_KINDS = [
  { apiVersion: 'v1', kind: 'Service', props: 'KubeServiceProps' },
  { apiVersion: 'v1', kind: 'ConfigMap', props: 'KubeConfigMapProps' },
  { apiVersion: 'v1', kind: 'Secret', props: 'KubeSecretProps' },
  { apiVersion: 'v1', kind: 'ServiceAccount', props: 'KubeServiceAccountProps' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', props: 'KubePersistentVolumeClaimProps' },
  { apiVersion: 'apps/v1', kind: 'Deployment', props: 'KubeDeploymentProps' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', props: 'KubePodDisruptionBudgetProps' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', props: 'KubeIngressProps' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', props: 'KubeNetworkPolicyProps' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', props: 'KubeRoleProps' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', props: 'KubeRoleBindingProps' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', props: 'KubeHorizontalPodAutoscalerV2Props' },
];

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const NUMBER = '([0-9]+(\\.[0-9]*)?|\\.[0-9]+)';
const QUANTITY = {
  type: ['number', 'string'],
  pattern: `^[+-]?${NUMBER}([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`,
};
const INT_OR_STRING = { type: ['integer', 'string'] };

/** @param {{ apiVersion: string, kind: string, props: string }} wanted @returns {Schema} */
export function distillCoreKind({ apiVersion, kind, props }) {
  const definitions = new Map();
  const fields = objectOf(props, kind, definitions).properties;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const template = mentions('TemplateMeta', ...definitions.values());
  definitions.delete('TemplateMeta');
  const all = { ...Object.fromEntries(definitions), ...metadataDefinitions(group, kind, template) };
  return kindSchema({ apiVersion, kind, source: SOURCE, fields, definitions: all });
}

/** Named types with everything that they refer to. @param {string[]} names as Kubernetes writes them @returns {{ [name: string]: Schema }} */
export function coreDefinitions(names) {
  const definitions = new Map();
  for (const [declared, node] of DECLARATIONS) {
    if (ts.isInterfaceDeclaration(node) && names.includes(kubernetesName(node))) typeNamed(declared, definitions);
  }
  return Object.fromEntries(definitions);
}

/** @param {string} declared name of an interface @param {string} name of the definition @param {Definitions} definitions */
function objectOf(declared, name, definitions) {
  const node = DECLARATIONS.get(declared);
  if (node === undefined || !ts.isInterfaceDeclaration(node)) throw new Error(`no interface ${declared}`);
  const fields = node.members.filter(ts.isPropertySignature);
  const entries = fields.map(field => [kubernetesName(field), fieldOf(field, name, definitions)]);
  const added = Object.entries(ADDED[name] ?? {});
  checkFacts(name, new Set(fields.map(kubernetesName)));
  const required = fields.filter(field => field.questionToken === undefined).map(kubernetesName);
  return closed(Object.fromEntries([...entries, ...added]), required);
}

/** @param {string} name of a definition @param {Set<string>} declared its fields */
function checkFacts(name, declared) {
  const twice = Object.keys(ADDED[name] ?? {}).find(key => declared.has(key));
  if (twice !== undefined) throw new Error(`${name}.${twice} is declared by now: drop it from the added facts`);
  const stale = Object.keys(REPLACED[name] ?? {}).find(key => !declared.has(key));
  if (stale !== undefined) throw new Error(`${name} has no field ${stale}: drop it from the replaced facts`);
}

/** @param {ts.PropertySignature} field @param {string} owner @param {Definitions} definitions @returns {Schema} */
function fieldOf(field, owner, definitions) {
  const known = REPLACED[owner]?.[kubernetesName(field)];
  if (known !== undefined) return known;
  if (field.type === undefined) throw new Error(`${owner}: a field without a type`);
  return schemaOf(field.type, definitions);
}

/** @param {ts.TypeNode} type @param {Definitions} definitions @returns {Schema} */
function schemaOf(type, definitions) {
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schemaOf(type.elementType, definitions) };
  if (ts.isTypeReferenceNode(type)) return typeNamed(type.typeName.getText(), definitions);
  if (ts.isTypeLiteralNode(type)) return mapLiteral(type, definitions);
  if (type.kind === ts.SyntaxKind.StringKeyword) return { type: 'string' };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { type: 'boolean' };
  // No field of these kinds is a fraction: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#primitive-types
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { type: 'integer' };
  throw new Error(`a type that no rule reads: ${type.getText()}`);
}

/** @param {ts.TypeLiteralNode} type @param {Definitions} definitions */
function mapLiteral(type, definitions) {
  const [member] = type.members;
  if (type.members.length !== 1 || member === undefined || !ts.isIndexSignatureDeclaration(member)) {
    throw new Error(`a type that no rule reads: ${type.getText()}`);
  }
  return mapOf(schemaOf(member.type, definitions));
}

/** @param {string} declared @param {Definitions} definitions @returns {Schema} a reference to the definition, which is made on the way */
function typeNamed(declared, definitions) {
  if (declared === 'Date') return { type: 'string' };
  if (declared === 'Quantity') return define('Quantity', definitions, () => QUANTITY);
  if (declared === 'IntOrString') return INT_OR_STRING;
  // What stands here in the end depends on the kind, and a kind's own metadata is not a template's.
  if (declared === 'ObjectMeta') return define('TemplateMeta', definitions, () => ({}));
  const node = DECLARATIONS.get(declared);
  if (node === undefined) throw new Error(`${declared} is not declared`);
  const name = kubernetesName(node);
  return define(name, definitions, () => objectOf(declared, name, definitions));
}

/** @param {string} name @param {Definitions} definitions @param {() => Schema} make */
function define(name, definitions, make) {
  if (!definitions.has(name)) {
    definitions.set(name, {});
    definitions.set(name, make());
  }
  return reference(name);
}
