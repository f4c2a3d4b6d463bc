import { formatAddress } from 'localized-address-format'
import { z } from 'zod'

import { countryCodes } from './countries.ts'
import { line, optionalLine } from './text.ts'

// Areas, districts and units by the letters that occur in them (BS 7666).
const britishPostcode =
  /^(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d(?:\d|[ABEHMNPRV-Y])?|\d[A-HJKPS-UW]) ?\d[ABD-HJLNP-UW-Z]{2})$/
const otherPostcode = /^[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])$/

/** Postcodes are written in ASCII, whatever the keyboard: its wide letters and digits, its dashes. */
const postcode = z
  .string()
  .transform((typed) =>
    typed
      .normalize('NFKC')
      .replaceAll(/\p{Pd}|\u2212/gu, '-')
      .replaceAll(/\p{Zs}+/gu, ' '),
  )
  .transform((typed) => typed.trim().toUpperCase())

/** A postal address as clients send it; parsed into the one way it is written down. */
export const addressInput = z
  .object({
    recipient: line('The recipient', 100),
    line1: line('The first line', 120),
    line2: optionalLine('The second line', 120),
    city: line('The city', 80),
    postcode,
    country: z
      .string()
      .trim()
      .toUpperCase()
      .refine((code) => countryCodes.has(code), 'The country must be an ISO 3166-1 alpha-2 code, such as GB.'),
  })
  .superRefine((address, context) => {
    const message = postcodeProblem(address)
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['postcode'], message })
  })
  .transform((address) => ({ ...address, postcode: spaced(address) }))

export type PostalAddress = z.infer<typeof addressInput>

/**
 * Whether an address in the country needs a postcode. The formats are those of Google's Address Data Service, which
 * `localized-address-format` is generated from: Hong Kong, the Emirates and Qatar, among others, have no place for one.
 */
export function needsPostcode(country: string): boolean {
  // Eircodes exist since 2015, but no letter needs one, and many people do not know theirs.
  if (country === 'IE') return false
  const mark = '00000'
  return formatAddress({ postalCountry: country, postalCode: mark }).some((each) => each.includes(mark))
}

/** Why the postcode will not do; where none is needed, an empty one will, and what somebody writes there all the same. */
function postcodeProblem({ country, postcode: typed }: { country: string; postcode: string }): string | undefined {
  if (typed === '') return needsPostcode(country) ? 'The postcode is missing.' : undefined
  if (country === 'GB') {
    return britishPostcode.test(typed) ? undefined : 'The postcode is not a British one, such as SW1A 1AA.'
  }
  return otherPostcode.test(typed) ? undefined : 'The postcode must be 2 to 12 letters, digits, spaces or hyphens.'
}

/** A British postcode is written with a space before its last three characters. */
function spaced({ country, postcode: typed }: { country: string; postcode: string }): string {
  return country === 'GB' ? typed.replace(/ ?(.{3})$/, ' $1') : typed
}
