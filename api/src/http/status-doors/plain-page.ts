import { createHash } from 'node:crypto'

const STYLE = `:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--ink:#1d2430;--line:#8c939f;--button:#12805c}
@media(prefers-color-scheme:dark){:root{--back:#12161c;--card:#1b2129;--ink:#eef1f5;--line:#7d8794}}
*{box-sizing:border-box}body{margin:0;padding:32px 16px;background:var(--back);color:var(--ink);font:16px/24px system-ui,sans-serif}
main{max-width:480px;margin:0 auto;padding:32px;background:var(--card);border-radius:12px}
h1{margin:0 0 16px;font-size:22px;line-height:28px}p{margin:0 0 16px;overflow-wrap:anywhere}
form{margin-bottom:16px}label{display:block;margin-bottom:4px}input{width:100%;min-height:44px;padding:8px 12px;margin-bottom:16px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
button{min-height:44px;padding:8px 20px;border:0;border-radius:8px;background:var(--button);color:#fff;font:inherit;font-weight:600;cursor:pointer}
a{color:inherit}:focus-visible{outline:2px solid var(--button);outline-offset:2px}.bad{font-weight:600}`

/** Nothing but the page’s own styles, which it names by their hash, and forms that lead back here. */
export const PLAIN_POLICY = [
  ...["default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"],
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
].join('; ')

export interface PlainPage {
  title: string
  /** Each a paragraph. */
  texts: readonly string[]
  /** What went wrong. */
  problem?: string
  form?: {
    action: string
    button: string
    /** Asks for an address. */
    asksEmail?: boolean
  }
  back?: { label: string; href: string }
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
}
const safe = (text: string): string =>
  text.toWellFormed().replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
const paragraph = (text: string): string => `<p>${safe(text)}</p>`

/** A page of a few words, complete without anything else. */
export function plainPage({ title, texts, problem, form, back }: PlainPage): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${safe(title)}</title><style>${STYLE}</style></head><body><main><h1>${safe(title)}</h1>`,
    ...texts.map(paragraph),
    form ? formOf(form, problem) : '',
    back ? `<p><a href="${safe(back.href)}">${safe(back.label)}</a></p>` : '',
    '</main></body></html>\n',
  ].join('')
}

function formOf(
  { action, button, asksEmail }: NonNullable<PlainPage['form']>,
  problem: string | undefined,
): string {
  const described = problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"'
  const field = `<label for="email">E-mail address</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required${described}>`
  return [
    `<form method="post" action="${safe(action)}">`,
    problem === undefined ? '' : `<p id="problem" role="alert" class="bad">${safe(problem)}</p>`,
    `${asksEmail ? field : ''}<button type="submit">${safe(button)}</button></form>`,
  ].join('')
}
