import { config } from '@vue/test-utils'
import { beforeEach } from 'vitest'
import { loadEnglish } from '../src/app/messages.ts'
import { i18n } from '../src/lib/i18n/index.ts'
import { setViewer } from '../src/lib/viewer/index.ts'
import { viewerWith } from './viewer.ts'

loadEnglish()
config.global.plugins = [i18n]

// Somebody who may do everything looks at the pages, unless a test says otherwise.
beforeEach(() => setViewer(viewerWith('OWNER')))
