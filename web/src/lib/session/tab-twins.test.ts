import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tabTwins } from './tab-twins.ts'

/** What a tab keeps; a duplicated tab begins with a copy. */
class TabStorage {
  constructor(private readonly values: Record<string, string> = {}) {}
  getItem(key: string) {
    return this.values[key] ?? null
  }
  setItem(key: string, value: string) {
    this.values[key] = value
  }
  copy() {
    return new TabStorage({ ...this.values })
  }
}

/** Channels that hand messages on at once. */
class FakeChannel {
  static readonly open = new Set<FakeChannel>()
  private listener: (event: { data: unknown }) => void = () => {}
  constructor() {
    FakeChannel.open.add(this)
  }
  addEventListener(_type: string, listener: (event: { data: unknown }) => void) {
    this.listener = listener
  }
  postMessage(data: unknown) {
    for (const other of FakeChannel.open) if (other !== this) other.listener({ data })
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', FakeChannel)
})
afterEach(() => {
  FakeChannel.open.clear()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function isTwin(storage: TabStorage) {
  const ask = tabTwins(storage)
  await vi.advanceTimersByTimeAsync(200)
  return ask()
}

it('knows a duplicated tab from its original, and from itself after a reload', async () => {
  const original = new TabStorage()
  expect(await isTwin(original)).toBe(false)
  const copy = original.copy()
  expect(await isTwin(copy)).toBe(true)
  // All pages have gone; each tab loads its page anew.
  FakeChannel.open.clear()
  expect(await isTwin(original)).toBe(false)
  expect(await isTwin(copy)).toBe(false)
})

it('takes tabs that were opened by themselves for what they are', async () => {
  expect(await isTwin(new TabStorage())).toBe(false)
  expect(await isTwin(new TabStorage())).toBe(false)
})
