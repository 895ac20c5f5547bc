// Runs before the first paint: a reader who once chose a theme never sees the other one flash by.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden here: the system’s theme stands.
}
