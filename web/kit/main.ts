import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { loadEnglish } from '../src/app/messages.ts'
import { i18n } from '../src/lib/i18n/index.ts'
import { listenForShortcuts } from '../src/lib/shortcuts.ts'
import '../src/ui/tokens.css'
import KitPage from './KitPage.vue'

loadEnglish()
listenForShortcuts()
const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:path(.*)*', component: KitPage }],
})
createApp(KitPage).use(i18n).use(router).mount('#kit')
