import { MongoServerError, type Db, type Document, type IndexDescription } from 'mongodb'

import { longTimeout } from './database.ts'

export interface CollectionSchema {
  readonly name: string
  /** What each document must be: `$jsonSchema`. */
  readonly validator: Document
  readonly indexes: readonly (IndexDescription & { readonly name: string })[]
}

/** What a subgraph's database is to hold. */
export interface DatabaseSchema {
  /** Grows with every change of what follows. */
  readonly version: number
  readonly collections: readonly CollectionSchema[]
}

interface SchemaVersion {
  readonly _id: 'schema'
  readonly version: number
}

const alreadyThere = 48

/**
 * Declares collections, validators and indexes. Each step may be repeated, so replicas may do it at once, and one that
 * died half way is followed by another. Forward only: an older program leaves a newer schema as it is.
 */
export async function declareSchema(db: Db, { version, collections }: DatabaseSchema): Promise<void> {
  const versions = db.collection<SchemaVersion>('schemaVersion')
  const declared = await versions.findOne({ _id: 'schema' })
  if (declared !== null && declared.version >= version) return
  for (const collection of collections) await declareCollection(db, collection)
  // Whoever is last writes the highest.
  await versions.updateOne({ _id: 'schema' }, { $max: { version } }, { upsert: true })
}

async function declareCollection(db: Db, { name, validator, indexes }: CollectionSchema): Promise<void> {
  await db.createCollection(name, { timeoutMS: longTimeout }).catch((thrown: unknown) => {
    if (!(thrown instanceof MongoServerError && thrown.code === alreadyThere)) throw thrown
  })
  await db.command({ collMod: name, validator: { $jsonSchema: validator }, validationLevel: 'strict' })
  if (indexes.length > 0) await db.collection(name).createIndexes([...indexes], { timeoutMS: longTimeout })
}
