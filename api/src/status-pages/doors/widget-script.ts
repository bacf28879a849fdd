/**
 * The script of `<script src="…/widget.js" async>` on other sites. It has no secrets, sets no cookies, draws in a shadow
 * root, and writes text only as text. Its styles come by the CSSOM, so a page without `unsafe-inline` shows them too.
 */
export const WIDGET_SCRIPT = `(() => {
  'use strict'
  const script = document.currentScript
  if (!script || !script.src) return
  const source = new URL('widget.json', script.src)
  const EVERY = 60000
  const css = \`
    :host { display: inline-block; color-scheme: light dark }
    a { display: inline-flex; align-items: center; gap: 8px; box-sizing: border-box; min-height: 32px;
      padding: 4px 12px; border: 1px solid #8c959f; border-radius: 16px; font: 14px/20px system-ui, sans-serif;
      text-decoration: none; color: #1f2328; background: #fff }
    a:hover { text-decoration: underline }
    a:focus-visible { outline: 2px solid #0969da; outline-offset: 2px }
    i { flex: none; width: 10px; height: 10px; border-radius: 50%; background: #59636e }
    a.dark { color: #f0f6fc; background: #151b23; border-color: #6e7681 }
    @media (prefers-color-scheme: dark) {
      a.auto { color: #f0f6fc; background: #151b23; border-color: #6e7681 }
    }
    @media (forced-colors: active) { i { forced-color-adjust: none } }\`

  function start() {
    const host = document.createElement('div')
    const target = script.dataset.target && document.querySelector(script.dataset.target)
    if (target) target.append(host)
    else if (script.parentNode && script.parentNode !== document.head) script.after(host)
    else document.body.append(host)
    const root = host.attachShadow({ mode: 'open' })
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [sheet]
    } catch {
      // An old browser shows it without styles.
    }
    const box = document.createElement('div')
    const link = document.createElement('a')
    const dot = document.createElement('i')
    const words = document.createElement('span')
    const theme = script.dataset.theme
    link.className = theme === 'light' || theme === 'dark' ? theme : 'auto'
    dot.setAttribute('aria-hidden', 'true')
    box.setAttribute('role', 'status')
    link.append(dot, words)
    box.append(link)
    root.append(box)

    let timer
    function show(text, color) {
      if (words.textContent !== text) words.textContent = text
      dot.style.background = color
    }
    async function refresh() {
      clearTimeout(timer)
      try {
        const answer = await fetch(source, { cache: 'no-cache', credentials: 'omit', referrerPolicy: 'no-referrer' })
        if (!answer.ok) throw new Error(String(answer.status))
        const { page, status, description, color } = await answer.json()
        const url = new URL(page.url, source)
        if (/^https?:$/.test(url.protocol)) link.href = url.href
        const label = script.dataset.label ?? page.title
        show(label ? label + ': ' + description : description, color)
        host.dataset.status = status
      } catch {
        show((script.dataset.label || 'Status') + ': Status unknown', '#59636e')
        host.dataset.status = 'UNKNOWN'
      }
      timer = setTimeout(() => document.hidden || refresh(), EVERY)
    }
    document.addEventListener('visibilitychange', () => document.hidden || refresh())
    refresh()
  }
  if (document.body) start()
  else document.addEventListener('DOMContentLoaded', start)
})()
`
