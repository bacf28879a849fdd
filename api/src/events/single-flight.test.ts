import { expect, it } from 'vitest'
import { SingleFlight } from './single-flight.ts'

function heldBack(): { flight: SingleFlight; finish: ((error?: Error) => void)[] } {
  const finish: ((error?: Error) => void)[] = []
  const flight = new SingleFlight(
    () =>
      new Promise((resolve, reject) => finish.push((error) => (error ? reject(error) : resolve()))),
  )
  return { flight, finish }
}

it('shares one later run among all who ask during a run', async () => {
  const { flight, finish } = heldBack()
  const first = flight.run()
  const others = [flight.run(), flight.run(), flight.run()]
  expect(finish).toHaveLength(1)
  finish[0]!()
  await first
  await expect.poll(() => finish.length).toBe(2)
  finish[1]!()
  await Promise.all(others)
  expect(finish).toHaveLength(2)
})

it('runs again after a failure', async () => {
  const { flight, finish } = heldBack()
  const first = flight.run()
  const second = flight.run()
  finish[0]!(new Error('lost'))
  await expect(first).rejects.toThrow('lost')
  await expect.poll(() => finish.length).toBe(2)
  finish[1]!()
  await second
  const third = flight.run()
  finish[2]!()
  await third
})
