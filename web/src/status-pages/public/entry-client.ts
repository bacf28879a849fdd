import { STATE_ID, type PageState } from './page-state.ts'
import { rest } from './rest.ts'

/** The page is complete without a script: what brings it to life comes in small pieces that hold nobody up. */
async function begin(state: PageState): Promise<void> {
  await rest()
  await import('./PublicPage.vue')
  await rest()
  await import('./page-cache.ts')
  await rest()
  const { awake } = await import('./awake.ts')
  await rest()
  await awake(state)
}

const state = document.getElementById(STATE_ID)?.textContent
if (state) void begin(JSON.parse(state) as PageState)
