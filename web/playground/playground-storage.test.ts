import { afterEach, expect, it } from 'vitest'
import { hasStoredTabs, playgroundStorage } from './playground-storage.ts'

afterEach(() => localStorage.clear())

it('shares the theme with the app, both ways', () => {
  const storage = playgroundStorage()
  localStorage.setItem('allswell.theme', 'dark')
  expect(storage.getItem('graphiql:theme')).toBe('dark')
  storage.setItem('graphiql:theme', '')
  expect(localStorage.getItem('allswell.theme')).toBe('system')
  expect(storage.getItem('graphiql:theme')).toBeNull()
})

it('clears its own things and leaves the app’s', () => {
  const storage = playgroundStorage()
  localStorage.setItem('allswell.theme', 'dark')
  storage.setItem('graphiql:tabState', '{}')
  storage.setItem('graphiql:query', '{ a }')
  expect(hasStoredTabs(storage)).toBe(true)
  storage.clear()
  expect(hasStoredTabs(storage)).toBe(false)
  expect(storage.length).toBe(0)
  expect(localStorage.getItem('allswell.theme')).toBe('dark')
})
