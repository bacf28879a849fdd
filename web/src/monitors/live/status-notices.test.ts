import { expect, test } from 'vitest'
import type { MonitorStatus } from '../../generated/operations.ts'
import { noticesOf, sentencesOf } from './status-notices.ts'

const change = (name: string, from: MonitorStatus, to: MonitorStatus) => ({
  monitorId: `id-${name}`,
  name,
  from,
  to,
  reason: to === 'DOWN' ? 'Connection refused' : null,
})

test('an outage is told with its name and reason', () => {
  expect(noticesOf([change('Search', 'UP', 'DOWN')])).toEqual([
    {
      tone: 'bad',
      key: 'monitors.news.down',
      values: { name: 'Search', n: 1 },
      text: 'Connection refused',
      monitorId: 'id-Search',
    },
  ])
})

test('many outages at once are told as a number', () => {
  const changes = ['a', 'b', 'c'].map((name) => change(name, 'UP', 'DOWN'))
  expect(noticesOf(changes)).toMatchObject([
    { key: 'monitors.news.downMany', values: { n: 3 }, monitorId: null },
  ])
})

test('a recovery is good news, a first success or a pause is none', () => {
  const changes = [
    change('Back', 'DOWN', 'UP'),
    change('New', 'PENDING', 'UP'),
    change('Asleep', 'UP', 'PAUSED'),
  ]
  expect(noticesOf(changes)).toMatchObject([{ tone: 'good', values: { name: 'Back' } }])
})

test('only the last of several changes of one monitor counts', () => {
  const changes = [change('Flap', 'UP', 'DOWN'), change('Flap', 'DOWN', 'UP')]
  expect(noticesOf(changes)).toMatchObject([{ tone: 'good' }])
})

test('every change is spoken, many as a number', () => {
  expect(sentencesOf([change('New', 'PENDING', 'UP')])).toEqual([
    { key: 'monitors.news.to.UP', values: { name: 'New' } },
  ])
  const many = Array.from({ length: 9 }, (_, n) => change(`m${n}`, 'UP', 'DOWN'))
  expect(sentencesOf(many)).toEqual([{ key: 'monitors.news.many', values: { n: 9 } }])
})
