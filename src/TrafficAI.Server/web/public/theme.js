// Runs before the first paint, so that a dark room is not lit up.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('trafficai.theme');
  } catch (error) {
    chosen = null;
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
