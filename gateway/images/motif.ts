import * as festive from './motifs-festive.ts'
import * as home from './motifs-home.ts'
import * as table from './motifs-table.ts'
import * as house from './motifs-house.ts'
import * as play from './motifs-play.ts'
import * as worn from './motifs-worn.ts'
import type { Motif } from './paint.ts'

// A thing named in the slug is drawn as itself. The particular come before the general: "teapot" before "tea".
const motifsByWord: [string, Motif][] = [
  ['(?:money-(?:box|bank)|piggy-bank)', play.piggyBank],
  ['lunch-(?:box|bag)', play.lunchBox],
  ['hot-water-bottle|hottie|hand-warmer', home.hotWaterBottle],
  ['watering-can', house.wateringCan],
  ['picnic-(?:basket|hamper)', home.basket],
  ['bird-?house|bird-house|bird-feeder|bird-table|hen-house', house.birdhouse],
  ['(?:dog|cat)-bowl|(?:dog|cat)-food', house.bowlOfPet],
  ['thermometer', house.thermometer],
  ['umbrella|parasol', worn.umbrella],
  ['cake-stand', table.cakeStand],
  ['cookie-cutters?|biscuit-cutters?', table.cutter],
  ['cake-cases?|cup-?cakes?|fairy-cakes?(?=.*cases)|baking-cases|petit-four-cases|baking-mould', table.cupcake],
  ['t-lights?|votive|tealight', home.tealight],
  ['candles?|candlesticks?|matches|incense', home.candle],
  ['lanterns?', home.lantern],
  ['light-chain|lights|light-garland|string-of', home.stringLights],
  ['lamp|lampshade|chandelier|night-light|table-light|bedside-light', home.lamp],
  ['metal-sign|sign|plaque|door-sign|wall-art|number-tile', home.sign],
  ['letters|word', home.letters],
  ['teapot|tea-set|tea-for-one|tea-cosy', table.teapot],
  ['teacup|tea-cup|cup-and-saucer|saucer|coffee-set', table.cup],
  ['paper-cups|straws|party-cones?', festive.partyCup],
  ['tea-coffee-sugar', home.jar],
  ['(?:cake|spice|herb|stacking|round|biscuit)-tins?', home.tin],
  ['mugs?|beakers?|cups?', table.mug],
  ['jug', table.jug],
  ['bunting|pennant|garland|paper-chain', festive.bunting],
  ['balloons?', festive.balloon],
  ['plates?|dish|coasters?|placemats?|doilies', table.plate],
  ['bowls?', table.bowl],
  ['glass(?=$)|wine-glass|champagne-glass|chalice|tumbler|sundae', table.glass],
  ['cutlery|spoons?|chopsticks|cake-fork', table.cutlery],
  ['tray', table.tray],
  ['aprons?', house.apron],
  ['frying-pan|milk-pan', house.fryingPan],
  ['scales', house.scales],
  ['magnets?', house.magnets],
  ['(?:gift|paper|party|candy|bottle)-bags?', festive.giftBag],
  ['ribbon-reel|sewing|knitting|tape-measure|measuring-tape', play.spool],
  ['ribbons', festive.ribbon],
  ['scissors', play.scissors],
  ['wrap|wrapping', festive.wrapRoll],
  ['invites|envelopes?|notelets|writing-set|postcards?', festive.envelope],
  ['playing-cards|snap-cards', play.playingCards],
  ['cards?(?!-(?:holder|wallet))', festive.card],
  ['jigsaw', play.jigsaw],
  ['blocks|dominoes', play.blocks],
  ['clock', home.clock],
  ['mirror', home.mirror],
  ['frames?', home.frame],
  ['cabinet|drawers?|chest|cupboard|sideboard|shelf', home.cabinet],
  ['hooks?|coat-rack|hanger|knob', home.hook],
  ['doormat', home.doormat],
  ['cushion|quilt|throw|filler-pad', home.cushion],
  ['luggage-tag|passport-cover|travel-card-wallet', worn.luggageTag],
  ['cabin-bag|airline-bag|overnight-bag|mini-cases|suitcase', worn.suitcase],
  ['handbag|shoulder-bag|charlotte-bag|evening-bag', worn.handbag],
  ['purse', worn.purse],
  ['wash-?bag|cosmetics?-bag', worn.washBag],
  ['necklace|lariat', worn.necklace],
  ['earrings?', worn.earrings],
  ['hair|hairband|brooch', worn.hairClip],
  ['key-?ring|key-?fob|charms?|keyrings', worn.keyRing],
  ['bracelet|bangle|ring', worn.ring],
  ['notebooks?|journal|sketchbook|pocket-book|address-book|note-books|exercise-books|book', play.notebook],
  ['stickers?|sticker', play.stickers],
  ['pencils?|pens?|chalk|crayons', play.pencils],
  ['flannel|towels?', house.towel],
  ['soap|sponge', house.soap],
  ['bottle|elixir', house.bottle],
  ['plant|planter|plant-pot|planter-pots|grow|marker|(?:art|artificial)-flower', house.plantPot],
  ['vase|candytuft', home.vase],
  ['napkins?|tissues?', table.napkins],
  ['fan', worn.fan],
  ['slipper|shoes', worn.slipper],
  ['baskets?', home.basket],
  ['tins?|caddy', home.tin],
  ['jars?', home.jar],
  ['box|boxes', home.box],
  ['stocking', festive.stocking],
  ['baubles?', festive.bauble],
  ['wreath', home.wreath],
  ['eggs?', festive.egg],
  ['rabbits?|bunny|bunnies', festive.rabbit],
  ['birds?|lovebirds?|doves?|hens?|chicks?|chicken|owls?|ducks?', home.bird],
  ['star|stars', home.hangingStar],
  ['hearts?', home.hangingHeart],
]

const motifsByCategory = new Map<string, Motif>([
  ['christmas', festive.christmasTree],
  ['easter', festive.egg],
  ['party', festive.balloon],
  ['cards-and-wrap', festive.card],
  ['stationery', play.pencils],
  ['craft-and-sewing', play.button],
  ['toys-and-games', play.teddy],
  ['children', play.rocket],
  ['bags-and-travel', worn.toteBag],
  ['jewellery', worn.ring],
  ['mugs-and-tea', table.mug],
  ['tableware', table.plate],
  ['kitchen', house.utensils],
  ['baking', table.cupcake],
  ['storage', home.box],
  ['candles', home.candle],
  ['lighting', home.lamp],
  ['decorations', home.hangingHeart],
  ['signs-and-wall-art', home.sign],
  ['clocks-and-frames', home.frame],
  ['furniture', home.cabinet],
  ['soft-furnishings', home.cushion],
  ['garden', house.plantPot],
  ['bath-and-beauty', house.soap],
])

const compiled = motifsByWord.map(([words, motif]) => ({ pattern: new RegExp(`(?:^|-)(?:${words})(?:-|$)`), motif }))

// In these the occasion says more than the thing: a Christmas biscuit tin may be a tin, a Christmas heart is a tree.
const plainThings = new Set<Motif>([home.hangingHeart, home.hangingStar, home.bird])

/** What to draw: the thing that the slug names, else what stands for the category, else a parcel. */
export function motifFor(category: string, slug: string): Motif {
  const named = compiled.find(({ pattern }) => pattern.test(slug))?.motif
  const ofCategory = motifsByCategory.get(category)
  if (named && !(category === 'christmas' && plainThings.has(named))) return named
  return ofCategory ?? festive.parcel
}
