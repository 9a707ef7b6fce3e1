// What bundles and answers are made of: a treemap coloured by the difference to the base, and the same as a table.
(() => {
  'use strict';
  const { charts, colour, data, digits, element, button, fontFamily, keepChart, openers, printers, quantity, signed, tooltip } = globalThis.budgetcheckPage;

  // Folders of paths, with chains of single folders as one; what is not a path is a leaf of the root.
  function treeOf(parts, area) {
    const top = { name: '', folders: new Map(), leaves: [] };
    for (const part of parts) {
      if (!(area(part) > 0)) continue;
      let folder = top;
      const path = part.name.replace(/^\.\//, '').split('/').filter(Boolean);
      const scoped = path.length === 2 && path[0][0] === '@'; // a package's name, not a folder
      for (const name of scoped ? [] : path.slice(0, -1)) {
        if (!folder.folders.has(name)) folder.folders.set(name, { name, folders: new Map(), leaves: [] });
        folder = folder.folders.get(name);
      }
      folder.leaves.push({ name: scoped ? part.name : path[path.length - 1] || part.name, part });
    }
    return top;
  }
  function nodesOf(folder, area, colourOf) {
    const nodes = folder.leaves.map(({ name, part }) => ({ name, value: area(part), part, itemStyle: { color: colourOf(part) } }));
    for (let child of folder.folders.values()) {
      let name = child.name;
      while (!child.leaves.length && child.folders.size === 1) {
        [child] = child.folders.values();
        name += '/' + child.name;
      }
      const inside = nodesOf(child, area, colourOf);
      if (inside.length === 1 && !inside[0].children) nodes.push({ ...inside[0], name: name + '/' + inside[0].name });
      else {
        // Seen where the folder is too small to show what is in it.
        const parts = inside.flatMap((node) => node.parts || [node.part]);
        const whole = { size: parts.reduce((sum, part) => sum + part.size, 0), base: parts.some((part) => part.base === null) ? null : parts.reduce((sum, part) => sum + part.base, 0) };
        nodes.push({ name, children: inside, parts, itemStyle: { color: colourOf(whole) } });
      }
    }
    return nodes;
  }
  // new, up, same or down; nothing where the base is not known.
  function changeOf(part) {
    if (part.base === null) return '';
    const delta = part.size - part.base;
    return Math.abs(delta) < 1 ? 'same' : part.base === 0 ? 'new' : delta > 0 ? 'up' : 'down';
  }
  function changeWords(part, unit) {
    const change = changeOf(part);
    if (!change) return '';
    if (change === 'same') return 'same';
    const delta = signed(part.size - part.base, unit);
    return part.base === 0 ? `${delta} (new)` : part.size === 0 ? `${delta} (gone)` : `${delta} (${(part.size - part.base > 0 ? '+' : '') + digits((part.size - part.base) / part.base * 100)}%)`;
  }

  function partView(view) {
    const SOME = 25;
    const BELOW = 28; // pixels below a picture, for the way back
    let place = data.places[0];
    let layer = place.layers[0];
    let all = false;
    const groups = [...new Set(data.places.map((p) => p.group))];
    const places = element('select', { 'aria-label': 'Place' });
    const options = (group) => data.places.map((p, i) => [p, i]).filter(([p]) => p.group === group).map(([p, i]) => element('option', { value: i }, p.title));
    if (groups.length === 1) places.append(...options(groups[0]));
    else places.append(...groups.map((group) => element('optgroup', { label: group }, ...options(group))));
    const layers = element('select', { 'aria-label': 'Parts' });
    const total = element('span.status');
    const legend = element('p.legend');
    // The base's picture and this one's, on one scale.
    const maps = !charts ? [] : ['base', 'now'].map((side) => {
      const one = { side, kept: null, caption: element('figcaption'), place: element('div.treemap', { role: 'img' }) };
      one.figure = element('figure', null, one.caption, one.place);
      one.area = (part) => (side === 'base' ? part.base || 0 : part.size);
      return one;
    });
    const table = element('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Parts' });
    const more = element('p.about');
    places.addEventListener('change', () => { place = data.places[Number(places.value)]; layer = place.layers[0]; all = false; show(); });
    layers.addEventListener('change', () => { layer = place.layers[Number(layers.value)]; all = false; show(); });
    view.append(element('div.tools', null, places, layers, total), legend, ...(charts ? [element('div.maps', null, ...maps.map((one) => one.figure))] : []), table, more);
    view.hidden = false;

    const partsOf = () => layer.parts.map(([name, size, base, importer]) => ({ name, size, base: base < 0 ? null : base, importer }));
    function colourOf(part) {
      return colour({ new: '--map-new', up: '--map-up', down: '--map-down' }[changeOf(part)] || '--map-same');
    }
    function treemapOptions(map) {
      const label = { color: colour('--map-text'), fontSize: 12, lineHeight: 16, fontFamily: fontFamily(), textBorderWidth: 0 };
      const border = colour('--card');
      const nodes = nodesOf(treeOf(partsOf(), map.area), map.area, colourOf);
      const rest = map.side === 'base' ? layer.base - partsOf().reduce((sum, part) => sum + map.area(part), 0) : layer.left ? layer.leftSize : 0;
      if (rest >= 1) nodes.push({ name: map.side === 'base' ? 'others' : `${layer.left} smaller ones`, value: rest, itemStyle: { color: colour('--map-same') } });
      return {
        animation: false,
        tooltip: { ...tooltip(), formatter: ({ treePathInfo, value, data: node }) => {
          const name = node.part ? node.part.name : (treePathInfo || []).slice(1).map((step) => step.name).join('/');
          const lines = [name || place.title, quantity(value, layer.unit)];
          if (node.part) lines.push(changeWords(node.part, layer.unit), node.part.importer ? 'imported by ' + node.part.importer : '');
          return lines.filter(Boolean).join('\n');
        } },
        series: [{
          type: 'treemap', data: nodes, roam: false, left: 0, right: 0, top: 0, bottom: BELOW, visibleMin: 60, name: place.title, squareRatio: 1.2, leafDepth: 99, drillDownIcon: '',
          breadcrumb: { bottom: 0, height: 22, itemStyle: { color: colour('--soft'), borderColor: colour('--edge'), textStyle: { color: colour('--text') } }, emphasis: { itemStyle: { color: colour('--edge'), textStyle: { color: colour('--text') } } } },
          label: { ...label, position: 'insideTopLeft', padding: [2, 2], formatter: ({ name, value }) => `${name}\n${quantity(value, layer.unit)}`, overflow: 'truncate', ellipsis: '…' },
          upperLabel: { ...label, show: true, height: 20, color: colour('--quiet'), formatter: ({ name, value }) => `${name}  ${quantity(value, layer.unit)}` },
          itemStyle: { borderColor: border, borderWidth: 1, gapWidth: 1 },
          emphasis: { label: { color: colour('--map-text') }, upperLabel: { color: colour('--text') }, itemStyle: { borderColor: colour('--accent') } },
          levels: [{ upperLabel: { show: false }, itemStyle: { borderWidth: 0, gapWidth: 3 } }, { itemStyle: { borderColor: colour('--soft'), borderWidth: 3, gapWidth: 1 } }, { itemStyle: { borderColor: colour('--soft'), borderWidth: 2, gapWidth: 1 } }],
        }],
      };
    }
    function show() {
      places.value = data.places.indexOf(place);
      layers.replaceChildren(...place.layers.map((one, i) => element('option', { value: i }, one.words)));
      layers.value = place.layers.indexOf(layer);
      layers.hidden = place.layers.length === 1 && groups.length === 1;
      const known = layer.base !== undefined;
      total.textContent = quantity(layer.total, layer.unit) + (known ? `, ${Math.abs(layer.total - layer.base) < 1 ? 'same as' : signed(layer.total - layer.base, layer.unit) + ' against'} the base` : '');
      legend.hidden = !charts && known;
      legend.replaceChildren(...(known ? [['new', 'new'], ['up', 'bigger'], ['same', 'same or unknown'], ['down', 'smaller or gone']].map(([name, word]) => element('span.m-' + name, null, word)) : ['There is no base to compare these parts with, so no colours.']));
      const parts = partsOf();
      const visible = all ? parts : parts.slice(0, SOME);
      // What changed is seen although it is small.
      const rest = all ? [] : parts.slice(SOME).filter((part) => changeOf(part) && changeOf(part) !== 'same').sort((a, b) => Math.abs(b.size - b.base) - Math.abs(a.size - a.base)).slice(0, SOME);
      const cells = (part) => [...(known ? [['num', part.base === null ? '' : quantity(part.base, layer.unit)]] : []), ['num', quantity(part.size, layer.unit)],
        ['num.share', layer.total > 0 ? digits(part.size / layer.total * 100) + '%' : ''],
        ...(known ? [['num.' + ({ new: 'bad', up: 'bad', down: 'good' }[changeOf(part)] || 'quiet'), changeWords(part, layer.unit)]] : [])];
      const row = (part) => element('tr', null, element('td', null, part.name, part.importer ? element('span.sub', null, 'imported by ' + part.importer) : null),
        ...cells(part).map(([name, words]) => element('td.' + name, null, words)));
      const heads = [...(known ? [['num', 'base']] : []), ['num', 'now'], ['num.share', 'share'], ...(known ? [['num', 'vs. base']] : [])];
      table.replaceChildren(element('table', null,
        element('thead', null, element('tr', null, element('th', { scope: 'col' }, 'name'), ...heads.map(([name, words]) => element('th.' + name, { scope: 'col' }, words)))),
        element('tbody', null, ...visible.map(row), ...rest.map(row))));
      const hidden = parts.length - visible.length - rest.length;
      more.replaceChildren(...(hidden > 0 ? [button(`Show ${hidden} more`, () => { all = true; show(); })] : []),
        ...(layer.left ? [` ${layer.left} smaller ones, ${quantity(layer.leftSize, layer.unit)} together, are left out of this file.`] : []));
      for (const map of maps) {
        const sum = map.side === 'base' ? layer.base : layer.total;
        const most = Math.max(layer.total, known ? layer.base : 0);
        const biggest = [...parts].sort((a, b) => map.area(b) - map.area(a)).slice(0, 3).filter((part) => map.area(part) > 0);
        map.figure.hidden = map.side === 'base' && !known;
        map.caption.hidden = !known;
        map.caption.textContent = known ? `${map.side === 'base' ? 'Base' : 'Now'}: ${quantity(sum, layer.unit)}` : '';
        map.place.style.height = known && most > 0 ? `calc((var(--map-height) - ${BELOW}px) * ${Math.max(sum / most, 0.12).toFixed(3)} + ${BELOW}px)` : '';
        map.place.setAttribute('aria-label', `Treemap of ${place.title}${known ? (map.side === 'base' ? ' at the base' : ' now') : ''}, ${layer.words}: ${biggest.map((part) => `${part.name} ${quantity(map.area(part), layer.unit)}`).join(', ')}; all are in the table`);
        if (map.kept) map.kept.draw();
      }
    }
    show();
    const drawn = (map) => { if (!map.kept && !map.figure.hidden) map.kept = keepChart(map.place, () => treemapOptions(map)); };
    if (charts) { // drawn when they come into sight: most readers never scroll that far
      const watch = new IntersectionObserver((seen) => {
        for (const one of seen) if (one.isIntersecting) drawn(maps.find((map) => map.place === one.target));
      }, { rootMargin: '300px' });
      for (const map of maps) watch.observe(map.place);
    }
    openers.push([/^p(\d+)$/, (index) => {
      if (!data.places[index]) return;
      place = data.places[index];
      layer = place.layers[0];
      all = false;
      show();
      view.scrollIntoView({ block: 'start' });
      places.focus({ preventScroll: true });
    }]);
    printers.push({ before() { for (const map of maps) drawn(map); }, after() {} });
  }

  const view = document.getElementById('part-view');
  if (view && data.places.length) partView(view);
})();
