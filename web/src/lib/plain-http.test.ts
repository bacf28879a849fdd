import { expect, it } from 'vitest'
import { isPlainHttp } from './plain-http.ts'

it.each([
  ['https://status.example.com', false],
  ['http://localhost:3000', false],
  ['http://127.0.0.1:3000', false],
  ['http://[::1]:3000', false],
  ['http://app.localhost', false],
  ['http://192.168.1.5:3000', true],
  ['http://status.example.com', true],
  ['http://localhost.example.com', true],
])('knows whether others can read what %s sends: %s', (url, isPlain) => {
  expect(isPlainHttp(new URL(url) as unknown as Location)).toBe(isPlain)
})
