const STYLE = {
  page: 'margin:0;padding:32px 16px;background:#f4f5f7;font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1d2430;',
  card: 'max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #e3e6eb;border-radius:12px;',
  brand: 'margin:0 0 24px;font-size:14px;font-weight:600;color:#12805c;',
  title: 'margin:0 0 16px;font-size:20px;line-height:28px;font-weight:600;',
  text: 'margin:0 0 16px;font-size:15px;line-height:24px;',
  button:
    'display:inline-block;padding:12px 20px;background:#12805c;border-radius:8px;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none;',
  small: 'margin:24px 0 0;font-size:13px;line-height:20px;color:#5b6472;word-break:break-all;',
}

export interface LetterBody {
  title: string
  paragraphs: readonly string[]
  button: { label: string; link: string }
  /** What stands small below. */
  footnote: string
}

/** A text as it may stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!)
}

/** The same letter for programs that show no HTML. */
export function letterText({ title, paragraphs, button, footnote }: LetterBody): string {
  return `${[title, ...paragraphs, `${button.label}:\n${button.link}`, footnote].join('\n\n')}\n`
}

/** One card, one button; every program of mail shows tables and inline styles, few show more. */
export function letterHtml({ title, paragraphs, button, footnote }: LetterBody): string {
  const link = escapeHtml(button.link)
  const line = (style: string, text: string): string =>
    `<p style="${style}">${escapeHtml(text)}</p>`
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="${STYLE.page}">
<div style="${STYLE.card}">
${line(STYLE.brand, 'Allswell')}
<h1 style="${STYLE.title}">${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => line(STYLE.text, paragraph)).join('\n')}
<p style="margin:24px 0;"><a href="${link}" style="${STYLE.button}">${escapeHtml(button.label)}</a></p>
${line(STYLE.text, footnote)}
<p style="${STYLE.small}">The button leads to ${link}</p>
</div>
</body>
</html>
`
}
