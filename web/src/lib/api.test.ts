import { expect, it } from 'vitest'
import { apiDefines } from '../../vite/api-defines.ts'
import { apiAt } from './api.ts'

const PAGE = 'https://app.example.com'

it('finds the server where the page comes from, unless told otherwise', () => {
  const api = apiAt({ url: '', auth: 'cookie' }, PAGE)
  expect(api).toMatchObject({
    isApart: false,
    usesTokens: false,
    credentials: 'same-origin',
    graphqlUrl: 'https://app.example.com/graphql',
    socketUrl: 'wss://app.example.com/graphql',
    streamUrl: 'https://app.example.com/graphql/stream',
    playgroundUrl: '/graphql',
  })
})

it('takes the cookie along to another origin of the site', () => {
  const api = apiAt({ url: 'https://api.example.com', auth: 'cookie' }, PAGE)
  expect(api).toMatchObject({
    isApart: true,
    credentials: 'include',
    graphqlUrl: 'https://api.example.com/graphql',
    playgroundUrl: 'https://api.example.com/graphql',
  })
  expect(api.httpUrl('/push/abc')).toBe('https://api.example.com/push/abc')
})

it('sends no cookie where it signs in by tokens', () => {
  const api = apiAt({ url: 'http://api.other.test:3000', auth: 'token' }, PAGE)
  expect(api).toMatchObject({ usesTokens: true, credentials: 'omit' })
  expect(api.authUrl('token')).toBe('http://api.other.test:3000/auth/token')
  expect(api.socketUrl).toBe('ws://api.other.test:3000/graphql')
})

it('leads to a provider with the way back', () => {
  const api = apiAt({ url: '', auth: 'cookie' }, PAGE)
  expect(api.authUrl('/auth/google', { next: '/monitors/a?q=x' })).toBe(
    'https://app.example.com/auth/google?next=%2Fmonitors%2Fa%3Fq%3Dx',
  )
})

it('finds the server under the prefix of the page, or of the server apart', () => {
  const below = apiAt({ url: '', auth: 'cookie' }, PAGE, '/uptime')
  expect(below).toMatchObject({
    isApart: false,
    credentials: 'same-origin',
    graphqlUrl: 'https://app.example.com/uptime/graphql',
    socketUrl: 'wss://app.example.com/uptime/graphql',
    playgroundUrl: '/uptime/graphql',
  })
  expect(below.authUrl('/auth/google')).toBe('https://app.example.com/uptime/auth/google')
  expect(below.httpUrl('/api/push/a')).toBe('https://app.example.com/uptime/api/push/a')
  const apart = apiAt({ url: 'https://api.example.com/uptime', auth: 'cookie' }, PAGE)
  expect(apart).toMatchObject({
    isApart: true,
    credentials: 'include',
    streamUrl: 'https://api.example.com/uptime/graphql/stream',
  })
})

it('takes the server from the environment of the build, and nothing but its address', () => {
  expect(apiDefines()).toEqual({ __API_URL__: '""', __API_AUTH__: '"cookie"' })
  expect(apiDefines({ API_URL: 'https://api.example.com', API_AUTH: 'token' })).toEqual({
    __API_URL__: '"https://api.example.com"',
    __API_AUTH__: '"token"',
  })
  expect(apiDefines({ API_URL: 'https://example.com/uptime' })).toMatchObject({
    __API_URL__: '"https://example.com/uptime"',
  })
  for (const API_URL of ['https://a.example/', 'https://A.example', 'https://a.example/x?y'])
    expect(() => apiDefines({ API_URL })).toThrow('is an address such as')
  expect(() => apiDefines({ API_AUTH: 'basic' })).toThrow('cookie or token')
})
