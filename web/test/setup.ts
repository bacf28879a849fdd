import { config } from '@vue/test-utils'
import { loadEnglish } from '../src/app/messages.ts'
import { i18n } from '../src/lib/i18n/index.ts'

loadEnglish()
config.global.plugins = [i18n]
