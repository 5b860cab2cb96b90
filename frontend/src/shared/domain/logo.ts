/** Where the company's logo is; under its version a browser keeps it for good. */
export const logoUrl = (version: string): string => `/api/v1/settings/logo?v=${version}`;
