import { onMounted, type Ref } from 'vue'

/** Puts the focus where one begins to type; not on a phone, where the keyboard would cover the page. */
export function useFirstFocus(form: Readonly<Ref<HTMLElement | null>>): void {
  onMounted(() => {
    if (!matchMedia('(pointer: fine)').matches) return
    const inputs = [...(form.value?.querySelectorAll('input') ?? [])]
    const first = inputs.find((input) => !input.readOnly && input.value === '')
    first?.focus()
  })
}
