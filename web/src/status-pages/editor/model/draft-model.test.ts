import { describe, expect, it } from 'vitest'
import type { EditedPageFragment } from '../../../generated/operations.ts'
import { checkDraft } from './checks.ts'
import {
  componentsOf,
  draftOf,
  newComponent,
  newDraft,
  newSection,
  type PageDraft,
} from './draft.ts'
import { beforeAt, targetAt } from './drop-target.ts'
import {
  addComponent,
  addMonitors,
  changeComponent,
  changeSection,
  missingMonitors,
  MOST_COMPONENTS,
  removeComponent,
  removeSection,
} from './edits.ts'
import { errorsThatStay, isOutdated, sortErrors } from './field-errors.ts'
import { changesOf, createInput, isChanged, updateInput } from './input.ts'
import { readLogo } from './logo.ts'
import { moveComponent, moveSection, stepComponent, stepSection } from './order.ts'
import { isSlug, slugOf } from './slug.ts'
import { useDraft } from './use-draft.ts'

/** `a: 1 2 | b: 3`: sections with their components. */
function layOut(text: string): PageDraft {
  const sections = text.split('|').map((part) => {
    const [name = '', rest = ''] = part.split(':').map((word) => word.trim())
    const components = rest
      .split(' ')
      .filter(Boolean)
      .map((key) => newComponent({ key, name: key }))
    return newSection({ key: name, name, components })
  })
  return { ...newDraft('UTC'), title: 'Acme', slug: 'acme', sections }
}
const written = ({ sections }: PageDraft) =>
  sections
    .map(({ key, components }) => [`${key}:`, ...components.map((one) => one.key)].join(' '))
    .join(' | ')

describe('the order of components', () => {
  const draft = layOut('a: 1 2 3 | b: 4 | c:')

  it('is changed within a section', () => {
    const moved = moveComponent(draft, '3', { sectionKey: 'a', beforeKey: '1' })
    expect(written(moved)).toBe('a: 3 1 2 | b: 4 | c:')
  })
  it('is changed across sections, to a place or to the end', () => {
    expect(written(moveComponent(draft, '2', { sectionKey: 'b', beforeKey: '4' }))).toBe(
      'a: 1 3 | b: 2 4 | c:',
    )
    expect(written(moveComponent(draft, '1', { sectionKey: 'c', beforeKey: null }))).toBe(
      'a: 2 3 | b: 4 | c: 1',
    )
  })
  it('stays the same draft where nothing moves', () => {
    expect(moveComponent(draft, '2', { sectionKey: 'a', beforeKey: '3' })).toBe(draft)
    expect(moveComponent(draft, '2', { sectionKey: 'a', beforeKey: '2' })).toBe(draft)
    expect(moveComponent(draft, '3', { sectionKey: 'a', beforeKey: null })).toBe(draft)
    expect(moveComponent(draft, '2', { sectionKey: 'gone', beforeKey: null })).toBe(draft)
    expect(moveComponent(draft, 'gone', { sectionKey: 'a', beforeKey: null })).toBe(draft)
  })
  it('goes step by step, beyond the ends of sections too', () => {
    expect(written(stepComponent(draft, '1', 1))).toBe('a: 2 1 3 | b: 4 | c:')
    expect(written(stepComponent(draft, '2', -1))).toBe('a: 2 1 3 | b: 4 | c:')
    expect(written(stepComponent(draft, '3', 1))).toBe('a: 1 2 | b: 3 4 | c:')
    expect(written(stepComponent(draft, '4', -1))).toBe('a: 1 2 3 4 | b: | c:')
    expect(written(stepComponent(draft, '4', 1))).toBe('a: 1 2 3 | b: | c: 4')
    expect(stepComponent(draft, '1', -1)).toBe(draft)
  })
  it('loses and doubles nothing, whatever is moved', () => {
    let now = draft
    for (let turn = 0; turn < 200; turn++) {
      const key = String((turn % 4) + 1)
      const sectionKey = 'abc'[(turn * 7) % 3]!
      const beforeKey = turn % 5 ? String(((turn * 3) % 4) + 1) : null
      now =
        turn % 2
          ? stepComponent(now, key, turn % 3 ? 1 : -1)
          : moveComponent(now, key, { sectionKey, beforeKey })
      const keys = componentsOf(now).map((one) => one.key)
      expect(keys.toSorted()).toEqual(['1', '2', '3', '4'])
    }
  })
})

describe('the order of sections', () => {
  const draft = layOut('a: 1 | b: | c:')

  it('is changed by dropping and by steps', () => {
    expect(written(moveSection(draft, 'c', 'a'))).toBe('c: | a: 1 | b:')
    expect(written(moveSection(draft, 'a', null))).toBe('b: | c: | a: 1')
    expect(written(stepSection(draft, 'a', 1))).toBe('b: | a: 1 | c:')
    expect(written(stepSection(draft, 'c', -1))).toBe('a: 1 | c: | b:')
  })
  it('ends at the ends', () => {
    expect(stepSection(draft, 'a', -1)).toBe(draft)
    expect(stepSection(draft, 'c', 1)).toBe(draft)
    expect(moveSection(draft, 'b', 'b')).toBe(draft)
  })
})

describe('where something is dropped', () => {
  const box = (key: string, top: number, bottom: number) => ({ key, top, bottom })
  const sections = [
    { ...box('a', 0, 100), components: [box('1', 20, 40), box('2', 40, 60)] },
    { ...box('b', 120, 200), components: [] },
  ]
  it('is before the row whose middle lies below the pointer', () => {
    expect(targetAt(sections, 25, 'x')).toEqual({ sectionKey: 'a', beforeKey: '1' })
    expect(targetAt(sections, 45, 'x')).toEqual({ sectionKey: 'a', beforeKey: '2' })
    expect(targetAt(sections, 90, 'x')).toEqual({ sectionKey: 'a', beforeKey: null })
  })
  it('is in the nearest section, also an empty one', () => {
    expect(targetAt(sections, 119, 'x')).toEqual({ sectionKey: 'b', beforeKey: null })
    expect(targetAt(sections, 9999, 'x')).toEqual({ sectionKey: 'b', beforeKey: null })
    expect(targetAt([], 1, 'x')).toBeNull()
  })
  it('never is before itself', () => {
    expect(beforeAt(sections[0]!.components, 25, '1')).toBe('2')
  })
})

describe('what is sent', () => {
  const stored = {
    ...{ id: 'p1', version: 3, slug: 'acme', title: 'Acme', description: '', descriptionHtml: '' },
    ...{ logoUrl: '/status/acme/logo?v=1', accentColor: '#2563eb', theme: 'SYSTEM' },
    ...{ visibility: 'PUBLIC', hasPassword: false, domain: null, timeZone: 'UTC', locale: null },
    status: 'OPERATIONAL',
    sections: [
      {
        ...{ id: 's1', name: 'Core', isCollapsed: false },
        components: [
          {
            ...{
              id: 'c1',
              name: 'API',
              description: '',
              status: 'OPERATIONAL',
              manualStatus: null,
            },
            monitors: [{ id: 'm1', name: 'api', status: 'UP' }],
            ...{ showBars: true, showChart: false, showUptime: true },
          },
        ],
      },
    ],
  } satisfies EditedPageFragment & { sections: object[] } as EditedPageFragment
  const base = draftOf(stored)

  it('is nothing while nothing is changed', () => {
    expect(changesOf({ ...base }, base)).toEqual({})
    expect(isChanged({ ...base, sections: [...base.sections] }, base)).toBe(false)
  })
  it('is what was changed, with the version that it was made from', () => {
    const draft = { ...base, title: ' Acme Inc ', domain: 'status.acme.test', locale: 'de' }
    expect(updateInput(draft, base, stored)).toEqual({
      ...{ id: 'p1', expectedVersion: 3, title: 'Acme Inc' },
      ...{ domain: 'status.acme.test', locale: 'de' },
    })
  })
  it('clears by null', () => {
    const before = { ...base, domain: 'status.acme.test', locale: 'de' }
    expect(changesOf({ ...base, logo: null }, before)).toEqual({
      ...{ logo: null, domain: null, locale: null },
    })
  })
  it('holds a password only for a page that asks for one', () => {
    expect(changesOf({ ...base, password: 'correct horse' }, base)).toEqual({})
    const locked = { ...base, visibility: 'PASSWORD', password: 'correct horse' } as const
    expect(changesOf(locked, base)).toEqual({ visibility: 'PASSWORD', password: 'correct horse' })
  })
  it('is the whole structure as soon as a part of it is changed, and ids keep what they name', () => {
    const draft = addComponent(changeComponent(base, 'c1', { showChart: true }), 's1')
    const { sections } = changesOf(draft, base)
    expect(sections).toEqual([
      {
        ...{ id: 's1', name: 'Core', isCollapsed: false },
        components: [
          {
            ...{ id: 'c1', name: 'API', description: '', monitorIds: ['m1'], manualStatus: null },
            ...{ showBars: true, showUptime: true, showChart: true },
          },
          {
            ...{ name: '', description: '', monitorIds: [], manualStatus: null },
            ...{ showBars: true, showUptime: true, showChart: false },
          },
        ],
      },
    ])
  })
  it('makes anew what somebody else has removed, when it is put over theirs', () => {
    const draft = changeSection(base, 's1', { name: 'Heart' })
    const { sections } = updateInput(draft, base, stored, (id) => id === 's1')
    expect(sections?.[0]).toMatchObject({ id: 's1', name: 'Heart' })
    expect(sections?.[0]?.components[0]).not.toHaveProperty('id')
  })
  it('is everything for a new page, with a key that makes it one page only', () => {
    const input = createInput({ ...layOut('a: 1'), locale: '' }, 'key')
    expect(input).toMatchObject({ slug: 'acme', title: 'Acme', locale: null, domain: null })
    expect(input).toMatchObject({ idempotencyKey: 'key', sections: [{ name: 'a' }] })
    expect(input).not.toHaveProperty('logo')
    expect(input).not.toHaveProperty('password')
  })
})

describe('an address made from a title', () => {
  it.each([
    ['Acme Status', 'acme-status'],
    ['  Größe & Überblick! ', 'grosse-uberblick'],
    ['État du système', 'etat-du-systeme'],
    ['日本', ''],
    ['x'.repeat(59) + ' yz', 'x'.repeat(59)],
    ['\0\r\n--', ''],
  ])('of %j is %j', (title, slug) => {
    expect(slugOf(title)).toBe(slug)
    if (slug) expect(isSlug(slug)).toBe(true)
  })
  it('is judged as the server judges it', () => {
    expect(['a', 'a-b', 'x'.repeat(60)].every(isSlug)).toBe(true)
    expect(['', '-a', 'a-', 'A', 'ä', 'a b', '../a', 'x'.repeat(61)].some(isSlug)).toBe(false)
  })
})

describe('what the form finds wrong', () => {
  it('is nothing with a page that is complete', () => {
    expect(checkDraft(layOut('a: 1'), false)).toEqual([])
  })
  it('is said at its field', () => {
    const draft = {
      ...changeComponent(layOut('a: 1'), '1', { name: ' ' }),
      ...{ title: ' ', slug: 'Ä', accentColor: 'red', visibility: 'PASSWORD' as const },
    }
    expect(checkDraft(draft, false).map(({ field, key }) => `${field} ${key}`)).toEqual([
      'title titleNeeded',
      'slug slugWrong',
      'accentColor colourWrong',
      'password passwordNeeded',
      '1.name nameNeeded',
    ])
    expect(checkDraft({ ...layOut('a:'), visibility: 'PASSWORD' }, true)).toEqual([])
  })
})

describe('what the server finds wrong', () => {
  const draft = layOut('a: 1 2 | b: 3')
  const error = (path: string[], code: 'INVALID' | 'CONFLICT' = 'INVALID') => ({
    ...{ path, code, message: path.join('.') },
  })

  it('comes to its field, also of a component', () => {
    const { fields, rest } = sortErrors(
      [
        error(['slug'], 'CONFLICT'),
        error(['input', 'sections', '0', 'components', '1', 'name']),
        error(['sections', '1', 'components', '0', 'monitorIds', '0']),
        error(['sections', '0', 'name']),
      ],
      draft,
    )
    expect(Object.keys(fields)).toEqual(['slug', '2.name', '3.monitorIds', 'a.name'])
    expect(rest).toEqual([])
  })
  it('is never dropped', () => {
    const { fields, rest } = sortErrors(
      [error(['sections']), error(['sections', '9', 'name']), error(['idempotencyKey']), error([])],
      draft,
    )
    expect(fields).toEqual({})
    expect(rest).toHaveLength(4)
  })
  it('stays with its component when that moves, and goes when its field is changed', () => {
    const errors = sortErrors([error(['sections', '0', 'components', '1', 'name'])], draft)
    const moved = stepComponent(draft, '2', 1)
    expect(errorsThatStay(errors, draft, moved)).toBe(errors)
    const named = changeComponent(moved, '2', { name: 'Search' })
    expect(errorsThatStay(errors, moved, named).fields).toEqual({})
  })
  it('tells a page that somebody else has saved from an address that is taken', () => {
    expect(isOutdated([error(['expectedVersion'], 'CONFLICT')])).toBe(true)
    expect(isOutdated([error(['slug'], 'CONFLICT')])).toBe(false)
  })
})

describe('all monitors at once', () => {
  const monitors = [1, 2, 3].map((n) => ({ id: `m${n}`, name: `Monitor ${n}` }))

  it('are those that no component speaks of, each with a component in the last section', () => {
    const draft = changeComponent(layOut('a: 1 | b:'), '1', { monitorIds: ['m2'] })
    const missing = missingMonitors(draft, monitors)
    expect(missing.map(({ id }) => id)).toEqual(['m1', 'm3'])
    const [, last] = addMonitors(draft, missing).sections
    expect(last?.components.map(({ name }) => name)).toEqual(['Monitor 1', 'Monitor 3'])
  })
  it('make a section where there is none, and stop where a page is full', () => {
    const empty = { ...layOut('a:'), sections: [] }
    expect(addMonitors(empty, monitors).sections).toHaveLength(1)
    const many = Array.from({ length: 300 }, (_, n) => ({ id: `m${n}`, name: `${n}` }))
    const full = addMonitors(empty, missingMonitors(empty, many))
    expect(componentsOf(full)).toHaveLength(MOST_COMPONENTS)
    expect(missingMonitors(full, many)).toEqual([])
  })
})

describe('steps that are undone', () => {
  const setUp = () => {
    const time = { now: 0 }
    return { ...useDraft(layOut('a: 1 2'), () => time.now), time }
  }
  it('come back in turn, and are done again', () => {
    const { draft, change, undo, redo, canUndo, canRedo } = setUp()
    change(removeComponent(draft.value, '1'))
    change(removeSection(draft.value, 'a'))
    undo()
    expect(written(draft.value)).toBe('a: 2')
    undo()
    expect(written(draft.value)).toBe('a: 1 2')
    expect(canUndo.value).toBe(false)
    undo()
    redo()
    expect(written(draft.value)).toBe('a: 2')
    change({ ...draft.value, title: 'x' })
    expect(canRedo.value).toBe(false)
  })
  it('are one for letters typed one after the other into one field', () => {
    const { draft, change, undo, time } = setUp()
    const type = (title: string, at: number) => {
      time.now = at
      change({ ...draft.value, title }, 'title')
    }
    type('B', 0)
    type('Be', 900)
    type('Bet', 1800)
    type('Beta', 5000)
    undo()
    expect(draft.value.title).toBe('Bet')
    undo()
    expect(draft.value.title).toBe('Acme')
  })
})

describe('a logo', () => {
  it('is read as a data address', async () => {
    const read = await readLogo(new Blob(['GIF89a'], { type: 'image/gif' }))
    expect(read).toEqual({ url: `data:image/gif;base64,${btoa('GIF89a')}` })
  })
  it('that is too large or no picture is refused', async () => {
    const large = new Blob([new Uint8Array(256 * 1024 + 1)], { type: 'image/png' })
    expect(await readLogo(large)).toEqual({ problem: 'logoSize' })
    const text = new Blob(['<html>'], { type: 'text/html' })
    expect(await readLogo(text)).toEqual({ problem: 'logoType' })
  })
})
