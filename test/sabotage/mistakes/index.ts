import type { Mistake } from '../mistake.ts'
import { catalogue } from './catalogue.ts'
import { figures } from './figures.ts'
import { readings } from './readings.ts'
import { sales } from './sales.ts'
import { writes } from './writes.ts'

export const mistakes: readonly Mistake[] = [...figures, ...sales, ...readings, ...writes, ...catalogue]
