import type { Context, Resolvers } from '../../context.ts'
import { gid, numberOf } from '../../shop/gids.ts'
import { addLocation, type Location, type Shop } from '../../shop/state.ts'
import { touch } from '../../shop/touch.ts'
import { type MetafieldInput, writeMetafield } from '../metafields/write.ts'
import { type UserError, userError } from '../user_error.ts'
import { hasStock } from './locations.ts'

type Address = Partial<Location['address']>
type Input = {
    name?: string | null
    address?: Address | null
    fulfillsOnlineOrders?: boolean | null
    metafields?: MetafieldInput[] | null
}

const LONGEST_NAME = 100
const LONGEST_PART = 255

/** How Shopify calls the parts of an address that may be too long. */
const parts: Partial<Record<keyof Address, string>> = {
    address1: 'Use a shorter name for the street',
    city: 'Use a shorter city name',
    zip: 'Use a shorter postal / ZIP code',
}

export const resolvers: Resolvers = {
    Mutation: {
        locationAdd: (_: unknown, { input }: { input: Input }, context: Context) => {
            const userErrors = inputErrors(context.shop, null, input)
            if (userErrors.length > 0) return { location: null, userErrors }
            const location = addLocation(context.shop, { name: input.name! }, context.clock.now())
            write(context, location, input)
            return { location, userErrors: [] }
        },
        locationEdit: (_: unknown, { id, input }: { id: string; input: Input }, context: Context) => {
            const location = context.shop.locations.get(numberOf(id, 'Location'))
            if (!location)
                return { location: null, userErrors: [userError(['id'], 'Location not found.', 'NOT_FOUND')] }
            const userErrors = [
                ...inputErrors(context.shop, location, input),
                ...onlineErrors(context.shop, location, input),
            ]
            if (userErrors.length > 0) return { location: null, userErrors }
            write(context, location, input)
            return { location, userErrors: [] }
        },
        locationDelete: (_: unknown, { locationId }: { locationId: string }, { shop }: Context) => {
            const location = shop.locations.get(numberOf(locationId, 'Location'))
            const errors = location ? deleteErrors(shop, location) : [notFound]
            if (!location || errors.length > 0) return { deletedLocationId: null, locationDeleteUserErrors: errors }
            shop.locations.delete(location.id)
            return { deletedLocationId: gid('Location', location.id), locationDeleteUserErrors: [] }
        },
    },
}

const notFound = userError(['locationId'], 'Location not found.', 'LOCATION_NOT_FOUND')

function inputErrors(shop: Shop, location: Location | null, { name, address }: Input): UserError[] {
    const errors: UserError[] = []
    const field = ['input', 'name']
    if (location === null ? !name?.trim() : name != null && name.trim() === '') {
        errors.push(userError(field, 'Add a location name', 'BLANK'))
    }
    if (name != null && name.length > LONGEST_NAME) {
        errors.push(userError(field, `Use a shorter location name (up to ${LONGEST_NAME} characters)`, 'TOO_LONG'))
    }
    if ([...shop.locations.values()].some((other) => other !== location && other.name === name)) {
        errors.push(userError(field, 'You already have a location with this name', 'TAKEN'))
    }
    for (const [part, message] of Object.entries(parts)) {
        const text = address?.[part as keyof Address]
        if (text == null || text.length <= LONGEST_PART) continue
        errors.push(userError(['input', 'address', part], `${message} (up to ${LONGEST_PART} characters)`, 'TOO_LONG'))
    }
    return errors
}

function onlineErrors(shop: Shop, location: Location, { fulfillsOnlineOrders }: Input): UserError[] {
    const others = [...shop.locations.values()].some(
        (other) => other !== location && other.active && other.fulfillsOnlineOrders,
    )
    if (fulfillsOnlineOrders !== false || !location.fulfillsOnlineOrders || others) return []
    const message =
        'Online order fulfillment could not be disabled for this location as it is the only location that fulfills online orders.'
    return [userError(['input'], message, 'CANNOT_DISABLE_ONLINE_ORDER_FULFILLMENT')]
}

function deleteErrors(shop: Shop, location: Location): UserError[] {
    const field = ['locationId']
    const active = userError(field, 'The location cannot be deleted while it is active.', 'LOCATION_IS_ACTIVE')
    const stocked = userError(field, 'The location cannot be deleted while it has inventory.', 'LOCATION_HAS_INVENTORY')
    return [...(location.active ? [active] : []), ...(hasStock(shop, location) ? [stocked] : [])]
}

function write(context: Context, location: Location, input: Input) {
    if (input.name != null) location.name = input.name
    if (input.fulfillsOnlineOrders != null) location.fulfillsOnlineOrders = input.fulfillsOnlineOrders
    Object.assign(location.address, input.address)
    for (const metafield of input.metafields ?? []) writeMetafield(context, location, metafield)
    touch(context.shop, location, context.clock.now())
}
