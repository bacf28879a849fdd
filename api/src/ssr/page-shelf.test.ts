import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { PageShelf, ShelvedPage } from './page-shelf.ts'

it('renders once for all who wait, and not again while the content is the same', async () => {
  const shelf = new PageShelf()
  let renders = 0
  const render = async (): Promise<string> => `<p>${++renders}</p>`
  const all = await Promise.all(Array.from({ length: 50 }, () => shelf.get('en a', 's1', render)))
  expect(new Set(all).size).toBe(1)
  expect(await shelf.get('en a', 's1', render)).toBe(all[0])
  expect(renders).toBe(1)
  const next = await shelf.get('en a', 's2', render)
  expect(next.etag).not.toBe(all[0]!.etag)
})

it('keeps languages and pages apart', async () => {
  const shelf = new PageShelf()
  const html = async (key: string) =>
    (await shelf.get(key, 's', () => Promise.resolve(key))).ready('identity')!.toString()
  expect(await Promise.all(['en a', 'de a', 'en b'].map(html))).toEqual(['en a', 'de a', 'en b'])
})

it('tries again after a rendering that failed', async () => {
  const shelf = new PageShelf()
  await expect(shelf.get('k', 's', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  const page = await shelf.get('k', 's', () => Promise.resolve('yes'))
  expect(page.ready('identity')!.toString()).toBe('yes')
})

it('packs a page once for each way of packing', async () => {
  const page = new ShelvedPage('x'.repeat(5_000), 's')
  expect(page.ready('br')).toBeUndefined()
  const [one, other] = await Promise.all([page.form('br'), page.form('br')])
  expect(one).toBe(other)
  expect(page.ready('br')).toBe(one)
  expect(brotliDecompressSync(one).length).toBe(5_000)
  expect(gunzipSync(await page.form('gzip')).length).toBe(5_000)
})

it('has the same tag for the same bytes', () => {
  expect(new ShelvedPage('a', 's1').etag).toBe(new ShelvedPage('a', 's2').etag)
  expect(new ShelvedPage('a', 's').etag).not.toBe(new ShelvedPage('b', 's').etag)
})

it('lets go of the oldest pages when it is full', async () => {
  const shelf = new PageShelf(2_500)
  const put = (key: string) => shelf.get(key, 's', () => Promise.resolve('x'.repeat(1_000)))
  await put('a')
  await put('b')
  await put('c')
  expect(['a', 'b', 'c'].map((key) => Boolean(shelf.peek(key, 's')))).toEqual([false, true, true])
})
