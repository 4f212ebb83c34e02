// A link marked `data-replace` takes the place of this page in the browser's history,
// so that Back does not return to it. Without scripts it is an ordinary link.
addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[data-replace]");
  if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.replace(link.href);
});
