/** A chart of the screen as an SVG file that stands alone: its styles are written into it. */

const KEPT = [
  'fill',
  'stroke',
  'stroke-width',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
]

/** In the colours of the light theme, whichever is on: the ink of the dark one cannot be seen on paper. */
export function saveSvg(chart: SVGSVGElement, name: string): void {
  const copy = chart.cloneNode(true) as SVGSVGElement // a copy of an SVG element is one
  chart.style.colorScheme = 'light'
  const from = [chart, ...chart.querySelectorAll<SVGElement>('*')]
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  from.forEach((element, index) => {
    const style = getComputedStyle(element)
    const target = to[index]
    if (!target) return
    for (const property of KEPT) target.setAttribute(property, style.getPropertyValue(property))
    for (const attribute of ['class', 'tabindex', 'role']) target.removeAttribute(attribute)
  })
  chart.style.colorScheme = ''
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
