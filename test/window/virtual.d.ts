/** The core's own catalogue, which the fake core sends; made by `build/catalogue.mjs`. */
declare module 'virtual:catalogue' {
  export const CATALOGUE: import('../../core/contract/messages/catalogue.ts').Catalogue;
}
