/** What Swagger UI's own sheet leaves too pale to read, and too wide for a phone. */
export const DOCS_LOOK = `
:root { color-scheme: light dark; }
body { margin: 0; background: #fff; }
.dark-mode body { background: #1c2022; }
.docs-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.swagger-ui .info { margin: 32px 0 16px; }
.swagger-ui .scheme-container { padding: 12px 0; }
.swagger-ui .info .title small pre,
.swagger-ui .info .title small { background: #4d5b70; color: #fff; }
.swagger-ui .info .title small.version-stamp,
.swagger-ui .info .title small.version-stamp pre { background: #0b6b4a; color: #fff; }
html:not(.dark-mode) .swagger-ui :is(.info .url, .link, .info a, .markdown a, .renderedMarkdown a) { color: #1d5fbf; }
html:not(.dark-mode) .swagger-ui .btn.authorize { border-color: #0b6b4a; color: #0b6b4a; }
html:not(.dark-mode) .swagger-ui .btn.authorize svg { fill: #0b6b4a; }
html:not(.dark-mode) .swagger-ui .btn.cancel { border-color: #b3201a; color: #b3201a; }
html:not(.dark-mode) .swagger-ui :is(.parameter__name.required::after, .parameter__name.required span, .prop-format) { color: #b3201a; }
html:not(.dark-mode) .swagger-ui :is(.parameter__in, .parameter__deprecated, .response-control-media-type__accept-message) { color: #4d5b70; }
.swagger-ui .opblock .opblock-summary-method { color: #fff; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1d5fbf; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #0b6b4a; }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #8a4b00; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #0e6377; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3201a; }
.dark-mode .swagger-ui :is(.btn.cancel, .try-out__btn) { border-color: #ff9a9a; color: #ff9a9a !important; }
.dark-mode .swagger-ui .headers .header-col { color: #c3ccd6; }
.swagger-ui .btn.execute { background: #1d5fbf; border-color: #1d5fbf; color: #fff; }
.swagger-ui .download-contents,
.swagger-ui .copy-to-clipboard { background: #4a5061; color: #fff; }
.swagger-ui .microlight span[style*='211, 99, 99'] { color: #ffa3a3 !important; }
.swagger-ui .opblock-body pre { max-width: 100%; }
.swagger-ui .responses-table { table-layout: fixed; }
.swagger-ui .responses-table :is(.response-col_status) { width: 5rem; }
.swagger-ui .responses-table :is(.response-col_links) { width: 0; display: none; }
@media (max-width: 640px) {
  .swagger-ui .wrapper { padding: 0 10px; }
  .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
  .swagger-ui table.parameters > tbody > tr > td { display: block; width: auto; max-width: 100%; }
  .swagger-ui .parameters-col_name { padding-bottom: 0; }
  .swagger-ui .responses-inner { padding: 12px; }
  .swagger-ui .highlight-code > .microlight { padding-bottom: 3rem; }
  .swagger-ui :is(input, select, textarea) { max-width: 100%; }
}
`

/**
 * Signed in as you: the browser brings its cookie, and the header that no foreign page can send. The rest is for
 * those who see little or use the keyboard: one address to choose from is no choice, a link stands in no button, and
 * what scrolls can be focused.
 */
export const DOCS_START = `const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
const accessible = ({ React: { createElement } }) => ({
  components: {
    ServersContainer: () => null,
    DeepLink: ({ text }) => createElement('span', null, text),
  },
  wrapComponents: {
    InfoContainer: (Info) => (props) =>
      createElement('section', { 'aria-label': 'About' },
        createElement(Info, props),
        createElement('h2', { className: 'docs-hidden' }, 'Operations')),
    AuthorizeBtnContainer: (Button) => (props) =>
      createElement('section', { 'aria-label': 'Authorization' }, createElement(Button, props)),
    TextArea: (Area) => (props) => createElement(Area, { 'aria-label': 'Body', ...props }),
  },
})
SwaggerUIBundle({
  url: new URL('openapi.json', document.baseURI).href,
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  plugins: [accessible],
  requestInterceptor: (request) => {
    request.headers['x-requested-with'] = 'docs'
    return request
  },
})
new MutationObserver(() => {
  for (const block of document.querySelectorAll('pre:not([tabindex]), .curl:not([tabindex])')) block.tabIndex = 0
}).observe(document.getElementById('docs'), { childList: true, subtree: true })
`
