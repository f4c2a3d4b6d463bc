import type { Queryable } from '../../../../platform/postgres/database.ts'
import { packedBytes, packedColumns } from './packed-bytes.ts'
import type { ModelRun, ModelStore, TrainedModel } from '../store.ts'

/** The newest is served; the one before it may just be being read. */
const runsKept = 3

export function postgresModels(queryable: Queryable): ModelStore {
  return { ...trainings(queryable), ...runs(queryable), saveModel: (model, seconds) => save(queryable, model, seconds) }
}

function trainings(queryable: Queryable): Pick<ModelStore, 'claimTraining' | 'requestTraining'> {
  return {
    async claimTraining() {
      const { rowCount } = await queryable.query(
        `update training set due_at = now() + interval '30 minutes' where due_at <= now()`,
        [],
      )
      return rowCount === 1
    },

    async requestTraining() {
      await queryable.query('update training set due_at = now()', [])
    },
  }
}

async function save(queryable: Queryable, model: TrainedModel, seconds: number): Promise<void> {
  const { productIds, baskets, weights } = model
  await queryable.query(
    `with saved as (
       insert into model_run (
         trained_at, seconds, baskets, product_ids, basket_starts, basket_products,
         weight_starts, weight_products, weights, learnt_to, newest_positions
       ) values (now(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning version
     ), forgotten as (
       delete from model_run using saved where model_run.version <= saved.version - $11
     )
     update training set due_at = now() + interval '1 hour' where due_at > now()`,
    [
      seconds,
      baskets.starts.length - 1,
      productIds,
      packedBytes(baskets.starts),
      packedBytes(baskets.values),
      packedBytes(weights.starts),
      packedBytes(weights.products),
      packedBytes(weights.weights),
      model.learntTo,
      model.newestPositions,
      runsKept,
    ],
  )
}

interface ModelRow {
  readonly product_ids: string[]
  readonly learnt_to: number
  readonly newest_positions: number[]
}

function runs(queryable: Queryable): Pick<ModelStore, 'newestVersion' | 'readModel' | 'newestRun'> {
  return {
    async newestVersion() {
      const { rows } = await queryable.query<{ version: number | null }>(
        'select max(version) as version from model_run',
        [],
      )
      return rows[0]?.version ?? 0
    },

    readModel: (version) => read(queryable, version),

    async newestRun() {
      const { rows } = await queryable.query<ModelRun>(
        `select version, trained_at as "trainedAt", seconds, baskets, cardinality(product_ids) as products,
           16 * cardinality(product_ids) + length(basket_starts) + length(basket_products) + length(weight_starts)
             + length(weight_products) + length(weights) as bytes
         from model_run order by version desc limit 1`,
        [],
      )
      return rows[0]
    },
  }
}

/** What is long is read in parts; a model that is forgotten meanwhile is none any more. */
async function read(queryable: Queryable, version: number): Promise<TrainedModel | undefined> {
  const { rows } = await queryable.query<ModelRow>(
    `select to_json(product_ids) as product_ids, learnt_to, to_json(newest_positions) as newest_positions
     from model_run where version = $1`,
    [version],
  )
  const bytesOf = packedColumns(queryable, version)
  const basketStarts = await bytesOf('basket_starts')
  const basketProducts = await bytesOf('basket_products')
  const weightStarts = await bytesOf('weight_starts')
  const weightProducts = await bytesOf('weight_products')
  const weights = await bytesOf('weights')
  const [row] = rows
  if (row === undefined || !basketStarts || !basketProducts || !weightStarts || !weightProducts || !weights)
    return undefined
  return {
    productIds: row.product_ids,
    baskets: { starts: new Uint32Array(basketStarts), values: new Uint32Array(basketProducts) },
    weights: {
      starts: new Uint32Array(weightStarts),
      products: new Uint32Array(weightProducts),
      weights: new Float32Array(weights),
    },
    learntTo: row.learnt_to,
    newestPositions: row.newest_positions,
  }
}
