import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Playground } from './playground.ts'
import { mendTabList } from './tab-list.ts'
import './workers.ts'
import './playground.css'

const host = document.getElementById('playground')
if (host) {
  createRoot(host).render(createElement(Playground))
  mendTabList(host)
}
