import { afterEach, expect, it } from 'vitest'
import { useTheme } from './theme.ts'

afterEach(() => useTheme().choose('system'))

it('shows the choice on the page and remembers it', () => {
  const { choose, choice, shown } = useTheme()
  choose('dark')
  expect(choice.value).toBe('dark')
  expect(shown.value).toBe('dark')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(localStorage.getItem('allswell.theme')).toBe('dark')
})

it('leaves the page to the system’s theme again', () => {
  const { choose } = useTheme()
  choose('light')
  choose('system')
  expect(document.documentElement.dataset['theme']).toBeUndefined()
})
