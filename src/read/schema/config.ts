import { DEFAULTS } from '../../model/defaults.ts';
import type { JsonSchema } from '../../model/provider.ts';
import type { ConfigSpec } from '../../model/rollout.ts';
import { PATTERNS } from './patterns.ts';
import { type FieldsOf, listOf, mapOf, prose, record, text } from './shapes.ts';

const fileName = (description: string): JsonSchema => text(PATTERNS.fileName, 253, { description });

const fields = {
  mountPath: text(PATTERNS.folder, 256, {
    description: `The folder of the container that shows the files, apart from every path of \`writable\`; absent: ${DEFAULTS.config.mountPath}.`,
    default: DEFAULTS.config.mountPath,
  }),
  files: mapOf(
    prose(262_144, { description: 'What stands in the file. Secrets do not: text that looks like one is refused.' }),
    {
      description:
        'Text by file name. Files of a version are added to those of spec.workload; of one name the nearest wins.',
      names: PATTERNS.fileName,
      longest: 253,
      min: 1,
      max: 64,
      examples: [{ 'app.properties': 'log.level=info\n' }],
    },
  ),
  notSecret: listOf(fileName('The name of a file that stands beside it.'), {
    description:
      'Names of files beside it that somebody looked at and that hold no secret, although they look like it; absent: none.',
    max: 64,
    distinct: true,
    examples: [['test-vectors.json']],
  }),
} satisfies FieldsOf<ConfigSpec>;

/** Definition `config`. */
export const config: JsonSchema = record(fields, {
  description:
    "Files in a ConfigMap of each version's own, so that going back to a version goes back to its files. Their hash stands on the pods as the annotation surefoot.dev/config, so that other files mean other pods.",
  required: ['files'],
  examples: [{ mountPath: '/etc/shop', files: { 'app.properties': 'log.level=info\n' } }],
});
