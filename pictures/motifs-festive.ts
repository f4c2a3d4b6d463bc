import type { Motif } from './paint.ts'
import { circle, ellipse, flower, heart, path, rect, star, stroke } from './shapes.ts'

export const christmasTree: Motif = ({ fill, main, accent, light, dark }) =>
  rect([292, 450, 56, 56], '#90694a') +
  path('M320 130l90 130h-40l80 110h-50l70 90H170l70-90h-50l80-110h-40Z', fill) +
  star([320, 132, 42], '#ecc04f') +
  [
    [290, 250],
    [352, 300],
    [270, 350],
    [366, 400],
    [250, 430],
    [320, 420],
  ]
    .map(([x = 0, y = 0], place) => circle([x, y, 13], place % 2 ? light : main === accent ? dark : accent))
    .join('')

export const bauble: Motif = ({ fill, main, light, dark, accent }) =>
  stroke('M320 70v90', dark, 6) +
  rect([288, 154, 64, 44, 8], '#d4a94a') +
  circle([320, 340, 150], fill) +
  path('M172 322q148 60 296 0v40q-148 60-296 0Z', accent === main ? light : accent) +
  ellipse([262, 264, 26, 44], light, 'opacity=".55" transform="rotate(30 262 264)"')

export const stocking: Motif = ({ fill, accent, light }) =>
  path('M240 180h140v200q100 10 110 70q4 50-60 50H320q-80 0-80-80Z', fill) +
  path('M380 382q100 10 110 68q4 50-60 50q-40-60-50-118Z', accent) +
  rect([222, 136, 176, 72, 26], light) +
  heart([306, 330, 32], light, 'opacity=".9"')

export const egg: Motif = ({ fill, main, accent, light }) =>
  path('M320 120C420 120 474 280 474 362A154 140 0 0 1 166 362C166 280 220 120 320 120Z', fill) +
  path(
    'M180 320l35 34l35-34l35 34l35-34l35 34l35-34l35 34l35-34l6 44l-41 30l-35-34l-35 34l-35-34l-35 34l-35-34l-35 34l-41-30Z',
    light,
  ) +
  [220, 286, 352, 418].map((x) => circle([x, 440, 13], main === accent ? light : accent)).join('')

export const rabbit: Motif = ({ fill, accent, light, dark }) =>
  ellipse([268, 190, 32, 100], fill, 'transform="rotate(-10 268 190)"') +
  ellipse([372, 190, 32, 100], fill, 'transform="rotate(10 372 190)"') +
  ellipse([270, 196, 14, 66], accent, 'opacity=".7" transform="rotate(-10 270 196)"') +
  ellipse([370, 196, 14, 66], accent, 'opacity=".7" transform="rotate(10 370 196)"') +
  path('M190 380q0-120 130-120t130 120q0 124-130 124t-130-124Z', fill) +
  ellipse([320, 424, 60, 44], light, 'opacity=".8"') +
  circle([272, 360, 13], dark) +
  circle([368, 360, 13], dark) +
  path('M304 404h32l-16 18Z', accent)

export const bunting: Motif = ({ fill, main, accent, light, dark }) =>
  [
    [92, 208, fill],
    [200, 250, accent],
    [320, 264, fill],
    [440, 250, main === light ? accent : light],
    [548, 208, fill],
  ]
    .map(([x, y, colour]) => path(`M${Number(x) - 52} ${y}h104l-52 140Z`, String(colour)))
    .join('') +
  stroke('M40 190q280 150 560 0', dark, 9) +
  [
    [146, 402, accent],
    [262, 440, light],
    [378, 440, accent],
    [494, 402, light],
  ]
    .map(([x, y, colour]) => circle([Number(x), Number(y), 9], String(colour)))
    .join('')

export const balloon: Motif = ({ fill, accent, light, dark }) =>
  stroke('M250 330q-20 100 40 170M400 370q10 70-90 130', dark, 5) +
  path('M400 180q90 10 84 100q-6 76-84 92q-78-16-84-92q-6-90 84-100Z', accent) +
  path('M250 110q120 14 112 124q-8 92-112 114q-104-22-112-114q-8-110 112-124Z', fill) +
  ellipse([206, 184, 18, 40], light, 'opacity=".6" transform="rotate(24 206 184)"')

export const partyCup: Motif = ({ fill, accent, light, main }) =>
  stroke('M350 230l70-130h50', accent, 15) +
  path('M210 220h220l-34 260q-3 20-24 20H268q-21 0-24-20Z', fill) +
  rect([196, 200, 248, 34, 17], main === light ? accent : light)

export const card: Motif = ({ fill, main, light, accent, dark }) =>
  rect([240, 130, 250, 320, 10], dark, 'opacity=".15" transform="rotate(7 360 290)"') +
  rect([170, 140, 270, 350, 10], fill) +
  rect([200, 172, 210, 286, 6], light) +
  heart([305, 276, 56], accent) +
  stroke('M248 384h114M270 416h70', main === light ? dark : main, 9)

export const envelope: Motif = ({ fill, main, light, accent }) =>
  rect([120, 210, 400, 270, 18], light) +
  path('M120 228q0-18 18-18h364q18 0 18 18L320 380Z', fill) +
  path('M128 474l140-130M512 474L372 344', 'none', `stroke="${main}" stroke-width="6" opacity=".5"`) +
  heart([320, 366, 30], accent)

export const giftBag: Motif = ({ fill, accent, light, dark }) =>
  stroke('M260 220q0-100 60-100t60 100', dark, 12) +
  path('M180 210h280l20 274q0 16-16 16H176q-16 0-16-16Z', fill) +
  path('M410 210h50l20 274q0 16-16 16h-40Z', dark, 'opacity=".15"') +
  circle([320, 350, 54], light) +
  heart([320, 352, 26], accent)

export const wrapRoll: Motif = ({ fill, main, accent, light, dark }) =>
  path('M170 190h300v230q-150 50-300 0Z', fill) +
  rect([140, 140, 360, 84, 42], fill) +
  ellipse([482, 182, 22, 42], light) +
  ellipse([482, 182, 9, 18], dark) +
  rect([140, 140, 360, 84, 42], main, 'opacity=".18"') +
  path('M360 440q-50-50-70 0t70 20q50 30 70-20t-70 0Z', accent) +
  path('M352 452l-26 60l30-14ZM368 452l26 60l-30-14Z', accent)

export const parcel: Motif = ({ fill, accent, main, light }) =>
  rect([160, 270, 320, 230, 14], fill) +
  rect([140, 214, 360, 76, 14], main) +
  rect([290, 214, 60, 286], accent) +
  path('M320 212q-110-10-110-66q40-46 110 66q70-112 110-66q0 56-110 66Z', accent) +
  circle([320, 208, 20], light, 'opacity=".85"')

export const ribbon: Motif = ({ fill, accent, light, dark }) =>
  path('M410 380q90 30 60 120l-40-20l-30 30q20-70-40-100Z', fill) +
  circle([300, 310, 180], accent) +
  circle([300, 310, 150], fill) +
  circle([300, 310, 74], light) +
  circle([300, 310, 30], dark) +
  flower([300, 310, 10], light, accent)
