import type { Motif, Paint } from './paint.ts'
import { circle, ellipse, heart, path, rect, stroke } from './shapes.ts'

export const mug: Motif = ({ fill, dark, light }) =>
  stroke('M410 250h30a62 62 0 0 1 0 130h-34', fill.startsWith('url') ? dark : fill, 26) +
  path('M200 200h220l-14 270q-4 30-34 30H248q-30 0-34-30Z', fill) +
  ellipse([310, 200, 110, 26], light) +
  ellipse([310, 203, 92, 18], '#8a5a3c') +
  steam(dark)

export const cup: Motif = ({ fill, main, light, dark, accent }) =>
  ellipse([320, 470, 190, 34], light) +
  ellipse([320, 464, 150, 22], accent, 'opacity=".5"') +
  stroke('M428 290q70-14 60 44q-10 46-84 50', main, 18) +
  path('M190 260h250q0 150-84 196h-82q-84-46-84-196Z', fill) +
  ellipse([315, 260, 125, 26], light) +
  ellipse([315, 264, 106, 18], '#8a5a3c') +
  steam(dark)

export const teapot: Motif = ({ fill, main, accent, dark, light }) =>
  stroke('M440 300q90-20 74 60q-10 60-86 62', main, 24) +
  path('M214 380q-60-10-76-82q-6-26-34-34l26-22q44 6 56 50q14 36 40 40Z', main) +
  path('M210 300q0-60 110-60t110 60q30 40 30 100q0 100-90 100H270q-90 0-90-100q0-60 30-100Z', fill) +
  path('M236 266q84-70 168 0q-84 24-168 0Z', accent) +
  circle([320, 218, 18], dark) +
  ellipse([250, 360, 16, 44], light, 'opacity=".35" transform="rotate(14 250 360)"')

export const plate: Motif = ({ fill, accent, light }) =>
  circle([320, 330, 190], light) +
  circle([320, 330, 178], fill) +
  circle([320, 330, 116], light) +
  circle(
    [320, 330, 108],
    'none',
    `stroke="${accent}" stroke-width="5" stroke-dasharray="2 14" stroke-linecap="round"`,
  ) +
  heart([320, 330, 34], accent)

export const bowl: Motif = ({ fill, light, accent, dark }) =>
  path('M270 470h100l14 30H256Z', dark) +
  path('M130 280h380q-6 130-110 196H240q-104-66-110-196Z', fill) +
  ellipse([320, 280, 190, 40], light) +
  ellipse([320, 284, 160, 28], accent)

export const glass: Motif = ({ main, light, accent, dark }) =>
  ellipse([320, 492, 86, 14], dark, 'opacity=".35"') +
  rect([310, 350, 20, 140], light, 'opacity=".9"') +
  path('M218 170h204q6 190-102 200q-108-10-102-200Z', main, 'opacity=".55"') +
  path('M222 250h196q-10 112-98 120q-88-8-98-120Z', accent, 'opacity=".8"') +
  ellipse([320, 170, 102, 18], light, 'opacity=".8"') +
  stroke('M252 200q-2 70 16 110', light, 10)

export const cutlery: Motif = ({ fill, light, accent }) =>
  circle([320, 330, 130], light) +
  circle([320, 330, 92], accent, 'opacity=".35"') +
  path('M140 160h14v84h12v-84h14v84h12v-84h14v110q0 22-20 30v196q0 14-13 14t-13-14V300q-20-8-20-30Z', fill) +
  path('M452 160q42 20 42 130q0 30-24 36v170q0 14-13 14t-13-14V160Z', fill)

export const jug: Motif = ({ fill, main, light, accent }) =>
  stroke('M416 250q90 0 74 80q-14 66-78 70', main, 24) +
  path('M212 180l-40-16q-8 44 54 70q-40 80-32 190q6 76 60 76h140q54 0 60-76q8-120-48-190l8-54Z', fill) +
  path('M212 180l-40-16q120-6 242 16Z', light) +
  rect([204, 400, 242, 18, 9], accent, 'opacity=".8"')

export const tray: Motif = ({ fill, accent, dark, light }) =>
  stroke('M150 300q-60 0-60 50t60 50M490 300q60 0 60 50t-60 50', dark, 18) +
  rect([130, 220, 380, 260, 40], accent) +
  rect([152, 242, 336, 216, 26], fill) +
  circle([320, 350, 60], light, 'opacity=".85"') +
  heart([320, 350, 26], accent)

export const cakeStand: Motif = ({ fill, main, light, accent, dark }) =>
  rect([302, 280, 36, 200], main) +
  path('M240 500q80-60 160 0Z', main) +
  ellipse([320, 330, 180, 24], fill) +
  ellipse([320, 322, 180, 20], light) +
  cakes(accent, light) +
  rect([308, 140, 24, 90, 12], main) +
  ellipse([320, 238, 110, 16], main) +
  circle([320, 134, 16], dark)

export const cupcake: Motif = ({ fill, light, accent, main }) =>
  path('M200 330h240l-34 156q-4 14-18 14H252q-14 0-18-14Z', fill) +
  stroke('M258 350l14 130M320 350v130M382 350l-14 130', light, 7) +
  path('M180 336q-14-66 52-76q0-66 88-66t88 66q66 10 52 76Z', main === '#f8f5ef' ? accent : '#f9dcc6') +
  path('M236 262q84 50 168 0q-30 40-84 40t-84-40Z', accent, 'opacity=".6"') +
  circle([320, 182, 26], '#c9433f')

export const cutter: Motif = ({ main, light, accent }) =>
  heart([300, 330, 150], 'none', `stroke="${main}" stroke-width="30" stroke-linejoin="round"`) +
  heart([300, 330, 116], '#e3bd86') +
  circle([262, 300, 12], light) +
  circle([338, 300, 12], light) +
  circle([300, 370, 12], light) +
  circle([470, 450, 46], '#e3bd86') +
  circle([470, 450, 26], accent)

export const napkins: Motif = ({ fill, accent, light, dark }) =>
  rect([180, 190, 300, 300, 10], dark, 'opacity=".18"') +
  rect([160, 170, 300, 300, 10], light) +
  rect([172, 182, 276, 276, 6], fill) +
  path('M160 470L460 170V460q0 10-10 10Z', light, 'opacity=".92"') +
  path('M206 458L448 216V448q0 10-10 10Z', fill) +
  circle([392, 400, 26], accent)

function cakes(accent: string, light: string): string {
  return [200, 280, 360, 440].map((x) => circle([x, 296, 24], accent) + ellipse([x, 284, 26, 14], light)).join('')
}

function steam(colour: Paint['dark']): string {
  return `<g opacity=".3">${stroke('M280 166q-16-22 0-42t0-40M340 166q-16-22 0-42t0-40', colour, 8)}</g>`
}
