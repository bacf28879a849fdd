import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'
import { outside } from '../../lib/prefix.ts'
import downIcon from './favicon-down.svg?url'

const COUNT = /^\(\d+\) /
const PLAIN_ICON = outside('/favicon.svg')

/** Shows in the tab how many monitors are down and, when one is open, which: seen while working elsewhere. */
export function useTabSign(sign: () => { downCount: number; title: string | null }): void {
  const route = useRoute()
  const show = ({ downCount, title }: { downCount: number; title: string | null }) => {
    const plain = document.title.replace(COUNT, '')
    const [, ...app] = plain.split(' · ')
    const named = title ? [title, ...app].join(' · ') : plain
    document.title = downCount > 0 ? `(${downCount}) ${named}` : named
    setIcon(downCount > 0 ? downIcon : PLAIN_ICON)
  }
  // The router names the page after each step: the sign comes on top of it.
  watch([() => JSON.stringify(sign()), () => route.fullPath], () => show(sign()), {
    immediate: true,
    flush: 'post',
  })
  onScopeDispose(() => setIcon(PLAIN_ICON))
}

function setIcon(href: string): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link && link.getAttribute('href') !== href) link.setAttribute('href', href)
}
