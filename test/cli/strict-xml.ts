/** An element of an XML document; text is what stands directly in it. */
export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Element[];
  readonly text: string;
}

/** Letters that XML 1.0 forbids, even as references (https://www.w3.org/TR/xml/#charsets). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;
const REFERENCE = /^&(?:#(\d+)|amp|lt|gt|quot|apos);/;
const NAMED: { readonly [name: string]: string } = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Reads a document that has elements, attributes, text and references and nothing else; throws where it is not well-formed. */
export function readXml(document: string): Element {
  if (FORBIDDEN.test(document)) throw new Error('a letter that XML forbids');
  let rest = document;
  const take = (pattern: RegExp): RegExpExecArray => {
    const found = pattern.exec(rest);
    if (found?.index !== 0) throw new Error(`expected ${pattern} at ${JSON.stringify(rest.slice(0, 60))}`);
    rest = rest.slice(found[0].length);
    return found;
  };
  const readElement = (): Element => {
    const [, name = ''] = take(/^<([a-z-]+)/);
    const attributes: { [name: string]: string } = {};
    while (/^\s+[a-z]/.test(rest)) {
      const [, key = '', value = ''] = take(/^\s+([a-z]+)="([^"<]*)"/);
      if (key in attributes) throw new Error(`${key} twice`);
      // A reader turns line breaks of attributes into blanks: whoever means one must write a reference.
      attributes[key] = resolve(value).replace(/[\t\r\n]/g, ' ');
    }
    if (take(/^\/?>/)[0] === '/>') return { name, attributes, children: [], text: '' };
    const children: Element[] = [];
    let text = '';
    while (!rest.startsWith('</')) {
      if (rest.startsWith('<')) children.push(readElement());
      else text += resolve(take(/^[^<]+/)[0]);
    }
    take(new RegExp(`^</${name}>`));
    return { name, attributes, children, text };
  };
  take(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/);
  const root = readElement();
  take(/^\s*$/);
  return root;
}

function resolve(raw: string): string {
  if (raw.includes(']]>')) throw new Error('the end of a section that was never opened');
  return raw.replaceAll(/&[^;]*;?/g, reference => {
    const [whole, code] = REFERENCE.exec(reference) ?? [];
    if (whole === undefined) throw new Error(`no reference: ${reference}`);
    const letter = code === undefined ? (NAMED[whole] ?? '') : String.fromCodePoint(Number(code));
    if (FORBIDDEN.test(letter)) throw new Error(`a letter that XML forbids: ${whole}`);
    return letter;
  });
}
