// Images that change while their addresses stay, as those of `static/` do. Styles, scripts and the images of
// content carry a fingerprint in their names, so the page itself changes with them.

const MAX_WATCHED = 60;
const known = new Map();

const pathOf = (address) => {
  const url = new URL(address, location);
  return url.origin === location.origin ? url.pathname : null;
};

const images = () => [...document.images].filter((image) => image.getAttribute('src'));

/** The paths on this server of the images that the page shows. */
export function watchedImages() {
  return [...new Set(images().map((image) => pathOf(image.src)).filter(Boolean))].slice(0, MAX_WATCHED);
}

/** Takes the versions that stand now, and fetches anew what has another one than before. */
export async function refreshImages(versions) {
  const changed = new Set();
  for (const [path, version] of Object.entries(versions)) {
    if (known.has(path) && known.get(path) !== version) changed.add(path);
    known.set(path, version);
  }
  for (const image of images()) {
    if (!changed.has(pathOf(image.src))) continue;
    await fetch(image.src, { cache: 'reload' });
    // Set to the same address once more, an image is loaded once more.
    const src = image.getAttribute('src');
    image.removeAttribute('src');
    image.setAttribute('src', src);
  }
}
