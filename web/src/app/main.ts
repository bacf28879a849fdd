import { createApp } from 'vue'
import { i18n } from '../lib/i18n/index.ts'
import { listenForShortcuts } from '../lib/shortcuts.ts'
import '../ui/tokens.css'
import App from './App.vue'
import { startLive } from './live/start-live.ts'
import { loadEnglish, loadViewersLanguage } from './messages.ts'
import { reloadAfterUpdate } from './reload-after-update.ts'
import { createAppRouter } from './router.ts'

loadEnglish()
listenForShortcuts()
const router = createAppRouter()
reloadAfterUpdate(router)
await loadViewersLanguage()
const app = createApp(App).use(i18n).use(router)
startLive(app)
app.mount('#app')
