// What bundles and answers are made of: a treemap coloured by the difference to the base, and the same as a table.
(() => {
  'use strict';
  const { charts, colour, data, digits, element, button, fontFamily, keepChart, quantity, signed, tooltip } = globalThis.budgetcheckPage;

  // Folders of paths, with chains of single folders as one; what is not a path is a leaf of the root.
  function treeOf(parts) {
    const top = { name: '', folders: new Map(), leaves: [] };
    for (const part of parts) {
      if (part.size <= 0) continue;
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
  function nodesOf(folder, colourOf) {
    const nodes = folder.leaves.map(({ name, part }) => ({ name, value: part.size, part, itemStyle: { color: colourOf(part) } }));
    for (let child of folder.folders.values()) {
      let name = child.name;
      while (!child.leaves.length && child.folders.size === 1) {
        [child] = child.folders.values();
        name += '/' + child.name;
      }
      const inside = nodesOf(child, colourOf);
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
    let place = data.places[0];
    let layer = place.layers[0];
    let all = false;
    let kept = null;
    const groups = [...new Set(data.places.map((p) => p.group))];
    const places = element('select', { 'aria-label': 'Place' });
    const options = (group) => data.places.map((p, i) => [p, i]).filter(([p]) => p.group === group).map(([p, i]) => element('option', { value: i }, p.title));
    if (groups.length === 1) places.append(...options(groups[0]));
    else places.append(...groups.map((group) => element('optgroup', { label: group }, ...options(group))));
    const layers = element('select', { 'aria-label': 'Parts' });
    const total = element('span.status');
    const legend = element('p.legend');
    const treemap = charts ? element('div.treemap', { role: 'img' }) : null;
    const table = element('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Parts' });
    const more = element('p.about');
    places.addEventListener('change', () => { place = data.places[Number(places.value)]; layer = place.layers[0]; all = false; show(); });
    layers.addEventListener('change', () => { layer = place.layers[Number(layers.value)]; all = false; show(); });
    view.append(element('div.tools', null, places, layers, total), legend, ...(treemap ? [treemap] : []), table, more);
    view.hidden = false;

    const partsOf = () => layer.parts.map(([name, size, base, importer]) => ({ name, size, base: base < 0 ? null : base, importer }));
    function colourOf(part) {
      return colour({ new: '--map-new', up: '--map-up', down: '--map-down' }[changeOf(part)] || '--map-same');
    }
    function treemapOptions() {
      const label = { color: colour('--map-text'), fontSize: 12, lineHeight: 16, fontFamily: fontFamily(), textBorderWidth: 0 };
      const border = colour('--card');
      const nodes = nodesOf(treeOf(partsOf()), colourOf);
      if (layer.left) nodes.push({ name: `${layer.left} smaller ones`, value: layer.leftSize, itemStyle: { color: colour('--map-same') } });
      return {
        animation: false,
        tooltip: { ...tooltip(), formatter: ({ treePathInfo, value, data: node }) => {
          const name = node.part ? node.part.name : (treePathInfo || []).slice(1).map((step) => step.name).join('/');
          const lines = [name || place.title, quantity(value, layer.unit)];
          if (node.part) lines.push(changeWords(node.part, layer.unit), node.part.importer ? 'imported by ' + node.part.importer : '');
          return lines.filter(Boolean).join('\n');
        } },
        series: [{
          type: 'treemap', data: nodes, roam: false, left: 0, right: 0, top: 0, bottom: 28, visibleMin: 60, name: place.title, squareRatio: 1.2,
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
      legend.hidden = !treemap && known;
      legend.replaceChildren(...(known ? [['new', 'new'], ['up', 'bigger'], ['same', 'same or unknown'], ['down', 'smaller']].map(([name, word]) => element('span.m-' + name, null, word)) : ['There is no base to compare these parts with, so no colours.']));
      const parts = partsOf();
      const visible = all ? parts : parts.slice(0, SOME);
      // What changed is seen although it is small.
      const rest = all ? [] : parts.slice(SOME).filter((part) => changeOf(part) && changeOf(part) !== 'same').sort((a, b) => Math.abs(b.size - b.base) - Math.abs(a.size - a.base)).slice(0, SOME);
      const row = (part) => element('tr', null, element('td', null, part.name, part.importer ? element('span.sub', null, 'imported by ' + part.importer) : null),
        element('td.num', null, quantity(part.size, layer.unit)), element('td.num', null, layer.total > 0 ? digits(part.size / layer.total * 100) + '%' : ''),
        element('td.num.' + ({ new: 'bad', up: 'bad', down: 'good' }[changeOf(part)] || 'quiet'), null, changeWords(part, layer.unit)));
      table.replaceChildren(element('table', null,
        element('thead', null, element('tr', null, element('th', { scope: 'col' }, 'name'), ...['size', 'share', 'vs. base'].map((name) => element('th.num', { scope: 'col' }, name)))),
        element('tbody', null, ...visible.map(row), ...rest.map(row))));
      const hidden = parts.length - visible.length - rest.length;
      more.replaceChildren(...(hidden > 0 ? [button(`Show ${hidden} more`, () => { all = true; show(); })] : []),
        ...(layer.left ? [` ${layer.left} smaller ones, ${quantity(layer.leftSize, layer.unit)} together, are left out of this file.`] : []));
      if (treemap) {
        treemap.setAttribute('aria-label', `Treemap of ${place.title}, ${layer.words}: ${parts.slice(0, 3).map((part) => `${part.name} ${quantity(part.size, layer.unit)}`).join(', ')}; all are in the table`);
        if (kept) kept.draw();
      }
    }
    show();
    if (treemap) { // drawn when it comes into sight: most readers never scroll that far
      const watch = new IntersectionObserver((seen) => {
        if (!kept && seen.some((one) => one.isIntersecting)) {
          watch.disconnect();
          kept = keepChart(treemap, treemapOptions);
        }
      }, { rootMargin: '300px' });
      watch.observe(treemap);
    }
  }

  const view = document.getElementById('part-view');
  if (view && data.places.length) partView(view);
})();
