/** Before the hosts of a URL: its protocol, and whose it is. */
const protocol = /^[a-z+]+:\/\//
const options = /\?.*$/s

/**
 * Where a store is, as may be written down and shown: hosts, and the database where the URL names one; no user, no password,
 * no options. `mongodb://user:word@one,two/souk?tls=true` is `one,two/souk`.
 */
export function storeAddress(url: string): string {
  return url
    .split(/,(?=[a-z+]+:\/\/)/)
    .map(placeIn)
    .join(',')
}

function placeIn(url: string): string {
  const place = url.replace(protocol, '')
  const before = place.split('?')[0]?.lastIndexOf('@') ?? -1
  // Whatever stands before the last @ may be of a password that is written as it must not be.
  const end = before === -1 ? place.lastIndexOf('@') : before
  return place
    .slice(end + 1)
    .replace(options, '')
    .replace(/\/$/, '')
}

/** Whether two addresses may be of one store: a cluster is named by one of its hosts or by several. */
export function isSameStore(left: string, right: string): boolean {
  const [one, other] = [partsOf(left), partsOf(right)]
  return one.database === other.database && one.hosts.some((host) => other.hosts.includes(host))
}

function partsOf(address: string): { readonly hosts: readonly string[]; readonly database: string } {
  const places = address.toLowerCase().split(',')
  const database = places.map((place) => place.split('/')[1] ?? '').find((name) => name !== '') ?? ''
  return { database, hosts: places.map((place) => hostIn(place)) }
}

/** This machine has several names for itself. */
function hostIn(place: string): string {
  return (place.split('/')[0] ?? '').replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost')
}
