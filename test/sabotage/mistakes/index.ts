import type { Mistake } from '../mistake.ts'
import { catalogue } from './catalogue.ts'
import { figures } from './figures.ts'
import { mirrorings } from './mirrors.ts'
import { pushes } from './pushes.ts'
import { readings } from './readings.ts'
import { sales } from './sales.ts'
import { unseen } from './unseen.ts'
import { writes } from './writes.ts'

export const mistakes: readonly Mistake[] = [
    ...figures,
    ...sales,
    ...pushes,
    ...mirrorings,
    ...readings,
    ...unseen,
    ...writes,
    ...catalogue,
]
