import type { Palette } from './palette.ts'

/** What a motif paints with: `fill` is the main surface, in its pattern if it has one. */
export type Paint = Palette & { fill: string }

/** Draws one thing about the middle of a 640 by 640 picture, standing on a ground at 500. */
export type Motif = (paint: Paint) => string
