// Installs the worker that keeps the pages of places for the time without a network. Where that fails, nothing is kept.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
