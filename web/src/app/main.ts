import { createApp } from 'vue'
import { createWebHistory } from 'vue-router'
import { i18n } from '../lib/i18n/index.ts'
import { inside, outside } from '../lib/prefix.ts'
import { workspaceBase } from '../lib/session/index.ts'
import { listenForShortcuts } from '../lib/shortcuts.ts'
import '../ui/tokens.css'
import App from './App.vue'
import { guardEntry } from './gate/guard-entry.ts'
import { loadPage, startEntry } from './gate/start-entry.ts'
import { loadEnglish, loadViewersLanguage } from './messages.ts'
import { applyProfile } from './profile.ts'
import { reloadAfterUpdate } from './reload-after-update.ts'
import { createAppRouter } from './router.ts'

loadEnglish()
listenForShortcuts()
const { slug, base } = workspaceBase(inside(location.pathname))
const router = createAppRouter(createWebHistory(outside(base)))
reloadAfterUpdate(router)
const app = createApp(App).use(i18n)
const entry = startEntry(app, slug)
guardEntry(router, entry, { base, load: loadPage })
applyProfile(entry)
await loadViewersLanguage()
app.use(router).mount('#app')
