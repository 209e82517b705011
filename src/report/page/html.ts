/** HTML that is safe as it is written: what comes of results is escaped, and only what was made here is not. */

/** Markup. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | readonly Content[] | undefined;

/** markup`<p>${anything}</p>`: texts are escaped, markup stands as it is, lists one after the other. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.map((text, i) => (i === 0 ? text : `${rendered(values[i - 1])}${text}`)).join(''));
}

/** Markup that unwind has drawn itself. */
export const drawn = (markup: string): Html => new Html(markup);

function rendered(value: Content): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(rendered).join('');
  return escaped(String(value));
}

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are no text of a page: U+FFFD stands for them, and for marks that turn the direction of what follows. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (sign) => SIGNS[sign]!)
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
      '\t\n\r'.includes(sign) ? sign : '\ufffd',
    );
}
