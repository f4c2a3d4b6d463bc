/** A number as it stands in a text. */
export interface FoundNumber {
  readonly value: number
  /** With a part behind the point, as amounts of money have it: 0.01, or 12,75. */
  readonly hasPence: boolean
  readonly isWord: boolean
  readonly start: number
  readonly end: number
}

const fromTwo =
  'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
const larger = { dozen: 12, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 }
/** One is left out: it mostly is no number. */
const words = new Map<string, number>([
  ...fromTwo.split(' ').map((word, at): [string, number] => [word, at + 2]),
  ...Object.entries({ ...larger, hundred: 100, thousand: 1_000, million: 1_000_000 }),
])
const numbers = new RegExp(
  String.raw`\d+(?:[.,]\d+)*|(?<!\p{N})[.,]\d+|\b(?:${[...words.keys()].join('|')})s?\b`,
  'giu',
)

/** By digits, or in English words; what is written like no number is not one (NaN), and so none that anybody has told. */
export function numbersIn(text: string): FoundNumber[] {
  return [...text.matchAll(numbers)].map(({ 0: found, index: start }) => {
    const place = { start, end: start + found.length }
    const word = words.get(found.toLowerCase()) ?? words.get(found.toLowerCase().replace(/s$/, ''))
    if (word !== undefined) return { value: word, hasPence: false, isWord: true, ...place }
    return { ...readDigits(found), isWord: false, ...place }
  })
}

/** One or two digits behind the last point or comma are a fraction; three each are thousands. */
function readDigits(digits: string): Pick<FoundNumber, 'value' | 'hasPence'> {
  const [, whole = '', fraction = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits) ?? []
  const isWhole = /^\d*$|^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(whole)
  const value = isWhole ? Number(`${whole.replace(/[.,]/g, '') || '0'}.${fraction || '0'}`) : NaN
  return { value, hasPence: fraction.length === 2 }
}
