import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visible } from '../../layout/visible.ts';
import type { Paint } from '../paint.ts';
import { codeFrame } from './code-frame.ts';
import type { Reporter } from './report.ts';

/** For people: each diagnostic with its code frame, an empty line after each, then the other findings and the closing lines. */
export const reportText: Reporter = ({ diagnostics, findings, closing }, paint) =>
  [...diagnostics.map(diagnostic => [...textOf(diagnostic, paint), '']), findings, closing]
    .flat()
    .map(line => `${line}\n`)
    .join('');

function textOf(diagnostic: Diagnostic, paint: Paint): readonly string[] {
  const { file, line, column, severity, code, what, why, fix, notes } = diagnostic;
  const place = paint('bold', `${visible(file)}:${line}:${column}:`);
  return [
    `${place} ${paint(severity === 'error' ? 'red' : 'yellow', severity)} ${code}`,
    part('what:', what, paint),
    ...codeFrame(diagnostic).map(text => (/^ *\|/.test(text) ? paint('red', text) : text)),
    part('why: ', why, paint),
    part('fix: ', fix, paint),
    ...notes.map(note => part('note:', `${note.file}:${note.line}:${note.column} ${note.text}`, paint)),
  ];
}

/** A label and its text; further lines stand below the first. */
const part = (label: string, text: string, paint: Paint): string =>
  `  ${paint('cyan', label)} ${text.split('\n').map(visible).join('\n        ')}`;
