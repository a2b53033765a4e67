const laptopPixels = 14;

export type Theme = 'light' | 'dark';

export function theme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Drawings listen to `themechange` on the window. */
export function setTheme(chosen: Theme): void {
  document.documentElement.dataset.theme = chosen;
  localStorage.setItem('trafficai.theme', chosen);
  window.dispatchEvent(new Event('themechange'));
}

/** How large type is, in times of what it is on a laptop: drawings that are no text grow with it. */
export function scale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / laptopPixels;
}

/** A colour of the theme, by the name of its custom property. */
export function colour(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
