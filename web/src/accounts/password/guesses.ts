import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** 0 (guessed at once) to 4 (hard to guess). `personal`: what a guesser would try first. */
export function score(password: string, personal: string[]): number {
  return zxcvbn.check(password, personal).score
}
