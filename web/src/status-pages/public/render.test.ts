// @vitest-environment node
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { PublicPage } from './page.ts'
import { LANGUAGES, type Language } from './language.ts'
import { READ_AT, sampleComponent, samplePage, serverOf } from './test-kit/sample-page.ts'

beforeAll(() => {
  const preloads = Object.fromEntries(
    Object.keys(LANGUAGES).map((language) => [language, [`assets/status/${language}.js`]]),
  )
  vi.stubGlobal('__PAGE_FILES__', {
    ...{ script: 'assets/status/page.js', icon: 'assets/status/icon.svg' },
    ...{ styles: ['assets/status/page.css'], preloads },
  })
})

async function render(page: PublicPage, more: object = {}): Promise<string> {
  const { document, renderPage } = await import('./entry-server.ts')
  return renderPage({
    ...{ slug: page.slug, language: 'en' as Language, base: '/', readAt: READ_AT },
    url: 'https://status.example.com/status/acme',
    canSubscribe: true,
    execute: serverOf(page, document),
    ...more,
  })
}

describe('a page from the server', () => {
  it('tells everything without a script', async () => {
    const html = await render(samplePage())
    for (const text of [
      '<h1>Acme</h1>',
      '<strong>All systems operational</strong>',
      '<h2>Core</h2>',
      '<h3>API</h3>',
      '99.98% uptime',
      'Days with trouble',
      'Nov 21, 2026: Outage: down for 12 min 30 sec',
      'November 2026',
      'action="/status/acme/subscribe"',
      'href="/status/acme/feed.atom"',
    ])
      expect(html).toContain(text)
  })

  it('says times in the time zone of the page, for machines too', async () => {
    const html = await render(samplePage())
    expect(html).toContain('<time datetime="2026-10-31T23:30:00.000Z"')
    // Half past midnight in Berlin: an outage of November.
    expect(html).toMatch(/>Nov 1, 12:30.AM<\/time>/)
    expect(html).toMatch(/November 2026<\/time><\/h3><ul>/)
  })

  it('draws one path for each state', async () => {
    const html = await render(samplePage())
    expect(html.match(/<path data-mark="/g)).toHaveLength(4)
    expect(html).toContain('data-mark="u" d="M0 14h347"')
  })

  it('carries no style and no script of its own', async () => {
    const html = await render(samplePage({ accentColor: '#ff0000' }))
    expect(html).not.toMatch(
      / style=|<style|<script(?! id="state" type="application\/json"| type="module" src=)/,
    )
    expect(html).toContain('href="/accent/ff0000.css"')
  })

  it('tells search engines of public pages only', async () => {
    const shown = await render(samplePage())
    expect(shown).toContain('<link rel="canonical" href="https://status.example.com/status/acme">')
    expect(shown).toContain('property="og:title" content="Acme · All systems operational"')
    for (const visibility of ['UNLISTED', 'PASSWORD', 'MEMBERS'] as const) {
      const hidden = await render(samplePage({ visibility }))
      expect(hidden).toContain('name="robots" content="noindex"')
      expect(hidden).not.toContain('rel="canonical"')
    }
  })

  it('puts whole addresses only where one is known', async () => {
    const html = await render(samplePage(), { url: '/status/acme' })
    expect(html).not.toContain('og:url')
  })

  it('says how old it is when it can not be read anew', async () => {
    const html = await render(samplePage(), { staleForMs: 320_000 })
    expect(html).toMatch(
      /It shows how things stood on <time[^>]*>Nov 23, 01:00.PM<\/time> \(5 min ago\)/,
    )
    expect(await render(samplePage())).not.toContain('how things stood')
  })

  it('is empty in words when there is nothing on it', async () => {
    expect(await render(samplePage({ sections: [] }))).toContain(
      'Nothing is shown on this page yet.',
    )
  })

  it('offers letters where they can be sent, and feeds to strangers only', async () => {
    const without = await render(samplePage(), { canSubscribe: false })
    expect(without).not.toContain('<form')
    expect(without).toContain('href="/status/acme/feed.atom"')
    const closed = await render(samplePage({ visibility: 'MEMBERS' }))
    expect(closed).not.toContain('<form')
    expect(closed).not.toContain('<a href="/status/acme/feed.atom"')
  })

  it('stands on its feet below a path', async () => {
    const html = await render(samplePage(), { base: '/up/' })
    expect(html).toContain('src="/up/assets/status/page.js"')
    expect(html).toContain('action="/up/status/acme/subscribe"')
  })

  it('survives values that no server should send', async () => {
    const days = { from: 'never', marks: 'u?x\u0000', downSeconds: [] }
    const page = samplePage({ timeZone: 'Mars/Olympus', accentColor: 'url(//evil)' })
    page.sections[0]!.components = [sampleComponent({ days, uptime: -1 })]
    const html = await render(page)
    expect(html).not.toContain('evil.css')
    expect(html).not.toContain('/accent/')
  })
})

describe('every language', () => {
  const languages = Object.keys(LANGUAGES) as Language[]
  it.each(languages)('%s renders every part without a gap', async (language) => {
    const page = samplePage({ status: 'PARTIAL_OUTAGE' })
    page.outages.push({ ...page.outages[0]!, id: 'o2', endedAt: null })
    const html = await render(page, { language, staleForMs: 60_000 })
    expect(html).toContain(`<html lang="${language}">`)
    const body = html.slice(html.indexOf('<body>'), html.indexOf('<script'))
    expect(body).not.toMatch(/\{\w+\}|undefined|NaN|null/)
  })

  it('has every text that English has, with the same values in it', async () => {
    const { textsOf } = await import('./every-text.ts')
    const english = textsOf('en')
    const valuesIn = (text: unknown) => [...JSON.stringify(text).matchAll(/\{\w+\}/g)].map(String)
    for (const language of languages) {
      const texts = textsOf(language)
      expect(Object.keys(texts), language).toEqual(Object.keys(english))
      for (const [key, text] of Object.entries(texts)) {
        const wanted = new Set(valuesIn(english[key as keyof typeof english]))
        expect(new Set(valuesIn(text)), `${language} ${key}`).toEqual(wanted)
        if (typeof text === 'string') expect(text.trim()).not.toBe('')
        else {
          const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
          expect(Object.keys(text).sort(), `${language} ${key}`).toEqual(
            [...pluralCategories].sort(),
          )
        }
      }
    }
  })
})

describe('hostile text', () => {
  const CORPUS = [
    '<script>alert(1)</script>',
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title><svg onload=alert(1)>',
    '<!--<script>',
    '{{constructor.constructor("alert(1)")()}}',
    '\u2028alert(1)\u2029',
    '&lt;b&gt;',
    'javascript:alert(1)',
    ']]><script>alert(1)</script>',
    '\u202Eevil\u0000',
  ]

  it.each(CORPUS)('%j stays text wherever it stands', async (text) => {
    const page = samplePage({ title: text, logoUrl: text, locale: text })
    page.sections[0]!.name = text
    page.sections[0]!.components = [sampleComponent({ name: text, description: text })]
    page.outages[0]!.componentName = text
    const html = await render(page)
    const active = html
      .replace(/<script id="state" type="application\/json">[^<]*<\/script>/, '')
      .replace(/<script type="module" src="[^"<>]*"><\/script>/, '')
    expect(active).not.toMatch(/<script|<img(?![^<>]* class="sp-logo")|<svg onload|<b>|<!--</i)
    expect(active).not.toMatch(/<[^<>"]*(?:"[^"]*"[^<>"]*)*\son\w+=/i)
    expect(html.match(/<\/script>/g)).toHaveLength(2)
    const state = /<script id="state"[^>]*>([^<]*)<\/script>/.exec(html)?.[1] ?? ''
    expect(state).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.stringify(JSON.parse(state))).toContain(JSON.stringify(text).slice(1, -1))
  })
})

describe('the pages before a page', () => {
  it('asks for a password by a plain form', async () => {
    const { renderPasswordPage } = await import('./entry-server.ts')
    const html = await renderPasswordPage({
      ...{ slug: 'acme', language: 'fr', base: '/', url: '/', formToken: 'abc', problem: 'wrong' },
    })
    expect(html).toContain('<form method="post" action="/status/acme/unlock"')
    expect(html).toContain('<input type="hidden" name="token" value="abc"')
    expect(html).toContain('Ce n’était pas le mot de passe.')
    expect(html).not.toContain('<script')
    expect(html).toContain('noindex')
  })

  it('offers to sign in where nothing may be told', async () => {
    const { renderMissingPage } = await import('./entry-server.ts')
    const signInPath = '/sign-in?next=%2Fstatus%2Facme'
    const html = await renderMissingPage({ language: 'en', base: '/', url: '/', signInPath })
    expect(html).toContain(`href="${signInPath}"`)
    expect(html).not.toContain('<script')
  })
})
