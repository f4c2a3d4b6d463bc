import type { Motif } from './paint.ts'
import { circle, ellipse, flower, heart, path, rect, stroke } from './shapes.ts'

export const toteBag: Motif = ({ fill, accent, light, dark }) =>
  stroke('M236 260V190q0-80 84-80t84 80v70', dark, 17) +
  path('M160 240h320l26 236q2 24-24 24H158q-26 0-24-24Z', fill) +
  circle([320, 370, 60], light, 'opacity=".92"') +
  heart([320, 372, 30], accent)

export const handbag: Motif = ({ fill, main, accent, light, dark }) =>
  stroke('M230 270q0-140 90-140t90 140', dark, 16) +
  path('M150 280q170-50 340 0l26 180q0 40-40 40H164q-40 0-40-40Z', fill) +
  path('M150 280q170-50 340 0l12 76q-182 60-364 0Z', main, 'opacity=".75"') +
  circle([320, 376, 24], accent) +
  circle([320, 376, 10], light)

export const purse: Motif = ({ fill, accent, light }) =>
  path('M180 250h280q70 110 40 200q-20 50-80 50H220q-60 0-80-50q-30-90 40-200Z', fill) +
  rect([164, 220, 312, 40, 20], '#d4a94a') +
  circle([296, 206, 22], accent) +
  circle([344, 206, 22], accent) +
  flower([320, 380, 24], light, accent)

export const suitcase: Motif = ({ fill, main, accent, dark, light }) =>
  stroke('M260 210v-40q0-26 26-26h68q26 0 26 26v40', dark, 16) +
  rect([120, 204, 400, 286, 36], fill) +
  rect([180, 204, 34, 286], accent) +
  rect([426, 204, 34, 286], accent) +
  rect([280, 320, 80, 54, 10], main === light ? accent : light)

export const luggageTag: Motif = ({ fill, accent, light, dark }) =>
  stroke('M320 190q-90-120 20-110t-10 110', dark, 9) +
  path('M240 160h160l60 80v230q0 30-30 30H210q-30 0-30-30V240Z', fill) +
  circle([320, 206, 20], light) +
  rect([220, 290, 200, 150, 12], light) +
  stroke('M250 332h140M250 366h140M250 400h90', accent, 9)

export const umbrella: Motif = ({ fill, accent, dark }) =>
  stroke('M320 130v320q0 50 46 50t46-42', dark, 15) +
  path(
    'M90 330q20-190 230-190t230 190q-38-40-77 0q-38-40-76 0q-38-40-77 0q-38-40-77 0q-38-40-76 0q-39-40-77 0Z',
    fill,
  ) +
  stroke('M320 140q-70 90-77 190M320 140q70 90 77 190', accent, 5) +
  circle([320, 124, 12], dark)

export const ring: Motif = ({ main, accent, light, dark }) =>
  ellipse([320, 390, 116, 116], 'none', `stroke="${dark === '#8a7462' ? '#c2c7cf' : '#d4a94a'}" stroke-width="28"`) +
  path('M240 200h160l46 60l-126 116l-126-116Z', main) +
  path('M240 200l40 60h-86ZM400 200l-40 60h86Z', light, 'opacity=".45"') +
  path('M280 260h80l-40 116Z', accent, 'opacity=".6"')

export const necklace: Motif = ({ main, accent, light, dark }) =>
  stroke('M150 120q20 280 170 280t170-280', dark === '#8a7462' ? '#c2c7cf' : '#d4a94a', 8) +
  [
    [178, 240],
    [214, 316],
    [262, 370],
    [378, 370],
    [426, 316],
    [462, 240],
  ]
    .map(([x = 0, y = 0], place) => circle([x, y, 24], place % 2 ? light : main))
    .join('') +
  heart([320, 440, 58], main) +
  circle([320, 386, 14], accent)

export const earrings: Motif = ({ main, accent, light }) =>
  [220, 420]
    .map(
      (x) =>
        stroke(`M${x} 200q-40-60 0-70t6 60`, '#d4a94a', 9) +
        circle([x, 236, 32], accent) +
        path(`M${x} 268q70 110 0 190q-70-80 0-190Z`, main) +
        ellipse([x - 14, 380, 8, 34], light, 'opacity=".6"'),
    )
    .join('')

export const keyRing: Motif = ({ fill, accent, light }) =>
  circle([320, 190, 74], 'none', 'stroke="#c2c7cf" stroke-width="18"') +
  stroke('M320 264v44', '#c2c7cf', 12) +
  path('M230 320h180q20 0 20 20v130q0 30-30 30H240q-30 0-30-30V340q0-20 20-20Z', fill) +
  heart([320, 408, 44], light) +
  circle([320, 404, 12], accent)

export const hairClip: Motif = ({ fill, accent, light }) =>
  rect([120, 330, 400, 36, 18], '#d4a94a') +
  path('M320 330Q160 170 130 290T320 350Q480 410 510 290T320 330Z', fill) +
  circle([320, 338, 44], accent) +
  circle([320, 338, 18], light)

export const fan: Motif = ({ fill, accent, light, dark }) =>
  path('M320 470L96 300a290 290 0 0 1 448 0Z', fill) +
  stroke('M320 470L170 236M320 470L252 198M320 470L320 188M320 470L388 198M320 470L470 236', light, 5) +
  path('M320 470L214 390a138 138 0 0 1 212 0Z', accent) +
  circle([320, 470, 15], dark)

export const slipper: Motif = ({ fill, accent, light }) =>
  path('M130 330q-10-90 60-90q70 0 110 60q80 20 170 30q60 14 60 80v40H150q-26-50-20-120Z', fill) +
  rect([120, 440, 420, 36, 18], accent) +
  ellipse([200, 262, 66, 26], light) +
  flower([420, 366, 20], light, accent)

export const washBag: Motif = ({ fill, main, accent, light, dark }) =>
  path('M160 250h320q40 100 30 190q-6 60-66 60H196q-60 0-66-60q-10-90 30-190Z', fill) +
  rect([150, 220, 340, 40, 20], main === light ? accent : main) +
  stroke('M170 240h300', light, 6) +
  rect([440, 230, 26, 70, 13], dark) +
  flower([300, 380, 26], light, accent)
