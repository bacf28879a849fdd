import { describe, expect, it } from 'vitest'
import { entryDecision, type EntryKind } from './entry-decision.ts'

const page = (fullPath: string, entry?: EntryKind, next?: unknown) => ({ fullPath, entry, next })
const APP = page('/w/acme/monitors/a?q=x')

describe('before the set-up', () => {
  const facts = { needsSetUp: true, isSignedIn: false }
  it('leads everybody to it', () => {
    expect(entryDecision(facts, page('/set-up', 'setUp'))).toBeNull()
    expect(entryDecision(facts, APP)).toBe('/set-up')
    expect(entryDecision(facts, page('/sign-in', 'visitor'))).toBe('/set-up')
  })
})

describe('while nobody is signed in', () => {
  const facts = { needsSetUp: false, isSignedIn: false }
  it('leads to the sign-in, from which one comes back', () => {
    expect(entryDecision(facts, APP)).toBe('/sign-in?next=/w/acme/monitors/a%3Fq%3Dx')
    expect(entryDecision(facts, page('/'))).toBe('/sign-in')
    expect(entryDecision(facts, page('/set-up', 'setUp'))).toBe('/sign-in')
  })
  it('shows the pages for visitors and for anyone', () => {
    expect(entryDecision(facts, page('/sign-in', 'visitor'))).toBeNull()
    expect(entryDecision(facts, page('/join/x', 'anyone'))).toBeNull()
  })
})

describe('for who is signed in', () => {
  const facts = { needsSetUp: false, isSignedIn: true }
  it('shows the app and what is for anyone', () => {
    expect(entryDecision(facts, APP)).toBeNull()
    expect(entryDecision(facts, page('/join/x', 'anyone'))).toBeNull()
  })
  it('tells what went wrong where a provider was to be connected', () => {
    const back = (problem: string) => ({ ...page('/sign-in', 'visitor'), problem })
    expect(entryDecision(facts, back('account_exists'))).toBe(
      '/account/security?problem=account_exists',
    )
    expect(entryDecision(facts, back('//evil.example'))).toBe('/')
  })
  it('leads on from the pages before it, and never off the origin', () => {
    expect(entryDecision(facts, page('/set-up', 'setUp'))).toBe('/')
    expect(entryDecision(facts, page('/sign-in', 'visitor', '/monitors/a'))).toBe('/monitors/a')
    expect(entryDecision(facts, page('/sign-in', 'visitor', '//evil.example'))).toBe('/')
  })
})
