/** Lets the browser paint and answer the visitor before the work goes on. */
export function rest(): Promise<void> {
  return new Promise((goOn) => setTimeout(goOn))
}
