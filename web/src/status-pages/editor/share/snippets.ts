export interface Snippet {
  name: 'address' | 'badgeMarkdown' | 'badgeHtml' | 'widget' | 'atom' | 'rss' | 'json'
  text: string
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const forHtml = (text: string) => text.replace(/[&<>"]/g, (letter) => HTML[letter]!)
const forMarkdown = (text: string) => text.replace(/[\\[\]]/g, '\\$&')

/** What other places put on themselves to show this page. `doors`: as in `doorsOf`. */
export function snippetsOf({
  title,
  address,
  doors,
}: {
  title: string
  address: string
  doors: string
}): Snippet[] {
  const badge = doors.replace(/\/status\/([^/]*)$/, '/badge/$1.svg')
  return [
    { name: 'address', text: address },
    { name: 'badgeMarkdown', text: `[![${forMarkdown(title)}](${badge})](${address})` },
    {
      name: 'badgeHtml',
      text: `<a href="${address}"><img src="${badge}" alt="${forHtml(title)}"></a>`,
    },
    { name: 'widget', text: `<script src="${doors}/widget.js" async></script>` },
    { name: 'atom', text: `${doors}/feed.atom` },
    { name: 'rss', text: `${doors}/feed.rss` },
    { name: 'json', text: `${doors}/api/v2/summary.json` },
  ]
}
