import type { Motif } from './paint.ts'
import { circle, ellipse, flower, heart, path, rect, star, stroke } from './shapes.ts'

export const tin: Motif = ({ fill, main, light, accent, dark }) =>
  path('M180 230h280v230q0 40-140 40t-140-40Z', fill) +
  ellipse([320, 230, 140, 36], main) +
  path('M168 190h304v40q0 36-152 36t-152-36Z', accent) +
  ellipse([320, 190, 152, 38], light) +
  circle([320, 176, 16], dark) +
  rect([246, 330, 148, 90, 14], light) +
  heart([320, 374, 26], accent)

export const jar: Motif = ({ fill, light, accent, dark, main }) =>
  path('M220 220h200q40 20 40 70v160q0 50-50 50H230q-50 0-50-50V290q0-50 40-70Z', '#d3e4e8') +
  path('M196 330h248v118q0 36-36 36H232q-36 0-36-36Z', fill) +
  rect([212, 160, 216, 56, 14], main === '#f8f5ef' ? accent : main) +
  rect([212, 196, 216, 12], dark, 'opacity=".25"') +
  rect([250, 356, 140, 76, 12], light) +
  stroke('M274 384h92M290 406h60', dark, 6)

export const box: Motif = ({ fill, main, light, accent, dark }) =>
  path('M150 270h340v200q0 30-30 30H180q-30 0-30-30Z', fill) +
  rect([134, 200, 372, 84, 16], main) +
  rect([134, 262, 372, 22], dark, 'opacity=".18"') +
  rect([270, 350, 100, 60, 10], light) +
  stroke('M292 380h56', accent, 8)

export const basket: Motif = ({ main, accent, light, dark }) =>
  stroke('M190 300q0-170 130-170t130 170', dark, 20) +
  path('M150 290h340l-36 186q-4 24-30 24H216q-26 0-30-24Z', main) +
  stroke('M166 340h308M174 390h292M184 440h272', dark, 6) +
  stroke('M240 296l14 200M320 296v200M400 296l-14 200', light, 6) +
  rect([138, 272, 364, 36, 18], accent)

export const candle: Motif = ({ fill, light, accent, dark }) =>
  flame(320, 132) +
  stroke('M320 178v40', dark, 7) +
  rect([240, 214, 160, 264, 16], fill) +
  ellipse([320, 216, 80, 20], light) +
  path('M248 214q4 60 22 60t18-50', light) +
  ellipse([320, 480, 136, 24], accent)

export const tealight: Motif = ({ fill, main, light, accent }) =>
  circle([320, 330, 150], '#f7d68a', 'opacity=".45"') +
  flame(320, 240) +
  path('M190 300h260l-30 170q-5 30-36 30H256q-31 0-36-30Z', fill, 'opacity=".92"') +
  ellipse([320, 300, 130, 28], light) +
  ellipse([320, 304, 100, 18], accent, 'opacity=".7"') +
  ellipse([320, 308, 58, 12], main) +
  flame(320, 246)

export const lantern: Motif = ({ main, fill, light, dark }) =>
  stroke('M270 160q50-90 100 0', dark, 12) +
  path('M220 220q10-70 100-70t100 70Z', main) +
  rect([214, 216, 212, 250, 12], light, 'opacity=".7"') +
  circle([320, 350, 78], '#f7d68a', 'opacity=".8"') +
  flame(320, 296) +
  rect([288, 366, 64, 96, 8], '#fffaf1') +
  rect([214, 216, 20, 260], main) +
  rect([406, 216, 20, 260], main) +
  rect([196, 460, 248, 40, 12], fill)

export const lamp: Motif = ({ fill, main, dark, accent }) =>
  path('M250 150h140l70 160H180Z', fill) +
  ellipse([320, 312, 140, 18], '#f7d68a') +
  path('M304 316h32v70q40 20 40 60q0 54-56 54t-56-54q0-40 40-60Z', main === '#f8f5ef' ? accent : main) +
  ellipse([320, 494, 90, 14], dark)

export const stringLights: Motif = ({ main, accent, dark, light }) =>
  stroke('M90 210q115 150 230 90t230-60', dark, 8) +
  [
    [140, 290, main],
    [220, 342, accent],
    [310, 336, light],
    [396, 306, main],
    [476, 300, accent],
  ]
    .map(([x, y, colour]) => bulb([Number(x), Number(y)], String(colour), dark))
    .join('')

export const clock: Motif = ({ fill, light, accent, dark }) =>
  circle([320, 330, 186], fill) +
  circle([320, 330, 140], light) +
  stroke('M320 206v18M320 436v18M196 330h18M426 330h18', dark, 10) +
  stroke('M320 330V244', dark, 14) +
  stroke('M320 330l66 40', accent, 10) +
  circle([320, 330, 14], dark)

export const frame: Motif = ({ fill, light, accent, main }) =>
  rect([160, 140, 320, 360, 14], fill) +
  rect([206, 186, 228, 268, 6], light) +
  rect([218, 198, 204, 244], '#cfe3ea') +
  circle([372, 250, 26], '#f3cf74') +
  path('M218 442v-70q50-60 96-14q40-60 108 0v84Z', accent) +
  path('M218 442v-30q60-40 110-4q50-30 94 0v34Z', main, 'opacity=".8"')

export const mirror: Motif = ({ fill, light, dark }) =>
  ellipse([320, 320, 150, 186], fill) +
  ellipse([320, 320, 114, 148], '#d5e6ec') +
  path('M250 300q40-90 100-110L262 390q-16-40-12-90Z', light, 'opacity=".8"') +
  circle([320, 128, 18], dark)

export const cabinet: Motif = ({ fill, main, light, dark, accent }) =>
  path('M196 470h30v40h-30ZM414 470h30v40h-30Z', dark) +
  rect([160, 150, 320, 330, 14], main) +
  rect([184, 178, 272, 84, 8], fill) +
  rect([184, 280, 272, 84, 8], fill) +
  rect([184, 382, 272, 76, 8], fill) +
  [220, 322, 420].map((y) => circle([320, y, 14], main === light ? accent : light)).join('') +
  rect([146, 132, 348, 26, 10], dark)

export const hook: Motif = ({ fill, main, dark, light }) =>
  rect([110, 190, 420, 90, 24], fill) +
  [190, 320, 450]
    .map(
      (x) =>
        stroke(`M${x} 270v70q0 50-40 50`, dark, 18) + circle([x - 40, 390, 14], main) + circle([x, 236, 12], light),
    )
    .join('')

export const doormat: Motif = ({ fill, main, light, dark }) =>
  path('M170 200h300l80 280H90Z', main) +
  path('M196 224h248l62 232H134Z', fill) +
  rect([218, 316, 204, 72, 14], light, 'opacity=".92"') +
  heart([320, 350, 26], main === light ? dark : main) +
  stroke('M104 492h432', dark, 10)

export const cushion: Motif = ({ fill, accent, light }) =>
  path('M140 170q180 40 360 0q-40 160 0 320q-180-40-360 0q40-160 0-320Z', fill) +
  path(
    'M172 204q148 30 296 0q-30 126 0 252q-148-30-296 0q30-126 0-252Z',
    'none',
    `stroke="${light}" stroke-width="5" stroke-dasharray="14 10" opacity=".7"`,
  ) +
  [
    [140, 170],
    [500, 170],
    [140, 490],
    [500, 490],
  ]
    .map(([x = 0, y = 0]) => circle([x, y, 17], accent))
    .join('')

export const hotWaterBottle: Motif = ({ fill, accent, dark, light }) =>
  rect([282, 110, 76, 60, 14], dark) +
  path('M276 160h88l10 40q76 16 76 86v164q0 60-60 60H250q-60 0-60-60V286q0-70 76-86Z', fill) +
  rect([262, 188, 116, 26, 13], accent) +
  heart([320, 370, 52], light, 'opacity=".85"')

export const hangingHeart: Motif = ({ fill, accent, dark }) =>
  stroke('M320 90v110', dark, 6) +
  path('M320 206q-46-46-60-6q-6 30 60 6q46-46 60-6q6 30-60 6Z', accent) +
  heart([320, 350, 150], fill)

export const hangingStar: Motif = ({ fill, accent, dark }) =>
  stroke('M320 80v90', dark, 6) + star([320, 340, 190], fill) + circle([320, 348, 26], accent)

export const bell: Motif = ({ fill, accent, dark, light }) =>
  path('M320 150q-90-66-110-10t110 26q90 30 110-26t-110 10Z', accent) +
  circle([320, 476, 30], dark) +
  path('M320 160q110 10 116 160q4 70 50 110q10 30-20 30H174q-30 0-20-30q46-40 50-110q6-150 116-160Z', fill) +
  stroke('M190 420h260', light, 11)

export const butterfly: Motif = ({ fill, accent, dark, light }) =>
  path('M320 320C250 120 90 140 120 260Q134 320 210 326Q140 350 170 420Q220 500 320 340Z', fill) +
  path('M320 320C390 120 550 140 520 260Q506 320 430 326Q500 350 470 420Q420 500 320 340Z', fill) +
  circle([196, 246, 26], accent) +
  circle([444, 246, 26], accent) +
  circle([226, 396, 17], light) +
  circle([414, 396, 17], light) +
  stroke('M320 260v140M320 256q-14-60-50-76M320 256q14-60 50-76', dark, 13)

export const blossom: Motif = ({ main, accent, light }) =>
  stroke('M320 330v170', '#6a9d78', 13) +
  path('M320 470q-90-4-110-80q100-10 110 80ZM320 480q90-10 104-90q-100 0-104 90Z', '#6a9d78') +
  flower([320, 250, 84], main === light ? accent : main, '#ecc04f')

export const wreath: Motif = ({ main, accent, light }) =>
  circle([320, 310, 130], 'none', `stroke="${main}" stroke-width="74"`) +
  circle([320, 310, 130], 'none', `stroke="${light}" stroke-width="74" stroke-dasharray="10 34" opacity=".3"`) +
  [0, 60, 120, 180, 240, 300]
    .map((turn) => circle([320, 180, 17], accent, `transform="rotate(${turn + 30} 320 310)"`))
    .join('') +
  path('M320 440q-70-50-84 0t84 20q70 30 84-20t-84 0Z', accent) +
  path('M310 450l-30 70l30-14ZM330 450l30 70l-30-14Z', accent)

export const bird: Motif = ({ fill, accent, dark, light }) =>
  stroke('M300 460v44M350 460v44', dark, 9) +
  path('M150 300q20-130 150-120q100 10 130 120l90-20q-30 190-190 190q-160-10-180-170Z', fill) +
  path('M150 270l-60 22l66 26Z', '#e0a43c') +
  path('M290 310q110-20 120 60q-110 40-120-60Z', accent) +
  circle([212, 256, 14], light) +
  circle([212, 256, 8], dark)

export const sign: Motif = ({ fill, light, dark, accent }) =>
  stroke('M190 250l130-140l130 140', dark, 8) +
  circle([320, 108, 12], dark) +
  rect([110, 236, 420, 220, 26], fill) +
  rect([128, 254, 384, 184, 16], 'none', `stroke="${light}" stroke-width="6"`) +
  rect([168, 296, 304, 100, 14], light) +
  stroke('M206 330h228M240 364h160', accent, 14)

export const letters: Motif = ({ main, accent, fill, light }) =>
  rect([120, 320, 180, 180, 18], fill) +
  rect([330, 320, 180, 180, 18], accent) +
  rect([226, 130, 180, 180, 18], main === light ? accent : main) +
  stroke('M278 270l38-100l38 100M292 238h48', light, 16) +
  stroke('M176 360v100M176 360q70 0 60 24t-60 26q80 0 76 26t-76 24', light, 14) +
  heart([420, 412, 44], light)

export const vase: Motif = ({ fill, accent, main, light }) =>
  stroke('M300 260q-40-60-60-90M340 260q30-70 60-80M320 260V140', '#6a9d78', 8) +
  flower([236, 164, 24], accent, light) +
  flower([408, 170, 24], main === light ? accent : main, light) +
  flower([320, 130, 26], light, '#e0a43c') +
  path('M256 250h128q-10 50 30 100q40 80-30 150H256q-70-70-30-150q40-50 30-100Z', fill)

function flame(x: number, y: number): string {
  return (
    path(`M${x} ${y - 46}q38 50 20 80q-20 24-40 0q-18-30 20-80Z`, '#f0a23a') + ellipse([x, y + 18, 9, 18], '#fdf0c0')
  )
}

function bulb([x = 0, y = 0]: number[], colour: string, dark: string): string {
  return (
    circle([x, y + 70, 62], colour, 'opacity=".2"') +
    rect([x - 13, y + 8, 26, 26, 5], dark) +
    ellipse([x, y + 68, 28, 38], colour)
  )
}
