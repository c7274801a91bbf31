import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime, numberOf } from '../../shop/gids.ts'
import type { Level, Location, Shop } from '../../shop/state.ts'
import { defaultLocation, levelAt, quantityOf } from '../../shop/stock.ts'
import { touch } from '../../shop/touch.ts'
import { connection, type PageArgs } from '../connection.ts'
import { counted } from '../counts.ts'
import { foundLevels } from '../inventory/levels.ts'
import { matches } from '../search.ts'
import { flagTest, idTest, textTest } from '../search_tests.ts'
import { userError } from '../user_error.ts'

type Search = PageArgs & {
    query?: string | null
    includeInactive?: boolean | null
    includeLegacy?: boolean | null
    sortKey?: string | null
    limit?: number | null
}
type OfItem = { inventoryItemId: string; includeInactive?: boolean | null }

const countries = new Intl.DisplayNames(['en'], { type: 'region' })

export const resolvers: Resolvers = {
    QueryRoot: {
        location: (_: unknown, { id }: { id?: string | null }, { shop }: Context) =>
            (id == null ? defaultLocation(shop) : shop.locations.get(numberOf(id, 'Location'))) ?? null,
        locations: (_: unknown, args: Search, context: Context, info) =>
            connection(foundLocations(context.shop, args), args, context, info),
        locationsCount: (_: unknown, args: Search, { shop }: Context) =>
            counted(foundLocations(shop, { ...args, includeInactive: true }).length, args.limit),
    },
    Location: {
        id: (location: Location) => gid('Location', location.id),
        legacyResourceId: (location: Location) => String(location.id),
        isActive: (location: Location) => location.active,
        activatable: () => true,
        deactivatable: () => true,
        deletable: (location: Location, _: unknown, { shop }: Context) => !location.active && !hasStock(shop, location),
        createdAt: (location: Location) => isoTime(location.createdAt),
        updatedAt: (location: Location) => isoTime(location.updatedAt),
        deactivatedAt: ({ deactivatedAt }: Location) => deactivatedAt && isoTime(deactivatedAt),
        isPrimary: (location: Location, _: unknown, { shop }: Context) => location === defaultLocation(shop),
        isFulfillmentService: (location: Location) => location.fulfillmentService !== null,
        shipsInventory: (location: Location) => location.active && location.fulfillsOnlineOrders,
        hasActiveInventory: (location: Location, _: unknown, { shop }: Context) => hasStock(shop, location),
        hasUnfulfilledOrders: () => false,
        fulfillmentService: () => null,
        localPickupSettingsV2: () => null,
        suggestedAddresses: () => [],
        addressVerified: () => false,
        address: ({ address }: Location) => ({
            ...address,
            country: address.countryCode && (countries.of(address.countryCode) ?? null),
            province: null,
            latitude: null,
            longitude: null,
            formatted: [address.address1, address.zip, address.city, address.countryCode].filter(
                (part) => part !== null,
            ),
        }),
        inventoryLevel: (location: Location, { inventoryItemId, includeInactive }: OfItem, { shop }: Context) => {
            const item = shop.inventoryItems.get(numberOf(inventoryItemId, 'InventoryItem'))
            const level = item && levelAt(shop, item, location.id)
            return level && (level.active || includeInactive) ? level : null
        },
        inventoryLevels: (location: Location, args: Search, context: Context, info) => {
            const levels = levelsAt(context.shop, location).filter(({ active }) => active || args.includeInactive)
            return connection(foundLevels(context, levels, args.query), args, context, info)
        },
    },
    Mutation: {
        locationActivate: (_: unknown, { locationId }: { locationId: string }, context: Context) => {
            const { shop } = context
            const location = shop.locations.get(numberOf(locationId, 'Location'))
            if (!location) return { location: null, locationActivateUserErrors: [notFound] }
            const twin = [...shop.locations.values()].some(
                (other) => other !== location && other.active && other.name === location.name,
            )
            if (twin) return { location, locationActivateUserErrors: [sameName] }
            setActive(context, location, true)
            return { location, locationActivateUserErrors: [] }
        },
        locationDeactivate: (_: unknown, { locationId }: { locationId: string }, context: Context) => {
            const location = context.shop.locations.get(numberOf(locationId, 'Location'))
            if (!location) return { location: null, locationDeactivateUserErrors: [notFound] }
            if (hasStock(context.shop, location)) return { location, locationDeactivateUserErrors: [stillStocked] }
            setActive(context, location, false)
            return { location, locationDeactivateUserErrors: [] }
        },
    },
}

const notFound = userError(['locationId'], 'Location not found.', 'LOCATION_NOT_FOUND')
const sameName = userError(
    ['locationId'],
    'This location currently cannot be activated because there exists an active location with the same name.',
    'HAS_NON_UNIQUE_NAME',
)
const stillStocked = userError(
    ['locationId'],
    'Location could not be deactivated without specifying where to relocate inventory at the location.',
    'HAS_ACTIVE_INVENTORY_ERROR',
)

function setActive({ shop, clock }: Context, location: Location, active: boolean) {
    location.active = active
    location.deactivatedAt = active ? null : clock.now()
    touch(shop, location, clock.now())
}

function levelsAt(shop: Shop, location: Location): Level[] {
    return [...shop.levels.values()].filter(({ locationId }) => locationId === location.id)
}

/** Whether anything lies there, available or set aside. */
export function hasStock(shop: Shop, location: Location): boolean {
    return levelsAt(shop, location).some((level) => level.active && quantityOf(level, 'on_hand') !== 0)
}

/** Sorted by name, as Shopify does; those of fulfillment services only with includeLegacy. */
function foundLocations(shop: Shop, { query, includeInactive, includeLegacy, sortKey }: Search): Location[] {
    const found = [...shop.locations.values()].filter(
        (location) =>
            (location.active || includeInactive) &&
            (location.fulfillmentService === null || includeLegacy) &&
            matches(query, {
                default: textTest(location.name),
                id: idTest(location.id),
                location_id: idTest(location.id),
                name: textTest(location.name),
                active: flagTest(location.active),
            }),
    )
    return sortKey === 'ID' ? found : found.sort((a, b) => (a.name < b.name ? -1 : 1))
}
