import { ref } from 'vue'

/** Whether the form for a new workspace is open; menus and the palette open it from anywhere. */
export const isNewWorkspaceOpen = ref(false)

export function openNewWorkspace(): void {
  isNewWorkspaceOpen.value = true
}
