export { roleAllows } from './rights.ts'
export { setViewer, useViewer, type ViewerFacts, type ViewerState } from './viewer.ts'
