import { expect, it, vi } from 'vitest'
import { mendTabList } from './tab-list.ts'

it('makes a list of buttons of the tabs and follows the current one', async () => {
  const root = document.createElement('div')
  root.innerHTML = `<ul class="graphiql-tabs" role="tablist">
    <li class="graphiql-tab" role="tab" aria-selected="true"><button class="graphiql-tab-button">A</button><button>x</button></li>
    <li class="graphiql-tab" role="tab" aria-selected="false"><button class="graphiql-tab-button">B</button></li></ul>`
  const observer = mendTabList(root)
  expect(root.querySelector('[role]')).toBeNull()
  expect(root.querySelector('[aria-current]')?.textContent).toBe('A')
  const [first, second] = root.querySelectorAll('li')
  first?.setAttribute('aria-selected', 'false')
  second?.setAttribute('aria-selected', 'true')
  await vi.waitFor(() => expect(root.querySelector('[aria-current]')?.textContent).toBe('B'))
  expect(root.querySelectorAll('[aria-current]')).toHaveLength(1)
  observer.disconnect()
})
