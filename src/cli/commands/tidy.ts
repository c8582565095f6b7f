import { tidyMessage } from '../../release/commit-message.ts';
import { tidied } from '../../release/tidy.ts';
import type { Settings } from '../settings.ts';
import { type Before, editTapes, type TapeEdit, type TapeRequest } from '../tape-edit.ts';
import type { ExitCode } from '../terminal.ts';

/** Takes from the tapes of Rollouts what every environment has passed. */
export const tidy = (request: TapeRequest, settings: Settings): Promise<ExitCode> =>
  editTapes({ name: 'tidy', edit: tidyIn }, request, settings);

function tidyIn({ source, compile, compiled, standings }: Before): TapeEdit {
  const fleet = (compiled.results ?? []).map(({ plan }) => plan.environment);
  const result = tidied(source.text, { fleet, compile: text => compile({ file: source.file, text }) });
  if ('diagnostics' in result) return { kind: 'refused', diagnostics: result.diagnostics };
  const { rollout } = standings[0]!.facts;
  if ('nothing' in result) {
    const { environment, step } = result.nothing;
    return { kind: 'idle', words: `${rollout}: nothing to tidy; ${environment} stands in ${step}` };
  }
  const namespaces = [...new Set(standings.map(({ facts }) => facts.namespace))];
  const { steps, versions, moved } = result;
  const gone = versions.length === 0 ? '' : `, and with them ${versions.join(', ')}`;
  return {
    kind: 'edited',
    text: result.text,
    message: tidyMessage({ rollout, namespaces }, result),
    words: [
      `${rollout}: dropped ${steps.join(', ')}${gone}; nothing that runs changes`,
      ...moved.map(name => `${name} stands at the baseline of what is left`),
    ],
  };
}
