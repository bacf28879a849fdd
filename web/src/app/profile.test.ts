import { afterEach, expect, it } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { viewerWith } from '../../test/viewer.ts'
import { setFormatting } from '../lib/formatting.ts'
import { useTheme } from '../lib/theme.ts'
import { formatClock } from '../lib/time/index.ts'
import type { ViewerFacts } from '../lib/viewer/index.ts'
import { applyProfile } from './profile.ts'

afterEach(() => {
  setFormatting({})
  useTheme().choose('system')
})

it('looks and speaks as the profile says, and follows its changes', async () => {
  const viewer = shallowRef<ViewerFacts | null>(null)
  applyProfile({ viewer })
  expect(useTheme().choice.value).toBe('system')
  viewer.value = viewerWith('OWNER', { theme: 'DARK', timeZone: 'Asia/Tokyo', locale: 'de-DE' })
  expect(useTheme().choice.value).toBe('dark')
  expect(document.documentElement.dataset['theme']).toBe('dark')
  expect(formatClock('2026-03-01T00:00:00Z')).toBe('09:00:00')
  viewer.value = { ...viewer.value, timeZone: null }
  await nextTick()
  expect(formatClock('2026-03-01T00:00:00Z')).toBe('00:00:00')
})

it('leaves a theme that was chosen in the meantime alone when something else changes', () => {
  const viewer = shallowRef<ViewerFacts | null>(viewerWith('OWNER', { theme: 'LIGHT' }))
  applyProfile({ viewer })
  useTheme().choose('dark')
  viewer.value = viewerWith('ADMIN', { theme: 'LIGHT' })
  expect(useTheme().choice.value).toBe('dark')
})
