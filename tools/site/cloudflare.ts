interface Environment {
  /** The built site, by exact addresses. */
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
}

/** Cloudflare’s only way to keep .html in addresses knows no index.html, so that the front page has to be named: see wrangler.jsonc. */
export default {
  fetch(request: Request, { ASSETS }: Environment): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === '/') url.pathname = '/index.html';
    return ASSETS.fetch(new Request(url, request));
  },
};
