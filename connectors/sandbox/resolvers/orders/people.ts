import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime } from '../../shop/gids.ts'
import type { Customer, MailingAddress } from '../../shop/order_rows.ts'

const countries = new Intl.DisplayNames(['en'], { type: 'region' })
const joined = (...parts: (string | null)[]) => parts.filter((part) => part !== null && part !== '').join(' ')

/** The newest order of a customer is how the sandbox knows them: customers have no rows of their own. */
export function customerById({ shop }: Context, id: number): Customer | null {
    return [...shop.orders.values()].findLast(({ customer }) => customer?.id === id)?.customer ?? null
}

export const resolvers: Resolvers = {
    Customer: {
        id: (customer: Customer) => gid('Customer', customer.id),
        legacyResourceId: (customer: Customer) => String(customer.id),
        displayName: ({ firstName, lastName, email }: Customer) => joined(firstName, lastName) || (email ?? ''),
        createdAt: (customer: Customer) => isoTime(customer.createdAt),
        updatedAt: (customer: Customer) => isoTime(customer.createdAt),
        defaultEmailAddress: ({ email }: Customer) => email && { emailAddress: email },
        defaultPhoneNumber: ({ phone }: Customer) => phone && { phoneNumber: phone },
        ...{ tags: () => [], note: () => null, state: () => 'DISABLED', locale: () => 'en', verifiedEmail: () => true },
        numberOfOrders: ({ id }: Customer, _: unknown, { shop }: Context) =>
            String([...shop.orders.values()].filter(({ customer }) => customer?.id === id).length),
    },
    MailingAddress: {
        id: (address: MailingAddress) => gid('MailingAddress', address.id),
        name: ({ firstName, lastName }: MailingAddress) => joined(firstName, lastName) || null,
        countryCodeV2: ({ countryCode }: MailingAddress) => countryCode,
        country: ({ countryCode }: MailingAddress) => countryCode && (countries.of(countryCode) ?? null),
        ...{ province: () => null, latitude: () => null, longitude: () => null, coordinatesValidated: () => false },
        formatted: ({ company, address1, address2, city, zip, provinceCode, countryCode }: MailingAddress) =>
            [company, address1, address2, joined(city, provinceCode, zip), countryCode].filter((part) => part),
        formattedArea: ({ city, provinceCode, countryCode }: MailingAddress) => joined(city, provinceCode, countryCode),
    },
}
