import MarkdownIt from 'markdown-it'

const markdown = new MarkdownIt('default', { html: false, linkify: true, breaks: true })
// As on the server: pictures would tell others who reads, and links lead to pages and mail only.
markdown.renderer.rules['image'] = () => ''
markdown.validateLink = (url) => /^(https?:|mailto:|[^:]*$)/i.test(url.trim())

/** Markdown as the server will show it. HTML in it stays text. */
export const renderMarkdown = (source: string): string => markdown.render(source).trim()
