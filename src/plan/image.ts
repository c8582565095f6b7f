import type { At } from '../diagnostics/finding.ts';
import type { Report } from './report.ts';
import { floatingTag, imageReference, noDigest } from './version-messages.ts';

const FLOATING = ['latest', 'stable', 'main', 'master', 'edge', 'dev', 'nightly'];

/** An image as a registry knows it: https://pkg.go.dev/github.com/distribution/reference */
const REFERENCE =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** Reports an image that is none, or that can change without a commit. The tag is what follows the last colon after the last slash. */
export function checkImage(image: string, at: At, report: Report): void {
  if (!REFERENCE.test(image)) {
    report(imageReference(at, { image }));
    return;
  }
  const [named = '', digest] = image.split('@');
  if (digest !== undefined) return;
  const last = named.slice(named.lastIndexOf('/') + 1);
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : '';
  if (tag === '' || FLOATING.includes(tag)) report(floatingTag(at, { image, tag }));
  else report(noDigest(at, { image }));
}
