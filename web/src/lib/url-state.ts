import { computed, nextTick, shallowReactive, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type Router } from 'vue-router'

export interface UrlCodec<T> {
  /** Reads the value from the address; null when it isn't there or makes no sense. */
  read(text: string | null): T
  /** Writes it; null leaves it out of the address. */
  write(value: T): string | null
}

interface Changes {
  values: Map<string, string | null>
  isPlanned: boolean
}

const changesOf = new WeakMap<Router, Changes>()

/** A piece of the screen's state that lives in the address as `?name=…`; changes of one tick become one step. */
export function useUrlState<T>(name: string, codec: UrlCodec<T>): WritableComputedRef<T> {
  const route = useRoute()
  const router = useRouter()
  const changes = changesFor(router)
  return computed({
    get() {
      const changed = changes.values.get(name)
      return codec.read(changed === undefined ? firstOf(route.query[name]) : changed)
    },
    set(value) {
      changes.values.set(name, codec.write(value))
      plan(router, changes)
    },
  })
}

/** Text; empty is left out. */
export const textInUrl: UrlCodec<string> = {
  read: (text) => text ?? '',
  write: (value) => value || null,
}

/** One of a few words; the first is the default and is left out. */
export function choiceInUrl<const T extends string>(choices: readonly [T, ...T[]]): UrlCodec<T> {
  return {
    read: (text) => choices.find((choice) => choice === text) ?? choices[0],
    write: (value) => (value === choices[0] ? null : value),
  }
}

/** Several of a few words, separated by commas; none is left out. */
export function choicesInUrl<const T extends string>(choices: readonly T[]): UrlCodec<T[]> {
  return {
    read: (text) =>
      (text ?? '').split(',').filter((word): word is T => choices.includes(word as T)),
    write: (values) => values.join(',') || null,
  }
}

function changesFor(router: Router): Changes {
  let changes = changesOf.get(router)
  if (!changes) {
    changes = { values: shallowReactive(new Map<string, string | null>()), isPlanned: false }
    changesOf.set(router, changes)
  }
  return changes
}

function plan(router: Router, changes: Changes): void {
  if (changes.isPlanned) return
  changes.isPlanned = true
  void nextTick(async () => {
    changes.isPlanned = false
    const taken = new Map(changes.values)
    const query = { ...router.currentRoute.value.query }
    for (const [name, value] of taken) {
      if (value === null) delete query[name]
      else query[name] = value
    }
    await router.replace({ query, hash: router.currentRoute.value.hash })
    for (const [name, value] of taken) {
      if (changes.values.get(name) === value) changes.values.delete(name)
    }
  })
}

function firstOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : null
}
