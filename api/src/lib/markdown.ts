import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

/** The longest text that is rendered, in characters. */
export const LONGEST_MARKDOWN = 10_000

const markdown = new MarkdownIt('default', { html: false, linkify: true, breaks: true })

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li'],
    ...['strong', 'em', 's', 'code', 'pre', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener noreferrer ugc' }),
  },
}

/**
 * Markdown as HTML that can stand in any page: HTML in the source is text, and what comes out is looked through a
 * second time. Pictures are left out: they would tell a foreign server who reads.
 */
export function renderMarkdown(source: string): string {
  return sanitizeHtml(markdown.render(source.slice(0, LONGEST_MARKDOWN)), ALLOWED).trim()
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** The same as text of one line, for descriptions in search results and feeds. */
export function markdownAsText(source: string): string {
  const text = sanitizeHtml(markdown.render(source.slice(0, LONGEST_MARKDOWN)), {
    allowedTags: [],
    allowedAttributes: {},
  })
  return text
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/\s+/g, ' ')
    .trim()
}
