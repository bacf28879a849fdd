/** Build flags: composition API only; messages are compiled without `eval`, which the page's policy forbids. */
export const vueDefines = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_JIT_COMPILATION__: 'true',
  // The build's plugin turns this on.
  __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}
