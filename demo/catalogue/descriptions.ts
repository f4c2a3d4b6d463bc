import type { Facts } from './facts.ts'
import { pickedFor } from '../ids.ts'

export interface Described {
  /** Decides between equally good wordings. */
  key: string
  name: string
  leads: readonly string[]
  facts: Facts
  /** Every value of each option a shopper may choose by; empty for a product of one variant. */
  choices: { name: string; values: string[] }[]
}

/** One to five short sentences, of nothing but what the name, the category and the variants state. */
export function descriptionOf({ key, name, leads, facts, choices }: Described): string {
  const [first = '', ...others] = leads
  const lead = pickedFor(`lead:${key}`, [first, ...others])
  const chosen = new Set(choices.map((choice) => choice.name))
  const sentences = [
    lookSentence({ ...facts, colours: chosen.has('Colour') ? [] : facts.colours }),
    packSentence(facts, key),
    facts.scent ? `The scent is ${facts.scent}.` : '',
    facts.assorted ? 'Designs are assorted.' : '',
    ...choices.map(choiceSentence),
  ].filter((sentence) => sentence !== '')
  // A lead alone could stand anywhere.
  return sentences.length > 0 ? [lead, ...sentences].join(' ') : `${name}: ${uncapitalised(lead)}`
}

function lookSentence(facts: Facts): string {
  const clauses = [
    facts.size && `${facts.size} in size`,
    facts.style && `${facts.style} in style`,
    facts.material && `made of ${facts.material}`,
    facts.colours.length > 0 && `in ${listed(facts.colours)}`,
    facts.parts && `with ${facts.parts}`,
    facts.pattern && `${facts.parts ? 'and' : 'with'} ${articleFor(facts.pattern)} ${facts.pattern}`,
  ].filter((clause) => typeof clause === 'string' && clause !== '')
  if (clauses.length === 0) return ''
  return `${capitalised(clauses.join(', ').replace(', and ', ' and '))}.`
}

function packSentence({ soldAs }: Facts, key: string): string {
  if (!soldAs) return ''
  const form = pickedFor(`pack:${key}`, ['Sold as', 'Comes as', 'You get'])
  return `${form} a ${soldAs}.`
}

function choiceSentence({ name, values }: { name: string; values: string[] }): string {
  return `Choose your ${name.toLowerCase()}: ${listed(values.map(inSentence), 'or')}.`
}

/** "red, blue and green". */
function listed(values: string[], joint: 'and' | 'or' = 'and'): string {
  const last = values.at(-1) ?? ''
  return values.length > 1 ? `${values.slice(0, -1).join(', ')} ${joint} ${last}` : last
}

function inSentence(value: string): string {
  return /^[A-Z]$|^Eau/.test(value) ? value : value.toLowerCase()
}

function articleFor(pattern: string): string {
  return /^[aeio]/i.test(pattern) ? 'an' : 'a'
}

function uncapitalised(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
