import { shallowRef, watch, type Ref } from 'vue'

interface Saved {
  description: string
  descriptionHtml: string
}

/** The description as HTML: the server's own while it is as saved, else made here. */
export function useDescription(
  source: () => string,
  saved: () => Saved | null,
): Readonly<Ref<string>> {
  const html = shallowRef('')
  let turn = 0

  async function render(): Promise<void> {
    turn += 1
    const mine = turn
    const text = source()
    const stored = saved()
    if (stored?.description === text) return void (html.value = stored.descriptionHtml)
    if (text.trim() === '') return void (html.value = '')
    const { renderMarkdown } = await import('./markdown.ts')
    // Letters typed meanwhile have begun a turn of their own.
    if (mine === turn) html.value = renderMarkdown(text)
  }
  watch([source, saved], () => void render(), { immediate: true })
  return html
}
