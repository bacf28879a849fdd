import type { Plugin } from 'vite'

const WHOLE = "import * as Vue from 'vue';"
const NEEDED =
  "import { getCurrentInstance as present } from 'vue';\nconst Vue = { getCurrentInstance: present };"

/**
 * vue-i18n looks for a name in Vue's whole namespace, which keeps every part of Vue in the page (14 KB packed). All
 * it takes from there is `getCurrentInstance`.
 */
export function withoutWholeVue(): Plugin {
  return {
    name: 'allswell-without-whole-vue',
    apply: 'build',
    transform: {
      filter: { id: /vue-i18n[\\/]dist[\\/]vue-i18n\.mjs/ },
      handler(code) {
        if (!code.includes(WHOLE)) this.warn('vue-i18n no longer needs vite/whole-vue.ts.')
        return { code: code.replace(WHOLE, NEEDED), map: null }
      },
    },
  }
}
