/** Where the server of rating pages says its version, so that a page that stayed open knows when it is the older one. */
export const RATE_VERSION_HEADER = 'realign-version'
