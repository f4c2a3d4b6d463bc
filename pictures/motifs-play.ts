import type { Motif } from './paint.ts'
import { circle, ellipse, flower, heart, path, rect, star, stroke } from './shapes.ts'

export const notebook: Motif = ({ fill, main, accent, light, dark }) =>
  rect([190, 140, 290, 360, 16], dark, 'opacity=".25"') +
  rect([176, 130, 290, 360, 16], fill) +
  rect([176, 130, 50, 360, 16], main) +
  rect([270, 210, 150, 90, 10], light) +
  stroke('M296 242h98M310 268h70', dark, 7) +
  rect([420, 130, 14, 360], accent)

export const pencils: Motif = ({ fill, main, accent, light, dark }) =>
  [
    [226, main],
    [290, accent],
    [354, '#ecc04f'],
    [408, '#6a9d78'],
  ]
    .map(([x, colour], place) => pencil(Number(x), 150 + (place % 2) * 34, String(colour)))
    .join('') +
  path('M190 330h260l-16 150q-2 20-22 20H228q-20 0-22-20Z', fill) +
  rect([184, 318, 272, 34, 12], main === light ? dark : main) +
  ellipse([320, 420, 50, 34], light, 'opacity=".9"')

export const stickers: Motif = ({ main, accent, light, dark }) =>
  path('M150 130h300l50 50v320H150Z', light) +
  path('M450 130l50 50h-50Z', dark, 'opacity=".25"') +
  heart([240, 240, 46], main === light ? accent : main) +
  star([390, 250, 52], accent) +
  flower([246, 400, 30], accent, light) +
  circle([394, 402, 48], main === light ? accent : main) +
  circle([378, 392, 7], dark) +
  circle([410, 392, 7], dark)

export const spool: Motif = ({ fill, accent, light, dark }) =>
  stroke('M430 300q70 20 40 80t30 110', accent, 6) +
  rect([210, 200, 220, 230], fill) +
  stroke('M214 240h212M214 280h212M214 320h212M214 360h212M214 396h212', light, 4) +
  rect([180, 150, 280, 58, 20], '#c9a069') +
  rect([180, 426, 280, 58, 20], '#c9a069') +
  circle([320, 178, 12], dark)

export const scissors: Motif = ({ main, dark }) =>
  stroke('M250 380L410 130M390 380L230 130', '#b8bec6', 26) +
  circle([320, 262, 12], dark) +
  circle([222, 430, 56], 'none', `stroke="${main}" stroke-width="28"`) +
  circle([418, 430, 56], 'none', `stroke="${main}" stroke-width="28"`)

export const button: Motif = ({ fill, light, dark, accent }) =>
  circle([290, 300, 150], fill) +
  circle([290, 300, 110], 'none', `stroke="${light}" stroke-width="8" opacity=".6"`) +
  [
    [258, 268],
    [322, 268],
    [258, 332],
    [322, 332],
  ]
    .map(([x = 0, y = 0]) => circle([x, y, 15], dark))
    .join('') +
  circle([450, 440, 66], accent) +
  circle([436, 440, 9], light) +
  circle([464, 440, 9], light)

export const teddy: Motif = ({ fill, accent, light, dark }) =>
  circle([210, 190, 56], fill) +
  circle([430, 190, 56], fill) +
  circle([210, 190, 28], accent) +
  circle([430, 190, 28], accent) +
  circle([320, 290, 160], fill) +
  ellipse([320, 350, 72, 56], light) +
  circle([258, 266, 16], dark) +
  circle([382, 266, 16], dark) +
  ellipse([320, 328, 24, 16], dark) +
  stroke('M290 368q30 26 60 0', dark, 8) +
  path('M320 470q-80-60-110-10t110 26q80 24 110-26t-110 10Z', accent)

export const blocks: Motif = ({ fill, accent, main, light }) =>
  rect([130, 330, 170, 170, 16], fill) +
  rect([330, 330, 170, 170, 16], accent) +
  rect([230, 150, 170, 170, 16], '#ecc04f') +
  star([415, 416, 54], light) +
  heart([215, 412, 44], light) +
  circle([315, 236, 44], main === light ? accent : main)

export const jigsaw: Motif = ({ fill, accent, light }) =>
  path(
    'M130 180h130q-20-70 40-70t40 70h140v120q70-20 70 40t-70 40v120H340q20-60-40-60t-40 60H130V380q70 20 70-40t-70-40Z',
    fill,
  ) +
  heart([300, 320, 50], light, 'opacity=".8"') +
  circle([470, 470, 34], accent)

export const playingCards: Motif = ({ fill, accent, light, main }) =>
  rect([170, 150, 220, 320, 20], fill, 'transform="rotate(-12 280 310)"') +
  rect([260, 160, 220, 320, 20], light, 'transform="rotate(9 370 320)"') +
  heart([372, 320, 54], main === light ? accent : main) +
  heart([312, 216, 16], accent) +
  heart([436, 430, 16], accent)

export const piggyBank: Motif = ({ fill, accent, dark, light }) =>
  path('M216 440h50v60h-50ZM374 440h50v60h-50Z', dark) +
  path('M130 330q0-120 190-120q80 0 120 40l50-30l-6 70q26 26 34 60h36v70h-50q-40 70-150 70q-224 0-224-160Z', fill) +
  rect([270, 232, 110, 16, 8], dark) +
  circle([432, 326, 11], dark) +
  circle([325, 170, 40], '#ecc04f') +
  stroke('M134 320q-50-10-40-50', accent, 12) +
  ellipse([220, 310, 18, 40], light, 'opacity=".4"')

export const lunchBox: Motif = ({ fill, main, accent, light, dark }) =>
  stroke('M250 210q0-80 70-80t70 80', dark, 18) +
  rect([130, 206, 380, 294, 50], fill) +
  rect([130, 330, 380, 24], main === light ? accent : light, 'opacity=".8"') +
  rect([284, 312, 72, 62, 12], accent) +
  circle([320, 344, 11], light)

export const rocket: Motif = ({ fill, main, accent, light }) =>
  path('M260 430q-80 0-90 70q60 0 100-30ZM380 430q80 0 90 70q-60 0-100-30Z', accent) +
  path('M320 100q110 110 80 350H240q-30-240 80-350Z', fill) +
  circle([320, 270, 52], light) +
  circle([320, 270, 34], '#8cc3dc') +
  path('M280 450h80l-40 70Z', '#f0a23a') +
  path('M320 100q40 40 58 84H262q18-44 58-84Z', main === light ? accent : main)

function pencil(x: number, top: number, colour: string): string {
  return (
    path(`M${x} ${top + 50}h46v200h-46Z`, colour) +
    path(`M${x} ${top + 50}l23-50l23 50Z`, '#e9c99a') +
    path(`M${x + 15} ${top + 18}l8-18l8 18Z`, '#4a3b3f')
  )
}
