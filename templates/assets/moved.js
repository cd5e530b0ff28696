// On a page that only leads elsewhere: go there at once, to the place that the address names, or else to the page's own.
(() => {
  const to = new URL(document.currentScript.dataset.to, location.href);
  if (location.hash.length > 1) to.hash = location.hash;
  location.replace(to.href);
})();
