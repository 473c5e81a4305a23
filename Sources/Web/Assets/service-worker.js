// Shows a page in our own words when the server can't be reached. It keeps nothing else: pages hold what only their
// reader may see.
const cacheName = 'offline';

addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      const page = await fetch('/offline');
      const style = (await page.clone().text()).match(/href="(\/assets\/throughline-[^"]+\.css)"/)?.[1];
      await cache.put('/offline', page);
      if (style) await cache.add(style);
      skipWaiting();
    })(),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match('/offline')));
  } else if (request.destination === 'style') {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
