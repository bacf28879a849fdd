import { onScopeDispose, ref, type Ref } from 'vue'

/** Follows a media query for as long as the calling component lives. */
function useMedia(query: string): Readonly<Ref<boolean>> {
  const media = matchMedia(query)
  const matches = ref(media.matches)
  const update = () => (matches.value = media.matches)
  media.addEventListener('change', update)
  onScopeDispose(() => media.removeEventListener('change', update))
  return matches
}

/** Phone: rows become cards, panels become bottom sheets. */
export const usePhone = () => useMedia('(max-width: 767px)')

/** Wide enough for a list with a panel beside it. */
export const useWide = () => useMedia('(min-width: 1120px)')
