import type { Motif } from './paint.ts'
import { circle, ellipse, flower, heart, path, rect, stroke } from './shapes.ts'

export const wateringCan: Motif = ({ fill, main, accent, light }) =>
  stroke('M250 260q0-110 110-110t110 130', main, 22) +
  path('M190 400L110 250l34-20l90 110Z', main) +
  path('M70 262l90-64l18 26l-90 64Z', accent) +
  path('M200 260h270l-20 216q-2 24-26 24H246q-24 0-26-24Z', fill) +
  ellipse([335, 260, 135, 22], light) +
  stroke('M70 320v26M100 340v26M52 360v20', '#8cc3dc', 9)

export const toadstool: Motif = ({ fill }) =>
  path('M276 300h88q-10 100 26 170q-70 50-140 0q36-70 26-170Z', '#efe2cb') +
  path('M120 320q10-190 200-190t200 190q-200 60-400 0Z', fill) +
  path('M262 348q58 20 116 0l8 40q-66 24-132 0Z', '#d9c7a8')

export const pinwheel: Motif = ({ fill, main, accent, light, dark }) =>
  stroke('M320 270v236', '#b98a5c', 15) +
  path('M320 260V96q110 20 96 96ZM320 260h164q-20 110-96 96Z', fill) +
  path('M320 260v164q-110-20-96-96ZM320 260H156q20-110 96-96Z', main === light ? dark : accent) +
  circle([320, 260, 20], light)

export const plantPot: Motif = ({ fill, main, accent, light }) =>
  stroke('M320 320V190M320 280q-60-10-80-70M320 260q50-10 80-70', '#6a9d78', 11) +
  path('M320 250q-100 10-110-80q100-10 110 80ZM320 240q100 10 110-90q-100-6-110 90Z', '#6a9d78') +
  flower([320, 170, 28], accent, light) +
  path('M206 350h228l-28 130q-4 20-24 20H258q-20 0-24-20Z', fill) +
  rect([188, 310, 264, 54, 14], main)

export const birdhouse: Motif = ({ fill, accent, dark, light }) =>
  rect([306, 440, 28, 70], dark) +
  path('M200 270h240v190H200Z', fill) +
  path('M320 110l180 160l-26 26l-154-136l-154 136l-26-26Z', accent) +
  path('M320 160l120 110H200Z', fill) +
  circle([320, 320, 44], dark) +
  rect([308, 386, 24, 16, 8], light)

export const thermometer: Motif = ({ fill, light, accent, dark }) =>
  rect([220, 110, 200, 390, 40], fill) +
  rect([300, 150, 40, 250, 20], light) +
  circle([320, 420, 46], light) +
  circle([320, 420, 32], accent) +
  rect([312, 240, 16, 170, 8], accent) +
  stroke('M360 190h30M360 240h22M360 290h30M360 340h22', dark, 6)

export const bowlOfPet: Motif = ({ fill, accent, light }) =>
  path('M150 340h340l50 130q0 30-30 30H130q-30 0-30-30Z', fill) +
  ellipse([320, 340, 172, 34], light) +
  ellipse([320, 342, 140, 22], '#8a5a3c') +
  ellipse([320, 440, 30, 24], accent) +
  [272, 304, 336, 368].map((x, place) => circle([x, place % 3 === 0 ? 412 : 396, 13], accent)).join('')

export const soap: Motif = ({ fill, main, accent, light }) =>
  circle([210, 190, 40], light, 'opacity=".8"') +
  circle([290, 140, 24], light, 'opacity=".8"') +
  circle([420, 180, 50], light, 'opacity=".8"') +
  rect([150, 280, 340, 160, 70], fill) +
  ellipse([320, 340, 100, 36], light, 'opacity=".45"') +
  path('M100 430h440q-10 70-90 70H190q-80 0-90-70Z', main === light ? accent : light) +
  stroke('M130 432h380', accent, 12)

export const towel: Motif = ({ fill, accent, light, dark }) =>
  rect([110, 140, 420, 20, 10], dark) +
  path('M180 150h280v340H180Z', fill) +
  rect([180, 400, 280, 22], accent) +
  rect([180, 434, 280, 10], light) +
  stroke('M190 492v16M224 492v16M258 492v16M292 492v16M326 492v16M360 492v16M394 492v16M428 492v16M452 492v16', dark, 5)

export const bottle: Motif = ({ fill, main, accent, light, dark }) =>
  rect([282, 110, 76, 60, 12], dark) +
  path('M284 166h72v60q84 30 84 110v124q0 40-40 40H240q-40 0-40-40V336q0-80 84-110Z', fill) +
  rect([230, 330, 180, 110, 14], light) +
  stroke('M262 368h116M284 402h72', main === light ? accent : main, 9)

export const apron: Motif = ({ fill, accent, dark }) =>
  stroke('M260 200q0-90 60-90t60 90', dark, 11) +
  path('M250 190h140q10 80 80 90l20 220H150l20-220q70-10 80-90Z', fill) +
  rect([236, 360, 168, 90, 20], accent) +
  stroke('M170 300q-60 20-70 90M470 300q60 20 70 90', dark, 9)

export const fryingPan: Motif = ({ main, fill, dark }) =>
  rect([410, 300, 180, 36, 18], dark) +
  circle([270, 330, 176], main) +
  circle([270, 330, 148], fill) +
  path('M190 330q-20-70 50-80q60-20 90 30q50 50 0 100q-60 40-100 10q-40-20-40-60Z', '#fffaf1') +
  circle([262, 326, 38], '#f0b43f')

export const scales: Motif = ({ fill, light, accent, dark }) =>
  path('M150 190h340q-20 60-110 60H260q-90 0-110-60Z', light) +
  rect([306, 240, 28, 50], dark) +
  path('M210 280h220l50 200q4 20-20 20H180q-24 0-20-20Z', fill) +
  circle([320, 390, 72], light) +
  stroke('M320 390l34-40', accent, 10) +
  circle([320, 390, 11], dark)

export const utensils: Motif = ({ fill, main, accent, light }) =>
  stroke('M260 340V180M330 340V150M394 340V200', '#b98a5c', 17) +
  ellipse([260, 160, 36, 52], '#b98a5c') +
  path('M296 90h68v80q-34 24-68 0Z', '#b98a5c') +
  circle([394, 176, 38], 'none', 'stroke="#9aa7b3" stroke-width="8"') +
  path('M206 300h228l-18 176q-3 24-26 24H250q-23 0-26-24Z', fill) +
  rect([192, 288, 256, 34, 12], main === light ? accent : main)

export const magnets: Motif = ({ fill, accent, light, dark }) =>
  rect([150, 150, 340, 350, 24], light) +
  rect([190, 200, 120, 90, 12], fill) +
  circle([410, 246, 50], accent) +
  heart([250, 390, 48], accent) +
  rect([350, 350, 110, 90, 12], fill) +
  stroke('M376 384h60M376 408h40', dark, 6)
