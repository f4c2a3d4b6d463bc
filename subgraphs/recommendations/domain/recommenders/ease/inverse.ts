import { at } from '../../packed-rows.ts'

/**
 * The inverse of a symmetric positive definite matrix, in its place; only the lower triangle is read, and is right
 * afterwards. By Cholesky's decomposition A = L Lᵀ, so that A⁻¹ = L⁻ᵀ L⁻¹. Each of the three steps is made of dot products
 * of rows, which reads memory in its own order; about n³ / 2 multiplications in all.
 *
 * @throws RangeError where the matrix is not positive definite, instead of an inverse that is no number anywhere
 */
export function invertInPlace(matrix: Float32Array, size: number): void {
  const dot = dotProductIn(matrix)
  factorise(matrix, size, dot)
  invertFactor(matrix, size, dot)
  multiplyFactors(matrix, size, dot)
}

/** L into the lower triangle; the diagonal holds the reciprocals of L's. */
function factorise(matrix: Float32Array, size: number, dot: DotProduct): void {
  for (let row = 0; row < size; row += 1) {
    const own = row * size
    for (let column = 0; column < row; column += 1) {
      const other = column * size
      const rest = at(matrix, own + column) - dot(own, other, column)
      matrix[own + column] = rest * at(matrix, other + column)
    }
    const square = at(matrix, own + row) - dot(own, own, row)
    if (!(square > 0)) throw new RangeError(`row ${row} of ${size} makes the matrix indefinite: ${square}`)
    matrix[own + row] = 1 / Math.sqrt(square)
  }
}

/** The transpose of L⁻¹ into the upper triangle; the diagonal is the same. */
function invertFactor(matrix: Float32Array, size: number, dot: DotProduct): void {
  for (let row = 0; row < size; row += 1) {
    const own = row * size
    for (let column = row + 1; column < size; column += 1) {
      const other = column * size
      const sum = dot(other + row, own + row, column - row)
      matrix[own + column] = -sum * at(matrix, other + column)
    }
  }
}

/** L⁻ᵀ L⁻¹ into the lower triangle, over L, which is not needed any more. */
function multiplyFactors(matrix: Float32Array, size: number, dot: DotProduct): void {
  for (let row = 0; row < size; row += 1) {
    const own = row * size + row
    for (let column = 0; column <= row; column += 1) {
      matrix[row * size + column] = dot(own, column * size + row, size - row)
    }
  }
}

/** Of what begins at two places of the matrix. */
type DotProduct = (left: number, right: number, length: number) => number

/** Four sums at a time, since each addition would wait for the one before it. */
function dotProductIn(values: Float32Array): DotProduct {
  return (left, right, length) => {
    let [one, two, three, four] = [0, 0, 0, 0]
    const whole = length - (length % 4)
    for (let place = 0; place < whole; place += 4) {
      one += at(values, left + place) * at(values, right + place)
      two += at(values, left + place + 1) * at(values, right + place + 1)
      three += at(values, left + place + 2) * at(values, right + place + 2)
      four += at(values, left + place + 3) * at(values, right + place + 3)
    }
    for (let place = whole; place < length; place += 1) one += at(values, left + place) * at(values, right + place)
    return one + two + three + four
  }
}
