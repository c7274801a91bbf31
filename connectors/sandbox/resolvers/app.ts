import { isoOf } from '../clock.ts'
import type { Context, Resolvers } from '../context.ts'
import { gid } from '../shop/gids.ts'
import type { Shop } from '../shop/state.ts'
import { scopesOf } from '../tokens.ts'

/** What a plan's name says of it in `Shop.plan`. */
function planOf(shop: Shop) {
    return {
        displayName: shop.plan,
        publicDisplayName: shop.plan,
        partnerDevelopment: /development/i.test(shop.plan),
        shopifyPlus: /plus/i.test(shop.plan),
    }
}

function installation(_source: unknown, _args: unknown, context: Context) {
    return {
        id: gid('AppInstallation', context.shop.id),
        launchUrl: `${context.origin}/admin/apps/sandbox`,
        accessScopes: scopesOf(context.token).map((handle) => ({ handle, description: handle.replace('_', ' ') })),
        app: {
            id: gid('App', context.shop.id),
            title: 'Sandbox app',
            handle: 'sandbox-app',
            apiKey: context.shop.clientId ?? '',
        },
    }
}

export const resolvers: Resolvers = {
    QueryRoot: {
        shop: (_source, _args, context) => context.shop,
        currentAppInstallation: installation,
        appInstallation: installation,
        publicApiVersions: (_source, _args, context) => [
            { handle: context.apiVersion, displayName: context.apiVersion, supported: true },
        ],
    },
    Shop: {
        id: (shop: Shop) => gid('Shop', shop.id),
        myshopifyDomain: (shop: Shop) => shop.domain,
        currencyCode: (shop: Shop) => shop.currency,
        enabledPresentmentCurrencies: (shop: Shop) => [shop.currency],
        ianaTimezone: (shop: Shop) => shop.zone,
        timezoneAbbreviation: () => 'UTC',
        contactEmail: (shop: Shop) => shop.email,
        url: (shop: Shop) => `https://${shop.domain}`,
        primaryDomain: (shop: Shop) => ({
            id: gid('Domain', shop.id),
            host: shop.domain,
            url: `https://${shop.domain}`,
            sslEnabled: true,
        }),
        plan: planOf,
        createdAt: (shop: Shop) => isoOf(shop.createdAt),
        updatedAt: (shop: Shop) => isoOf(shop.createdAt),
        weightUnit: () => 'KILOGRAMS',
        unitSystem: () => 'METRIC_SYSTEM',
        taxesIncluded: () => false,
        setupRequired: () => false,
        checkoutApiSupported: () => true,
    },
}
