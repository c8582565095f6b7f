import { type Document, isScalar, type Scalar, visit } from 'yaml';
import type { Finding } from '../diagnostics/finding.ts';
import { spanOf } from './nodes.ts';
import { readDifferently } from './template-messages.ts';

const BOOLEAN = /^(?:yes|Yes|YES|on|On|ON|(no|No|NO|off|Off|OFF))$/;
const OCTAL = /^[-+]?0[0-7]+$/;
const DISPUTED = /^[-+]?(?:0o[0-7]+|0b[01]+|0[0-9]*[89][0-9]*|[0-9][0-9_]*_[0-9_.]*)$/;

/**
 * Gives plain words the meaning that kubectl gives them: `0644` is octal and `yes` a boolean in YAML 1.1
 * (https://yaml.org/type/int.html, https://yaml.org/type/bool.html), which Kubernetes' readers follow. What they do not
 * agree on themselves is a finding.
 */
export function readAsKubectl(document: Document): readonly Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Scalar: (key, node) => {
      const write = disputeOf(node, key === 'key');
      if (write === undefined) return;
      const { start, end } = spanOf(node) ?? { start: 0, end: 0 };
      findings.push(readDifferently({ range: [start, end] }, { text: node.source ?? '', write }));
    },
  });
  return findings;
}

/** What to write instead of a disputed word; a word that is not gets its value. */
function disputeOf(node: Scalar, isKey: boolean): string | undefined {
  if (!isScalar(node) || node.type !== 'PLAIN' || node.tag !== undefined) return undefined;
  const text = node.source ?? '';
  const boolean = BOOLEAN.exec(text);
  if (isKey) return boolean === null ? undefined : `Put it in quotes: "${text}".`;
  if (boolean !== null) node.value = boolean[1] === undefined;
  else if (OCTAL.test(text)) node.value = Number.parseInt(text, 8);
  else if (DISPUTED.test(text))
    return 'Put it in quotes where a text is meant; write a number in plain decimal digits.';
  return undefined;
}
