import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import { itemsWithSku } from '../../shop/lookups.ts'
import type { InventoryItem } from '../../shop/state.ts'
import { levelAt, levelsOf } from '../../shop/stock.ts'
import { seenBySearch } from '../../shop/touch.ts'
import { connection, type PageArgs } from '../connection.ts'
import { exactly } from '../counts.ts'
import { moneyV2 } from '../money.ts'
import { matches } from '../search.ts'
import { flagTest, idTest, textTest, timeTest } from '../search_tests.ts'
import { foundLevels } from './levels.ts'

type Search = PageArgs & { query?: string | null; includeInactive?: boolean | null }
type OfLocation = { locationId: string; includeInactive?: boolean | null }

export const resolvers: Resolvers = {
    QueryRoot: {
        inventoryItem: (_: unknown, { id }: { id: string }, { shop }: Context) =>
            shop.inventoryItems.get(numberOf(id, 'InventoryItem')) ?? null,
        inventoryItems: (_: unknown, args: Search, context: Context, info) =>
            connection(foundItems(context, args.query), args, context, info),
    },
    InventoryItem: {
        id: (item: InventoryItem) => gid('InventoryItem', item.id),
        legacyResourceId: (item: InventoryItem) => String(item.id),
        createdAt: (item: InventoryItem) => isoTime(item.createdAt),
        updatedAt: (item: InventoryItem) => isoTime(item.updatedAt),
        duplicateSkuCount: (item: InventoryItem, _: unknown, { shop }: Context) =>
            item.sku === null || item.sku === '' ? 0 : itemsWithSku(shop, item.sku) - 1,
        unitCost: (item: InventoryItem, _: unknown, context: Context) => item.cost && moneyV2(item.cost, context),
        trackedEditable: () => ({ locked: false, reason: null }),
        measurement: (item: InventoryItem) => ({
            __typename: 'InventoryItemMeasurement',
            id: gid('InventoryItemMeasurement', item.id),
            weight: item.weight,
        }),
        countryHarmonizedSystemCodes: (_: InventoryItem, args: PageArgs, context: Context, info) =>
            connection([], args, context, info),
        inventoryHistoryUrl: () => null,
        variant: (item: InventoryItem, _: unknown, { shop }: Context) => shop.variants.get(item.variantIds[0]!),
        variants: (item: InventoryItem, args: PageArgs, context: Context, info) =>
            connection(
                item.variantIds.map((id) => context.shop.variants.get(id)!),
                args,
                context,
                info,
            ),
        inventoryLevel: (item: InventoryItem, { locationId, includeInactive }: OfLocation, { shop }: Context) => {
            const level = levelAt(shop, item, numberOf(locationId, 'Location'))
            return level && (level.active || includeInactive) ? level : null
        },
        inventoryLevels: (item: InventoryItem, args: Search, context: Context, info) => {
            const levels = levelsOf(context.shop, item, args.includeInactive ?? false)
            return connection(foundLevels(context, levels, args.query), args, context, info)
        },
        locationsCount: (item: InventoryItem, _: unknown, { shop }: Context) => exactly(levelsOf(shop, item).length),
    },
}

function foundItems({ shop, clock }: Context, query?: string | null): InventoryItem[] {
    const now = clock.now()
    return [...shop.inventoryItems.values()].filter((item) =>
        matches(query, {
            default: textTest(item.sku),
            id: idTest(item.id),
            sku: textTest(item.sku),
            tracked: flagTest(item.tracked),
            created_at: timeTest(item.createdAt),
            updated_at: timeTest(seenBySearch(shop, item, now)),
        }),
    )
}
