// `npm run declarations`: the types of what programs import, each door as one file that needs no other. Not part of
// `npm run build`, because reading all types takes longer than all the rest of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateDtsBundle } from 'dts-bundle-generator';

const root = fileURLToPath(new URL('../..', import.meta.url));
const DOORS = ['index', 'cdk8s'];

const texts = generateDtsBundle(
  DOORS.map(door => ({
    filePath: join(root, `src/doors/${door}.ts`),
    libraries: { importedLibraries: ['cdk8s', 'constructs'] },
    output: { noBanner: true },
  })),
  { preferredConfigPath: join(root, 'tsconfig.json') },
);

// The same text twice: TypeScript takes from the ending whether it speaks of an ES module or of CommonJS.
for (const [index, door] of DOORS.entries())
  for (const extension of ['.d.ts', '.d.cts']) writeFileSync(join(root, `dist/${door}${extension}`), texts[index]);
