// What the report's scripts share: making elements, numbers, the theme, charts. Without scripts the page can be read all the
// same. Text goes into the page as text only, never as markup.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  root.classList.add('js');

  // element('p.quiet', { id: 'x' }, child, 'text'): a tag with classes, attributes and children; null children are left out.
  function element(spec, attributes, ...children) {
    const [tag, ...classes] = spec.split('.');
    const made = document.createElement(tag);
    if (classes.length) made.className = classes.filter(Boolean).join(' ');
    for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
    for (const child of children) if (child !== null && child !== undefined && child !== '') made.append(child);
    return made;
  }
  function button(text, action, attributes) {
    const made = element('button', { type: 'button', ...attributes }, text);
    made.addEventListener('click', action);
    return made;
  }

  // --- numbers, as the program writes them ---
  const digits = (value, most = 1) => String(Number(value.toFixed(most)));
  function quantity(value, unit) {
    const size = Math.abs(value);
    if (unit === 'B') {
      return size >= 1e6 ? digits(value / 1e6, 2) + ' MB' : size >= 1e3 ? digits(value / 1e3) + ' kB' : digits(value, 0) + ' B';
    }
    if (unit === 'ms') return size >= 1000 ? digits(value / 1000, 2) + ' s' : digits(value) + ' ms';
    return unit === 'ratio' ? digits(value * 100) + '%' : digits(value, 3);
  }
  const signed = (value, unit) => (value > 0 ? '+' : '') + quantity(value, unit);

  // --- theme ---
  const drawn = new Set(); // functions that redraw
  function redraw() {
    for (const draw of drawn) draw();
  }
  const themeButton = document.getElementById('theme');
  const THEMES = ['auto', 'light', 'dark'];
  function remembered(value) {
    try { // storage may be forbidden for files
      if (value === undefined) return localStorage.getItem('budgetcheck-theme');
      localStorage.setItem('budgetcheck-theme', value);
    } catch { /* then the choice lasts as long as the page */ }
    return null;
  }
  function setTheme(theme) {
    if (theme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = theme;
    themeButton.textContent = 'Theme: ' + theme;
    themeButton.value = theme;
    redraw();
  }
  themeButton.hidden = false;
  themeButton.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(themeButton.value) + 1) % THEMES.length];
    remembered(next);
    setTheme(next);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  const stored = remembered();
  setTheme(THEMES.includes(stored) ? stored : 'auto');
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  // --- charts ---
  const charts = globalThis.budgetcheckCharts;
  const fontFamily = () => getComputedStyle(document.body).fontFamily;
  // Keeps one chart in `place`: draws it now, and again when the size or the theme changes.
  function keepChart(place, options) {
    const chart = charts.init(place, null, { renderer: 'svg' });
    const draw = () => chart.setOption(options(), true);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(place);
    drawn.add(draw);
    draw();
    return {
      chart, draw,
      end() { drawn.delete(draw); watch.disconnect(); chart.dispose(); },
    };
  }
  const tooltip = () => ({
    renderMode: 'richText', confine: true, backgroundColor: colour('--card'), borderColor: colour('--edge'),
    textStyle: { color: colour('--text'), fontSize: 12, fontFamily: fontFamily() },
  });

  // --- links to a place of the page ---
  const openers = []; // [pattern of the hash, what opens that place]: for places that scripts make
  function reveal(place) {
    for (let up = place; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    place.scrollIntoView({ block: place.tagName === 'TR' ? 'center' : 'start' });
    (place.tagName === 'DETAILS' ? place.firstElementChild : place).focus({ preventScroll: true });
  }
  function followHash() {
    const id = location.hash.slice(1);
    for (const [pattern, open] of openers) {
      const found = pattern.exec(id);
      if (found) { open(Number(found[1])); return; }
    }
    const place = /^[fqr]\d[\d-]*$/.test(id) && document.getElementById(id);
    if (place) reveal(place);
  }
  addEventListener('hashchange', followHash);
  // A link to where one is already changes no hash, and shall open it all the same.
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute('href') === location.hash) setTimeout(followHash);
  });
  document.addEventListener('DOMContentLoaded', () => { if (location.hash) followHash(); });

  // --- paper: everything is open, and light ---
  const printers = []; // { before, after }: what scripts list for paper
  let folded = [];
  let screenTheme;
  addEventListener('beforeprint', () => {
    screenTheme = root.dataset.theme;
    root.dataset.theme = 'light';
    for (const one of printers) one.before();
    folded = [...document.querySelectorAll('details:not([open])')];
    for (const one of folded) one.open = true;
    redraw();
    // Drawn for the screen's width, they are scaled to that of the paper.
    for (const svg of document.querySelectorAll('.treemap svg, .chart svg')) {
      if (svg.hasAttribute('width')) svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
    }
  });
  addEventListener('afterprint', () => {
    if (screenTheme === undefined) delete root.dataset.theme;
    else root.dataset.theme = screenTheme;
    for (const one of folded) one.open = false;
    folded = [];
    for (const one of printers) one.after();
    for (const svg of document.querySelectorAll('.treemap svg, .chart svg')) svg.removeAttribute('viewBox');
    redraw();
  });

  globalThis.budgetcheckPage = { charts, colour, data, digits, element, button, fontFamily, keepChart, openers, printers, quantity, reveal, signed, tooltip };
})();
