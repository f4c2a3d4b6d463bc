import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readableNames, type NameOf } from './names.ts'
import { readDemoRules } from './rules.ts'

let nameOf: NameOf
beforeAll(async () => {
  const { names } = await readDemoRules(join(import.meta.dirname, '../../data'))
  nameOf = readableNames(names)
})

describe('a readable name', () => {
  it.each([
    ['SET OF 3 HEART COOKIE CUTTERS', 'Set of 3 Heart Cookie Cutters'],
    ['6PC WOOD PLATE SET DISPOSABLE', '6 Piece Wood Plate Set Disposable'],
    ['S/4 GROOVY CAT MAGNETS', 'Set of 4 Groovy Cat Magnets'],
    ['SET/10 RED POLKADOT PARTY CANDLES', 'Set of 10 Red Polkadot Party Candles'],
    ['SET 10 CARD KRAFT REINDEER 17084', 'Set of 10 Cards Kraft Reindeer'],
    ['ASSTD DESIGN RACING CAR PEN', 'Assorted Design Racing Car Pen'],
    ['ASSTD COL BUTTERFLY/CRYSTAL W/CHIME', 'Assorted Colour Butterfly/Crystal Wind Chime'],
    ['HEART T-LIGHT HOLDER', 'Heart T-Light Holder'],
    ['HEN HOUSE W FAMILY IN BARN & NEST', 'Hen House with Family in Barn & Nest'],
    ["BISCUIT TIN 50'S CHRISTMAS", 'Biscuit Tin 50s Christmas'],
    ["CHILDREN'S SPACEBOY MUG", "Children's Spaceboy Mug"],
    ['CHILDRENS APRON APPLES DESIGN', "Children's Apron Apples Design"],
    ['BLACK CHRISTMAS TREE 120CM', 'Black Christmas Tree 120cm'],
    ['POLYESTER FILLER PAD 30CMx30CM', 'Polyester Filler Pad 30 x 30cm'],
    ['ENGLISH ROSE NOTEBOOK A6 SIZE', 'English Rose Notebook A6 Size'],
    ['TV DINNER TRAY DOLLY GIRL', 'TV Dinner Tray Dolly Girl'],
    ['SET OF 10 LED DOLLY LIGHTS', 'Set of 10 LED Dolly Lights'],
    ['CHARLIE+LOLA"EXTREMELY BUSY" SIGN', 'Charlie & Lola Extremely Busy Sign'],
    ['GOLD M.O.P. ORBIT NECKLACE', 'Gold Mother of Pearl Orbit Necklace'],
    ['KEY FOB , BACK DOOR', 'Key Fob, Back Door'],
    ['LARGE CAKE STAND  HANGING STRAWBERY', 'Large Cake Stand Hanging Strawberry'],
    ['GREETING CARD, TWO SISTERS.', 'Greeting Card, Two Sisters'],
    ['WRAP  VINTAGE DOILY', 'Vintage Doily Wrap'],
    ['FRIDGE MAGNETS LA VIE EN ROSE', 'Fridge Magnets La Vie en Rose'],
    ['DOORMAT KEEP CALM AND COME IN', 'Doormat Keep Calm and Come In'],
    ['3D DOG PICTURE PLAYING CARDS', '3D Dog Picture Playing Cards'],
    ['RECORD FRAME 7" SINGLE SIZE', 'Record Frame 7" Single Size'],
  ])('%s is %s', (original, name) => {
    expect(nameOf({ code: '00000', original })).toBe(name)
  })
})
