import type { Storage as EditorStorage } from '@graphiql/toolkit'

const PREFIX = 'graphiql:'
const EDITOR_THEME = `${PREFIX}theme`
const APP_THEME = 'allswell.theme'

/**
 * What the playground remembers in this browser. Its theme is the app's: the editor says `''` for the system's,
 * the app says `system`. Clearing leaves the app's own settings alone.
 */
export function playgroundStorage(store: Storage = localStorage): EditorStorage {
  const ownKeys = () =>
    Array.from({ length: store.length }, (_, index) => store.key(index)).filter(
      (key): key is string => key?.startsWith(PREFIX) ?? false,
    )
  return {
    getItem(key) {
      if (key !== EDITOR_THEME) return store.getItem(key)
      const theme = store.getItem(APP_THEME)
      return theme === 'light' || theme === 'dark' ? theme : null
    },
    setItem(key, value) {
      if (key === EDITOR_THEME) store.setItem(APP_THEME, value || 'system')
      else store.setItem(key, value)
    },
    removeItem(key) {
      store.removeItem(key === EDITOR_THEME ? APP_THEME : key)
    },
    clear() {
      for (const key of ownKeys()) store.removeItem(key)
    },
    get length() {
      return ownKeys().length
    },
  }
}

/** Whether tabs of an earlier visit are there: then the examples are not put in again. */
export function hasStoredTabs(storage: EditorStorage): boolean {
  return storage.getItem(`${PREFIX}tabState`) !== null
}
