import { z } from 'zod'

import { countryCodes } from './countries.ts'

// Control characters, and halves of a surrogate pair, which no store takes as text.
const control = /[\p{Cc}\p{Cs}]/u

/** One line of text as a person types it: trimmed, without control characters. */
function line(what: string, longest: number) {
  return z
    .string()
    .trim()
    .min(1, `${what} is missing.`)
    .max(longest, `${what} is longer than ${longest} characters.`)
    .refine((text) => !control.test(text), `${what} holds characters that cannot be printed.`)
}

// Areas, districts and units by the letters that occur in them (BS 7666).
const britishPostcode =
  /^(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d(?:\d|[ABEHMNPRV-Y])?|\d[A-HJKPS-UW]) ?\d[ABD-HJLNP-UW-Z]{2})$/
const otherPostcode = /^[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])$/

/** A postal address as clients send it; parsed into the one way it is written down. */
export const addressInput = z
  .object({
    recipient: line('The recipient', 100),
    line1: line('The first line', 120),
    line2: z
      .string()
      .trim()
      .max(120, 'The second line is longer than 120 characters.')
      .refine((text) => !control.test(text), 'The second line holds characters that cannot be printed.')
      .nullish()
      .transform((text) => (text === '' ? undefined : (text ?? undefined))),
    city: line('The city', 80),
    postcode: line('The postcode', 12).transform((text) => text.toUpperCase().replaceAll(/ +/g, ' ')),
    country: z
      .string()
      .trim()
      .toUpperCase()
      .refine((code) => countryCodes.has(code), 'The country must be an ISO 3166-1 alpha-2 code, such as GB.'),
  })
  .superRefine(({ country, postcode }, context) => {
    const british = country === 'GB'
    if ((british ? britishPostcode : otherPostcode).test(postcode)) return
    const message = british
      ? 'The postcode is not a British one, such as SW1A 1AA.'
      : 'The postcode must be 2 to 12 letters, digits, spaces or hyphens.'
    context.addIssue({ code: 'custom', path: ['postcode'], message })
  })
  .transform((address) => ({ ...address, postcode: spaced(address) }))

export type PostalAddress = z.infer<typeof addressInput>

/** A British postcode is written with a space before its last three characters. */
function spaced({ country, postcode }: { country: string; postcode: string }): string {
  return country === 'GB' ? postcode.replace(/ ?(.{3})$/, ' $1') : postcode
}
