import { mostSpecific } from './eligibility.ts'
import { lockName } from './fields.ts'
import type { Scene } from './lines.ts'
import type { ProductLink, VariantLink } from './memory.ts'
import type { Mode, Travel } from './settings.ts'
import type { ShopProduct, ShopVariant } from './state.ts'

/** The mode of a field for a source item (D1, D2): its lock rule, or what holds without one. */
export function modeOf(scene: Scene, field: string, product: ShopProduct, variant: ShopVariant | null): Mode {
    const { settings } = scene.connection
    const lock = lockName(field)
    const rules = settings.lock_rules.filter((rule) => rule.field === lock)
    const rule = mostSpecific(rules, { source: scene.source, product, variant })
    if (rule) return rule.mode
    if (lock === 'cost') return 'never'
    if (lock === 'status' && settings.new_products === 'draft') return 'create_only'
    return lock === 'quantity' && settings.orders !== 'none' ? 'enforced' : 'follow'
}

/** What D9 lets through to a variant: all that we created, and what its mapping or the connection switched on. */
export function travelOfVariant({ connection }: Scene, link: VariantLink): Travel {
    return link.ours ? 'overwrite' : (link.existing ?? connection.settings.existing_items)
}

export const travelOfProduct = ({ connection }: Scene, link: ProductLink): Travel =>
    link.ours ? 'overwrite' : connection.settings.existing_items
