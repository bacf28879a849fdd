// Runs before the first paint, so that a chosen theme never flashes. The rest is in src/lib/theme.ts.
try {
  const choice = localStorage.getItem('allswell.theme')
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice
} catch {
  // Storage may be forbidden; then the system decides.
}
