import { MongoServerError } from 'mongodb'
import { describe, expect, test } from 'vitest'

import { mongoProgram } from '../../scripts/servers/mongodb.ts'
import { dropMongoDatabase, mongoForTests } from '../../tests/support/mongodb.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { declareSchema, type DatabaseSchema } from './schema.ts'

function schemaOf(version: number, field: string): DatabaseSchema {
  const validator = { bsonType: 'object', required: [field] }
  return { version, collections: [{ name: 'things', validator, indexes: [{ name: field, key: { [field]: 1 } }] }] }
}

await whereInstalled(mongoProgram, () => {
  const mongo = mongoForTests()

  describe('the schema of a database', () => {
    test('is declared by many replicas at once, and once more', async () => {
      const { db, ...database } = mongo.database()
      await Promise.all(Array.from({ length: 8 }, () => declareSchema(db, schemaOf(1, 'name'))))
      await declareSchema(db, schemaOf(1, 'name'))
      const things = db.collection('things')
      expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_', 'name'])
      await things.insertOne({ name: 'one' })
      await expect(things.insertOne({ size: 1 })).rejects.toThrow(MongoServerError)
      await dropMongoDatabase({ db, ...database })
    })

    test('goes forward only: an older program leaves a newer one as it is', async () => {
      const { db, ...database } = mongo.database()
      await declareSchema(db, schemaOf(1, 'name'))
      await declareSchema(db, schemaOf(2, 'size'))
      await declareSchema(db, schemaOf(1, 'name'))
      await db.collection('things').insertOne({ size: 1 })
      await expect(db.collection('things').insertOne({ name: 'one' })).rejects.toThrow(MongoServerError)
      await dropMongoDatabase({ db, ...database })
    })

    test('is finished by the next where one died half way', async () => {
      const { db, ...database } = mongo.database()
      await db.createCollection('things')
      await declareSchema(db, schemaOf(1, 'name'))
      expect(await db.collection('things').indexes()).toHaveLength(2)
      await dropMongoDatabase({ db, ...database })
    })
  })
})
