import { createPublicKey } from 'node:crypto'

import { importPKCS8, importSPKI, type CryptoKey } from 'jose'

import { passportAlgorithm } from './passport.ts'

export interface PassportKeys {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

/** Both halves, out of the private one. @param pem of Ed25519, PKCS 8. Rejects when it is none */
export async function passportKeysFrom(pem: string): Promise<PassportKeys> {
  const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  return {
    privateKey: await importPKCS8(pem, passportAlgorithm),
    publicKey: await importSPKI(publicPem, passportAlgorithm),
  }
}
