// The list of verdicts: searched, filtered, sorted and paged from the data, each with its history when it is opened.
(() => {
  'use strict';
  const { charts, colour, data, element, button, keepChart, openers, printers, quantity, reveal, tooltip } = globalThis.budgetcheckPage;
  const SVG = 'http://www.w3.org/2000/svg';
  const PER_PAGE = 50;
  const PER_PAPER = 300;

  function historyOptions(verdict) {
    const { history, limit, unit } = verdict;
    const last = history.length - 1;
    const name = (i) => (i === last ? 'now' : i === last - 1 ? 'base' : String(i - last + 1));
    const quiet = { color: colour('--quiet'), fontSize: 11 };
    const low = Math.min(...history, limit ?? Infinity);
    const high = Math.max(...history, limit ?? -Infinity);
    const room = (high - low || Math.abs(high) || 1) * 0.1;
    const floor = low >= 0 ? Math.max(0, low - room) : low - room;
    return {
      animation: false,
      grid: { left: 8, right: 16, top: 12, bottom: 4, containLabel: true },
      tooltip: { ...tooltip(), trigger: 'axis', formatter: (points) => `${points[0].name}: ${quantity(points[0].value, unit)}` },
      xAxis: { type: 'category', data: history.map((_, i) => name(i)), boundaryGap: false, axisLabel: quiet, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('--edge') } } },
      yAxis: { type: 'value', min: floor, max: high + room, splitNumber: 3, axisLabel: { ...quiet, showMinLabel: floor === 0, showMaxLabel: false, formatter: (value) => quantity(value, unit) }, splitLine: { lineStyle: { color: colour('--soft') } } },
      series: [
        { type: 'line', data: history, symbolSize: 6, color: colour('--line'), lineStyle: { width: 2 } },
        ...(limit === null ? [] : [{ type: 'line', data: history.map(() => limit), symbol: 'none', silent: true, color: colour('--limit'), lineStyle: { type: 'dashed', width: 1.5 }, tooltip: { show: false } }]),
      ],
    };
  }

  const text = (number) => data.texts[number || 0];
  const verdicts = data.verdicts.map((v, index) => {
    const mark = text(v[0]);
    const space = mark.indexOf(' ');
    const metric = text(v[2]);
    return {
      index, kind: mark.slice(0, space), status: mark.slice(space + 1), budget: v[1], metric, subject: metric + v[3],
      value: v[4], base: v[5], delta: v[6], trend: text(v[7]), limitWords: text(v[8]), headroom: v[9], usage: v[10], worse: v[11],
      message: text(v[12]), step: text(v[13]), why: text(v[14]), owner: text(v[15]), place: text(v[16]) + v[17],
      measured: text(v[18]) + v[19], interval: text(v[20]), causes: v[21] || [], bars: v[22] || [], links: v[23] || [],
      history: v[24] || null, limit: v[25] ?? null, unit: v[26] || '',
    };
  });
  for (const v of verdicts) v.search = [v.budget, v.subject, v.status, v.owner, v.message].join('\n').toLowerCase();

  const state = { text: '', kinds: new Set(), metric: '', sort: 'worst', down: true, page: 0 };
  // The direction that one wants to see first, and the number that it sorts by.
  const SORTS = {
    worst: { label: 'status', down: true, by: (v) => -v.index },
    name: { label: 'budget', down: false, by: (v) => v.budget.toLowerCase() },
    change: { label: 'change', down: true, by: (v) => v.worse ?? -Infinity },
    usage: { label: 'use of the limit', down: true, by: (v) => v.usage ?? -Infinity },
  };

  function bar(...rects) {
    const svg = document.createElementNS(SVG, 'svg');
    for (const [name, value] of [['class', 'bar'], ['viewBox', '0 0 100 8'], ['preserveAspectRatio', 'none'], ['aria-hidden', 'true']]) svg.setAttribute(name, value);
    for (const [name, x, width] of [['track', 0, 100], ...rects]) {
      const rect = document.createElementNS(SVG, 'rect');
      rect.setAttribute('class', name);
      rect.setAttribute('x', x);
      rect.setAttribute('width', width);
      rect.setAttribute('height', 8);
      svg.append(rect);
    }
    return svg;
  }
  const usageBar = (v) => (v.usage === null ? null : bar(['fill', 0, Math.min(v.usage * 80, 100)], ['mark', 79.4, 1.2]));
  // The base's number and this one's.
  function beside(v) {
    if (!v.bars.length) return null;
    const [base, now, limit] = v.bars;
    const mark = limit < 0 ? [] : [['mark', Math.min(limit - 0.6, 98.8), 1.2]];
    return element('div.beside', null, element('span', null, 'base'), bar(['was', 0, base], ...mark), element('span.num', null, v.base),
      element('span', null, 'now'), bar(['fill', 0, now], ...mark), element('span.num', null, v.value));
  }
  function see(v) {
    const links = [];
    for (let i = 0; i < v.links.length; i += 2) links.push(element('a', { href: '#' + text(v.links[i]) }, text(v.links[i + 1])));
    return links.length ? element('p.see', null, ...links) : null;
  }
  function body(v) {
    const line = (name, value, code) => (value ? element('div', null, element('dt', null, name), element('dd', null, code ? element('code', null, value) : value)) : null);
    const left = element('div', null,
      v.message && element('p', null, v.message),
      v.step && element('p.do', null, element('b', null, 'Fix'), ' ', v.step),
      v.causes.length ? element('h3', null, 'Why it differs from the base') : null,
      v.causes.length ? element('ul', null, ...v.causes.map((cause) => element('li', null, cause))) : null,
      beside(v), see(v));
    const right = element('dl', null, line('Why', v.why), line('Owner', v.owner), line('Shift', v.interval),
      line('Budget', v.place, true), line('Measured in', v.measured, true),
      v.index >= data.histories && v.base ? line('History', `left out of this file, which has that of the worst ${data.histories}`) : null,
      v.history && !charts ? line('History', v.history.map((value) => quantity(value, v.unit)).join(', ')) : null);
    const chart = v.history && charts ? element('div.chart', { role: 'img', 'aria-label': `${v.history.length} values up to this change: ${v.history.map((value) => quantity(value, v.unit)).join(', ')}` }) : null;
    return element('div.body', null, left, right, chart);
  }
  function rowOf(v) {
    const cell = (label, value, trend) => element('span.num' + (trend ? '.' + trend : ''), null, ...(value ? [element('i', null, label + ' '), value] : []));
    const row = element('details.row.' + v.kind, { id: 'v' + v.index },
      element('summary', null,
        element('span.pill.' + v.kind, null, v.status.toLowerCase()),
        element('span.name', null, element('b', null, v.budget), ' ', element('span.sub', null, v.subject)),
        element('span.nums', null, cell('now', v.value), cell('base', v.base), cell('change', v.delta, v.trend), cell('limit', v.limitWords)),
        element('span.room', null, usageBar(v), element('span', null, v.headroom))));
    row.fill = () => {
      if (row.children.length > 1) return;
      row.append(body(v));
      const place = row.querySelector('.chart');
      if (place) charted.push(keepChart(place, () => historyOptions(v)));
    };
    row.addEventListener('toggle', () => { if (row.open) row.fill(); });
    return row;
  }

  const rows = document.getElementById('verdict-rows');
  const pager = document.getElementById('verdict-pager');
  let charted = [];
  let shown = [];
  let count = null;
  const printed = element('p.about.printed');
  function select() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const sort = SORTS[state.sort];
    shown = verdicts.filter((v) => (!state.kinds.size || state.kinds.has(v.kind)) && (!state.metric || v.metric === state.metric) && words.every((word) => v.search.includes(word)));
    const sign = state.down ? -1 : 1;
    shown = shown.map((v) => [sort.by(v), v]).sort(([a, v], [b, w]) => (a < b ? -sign : a > b ? sign : v.index - w.index)).map(([, v]) => v);
  }
  let perPage = PER_PAGE;
  function list() {
    for (const chart of charted) chart.end();
    charted = [];
    const pages = Math.max(1, Math.ceil(shown.length / perPage));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * perPage;
    const part = shown.slice(first, first + perPage);
    rows.replaceChildren(...(part.length ? part.map(rowOf) : [element('p.row.head', null, 'No budget matches.')]));
    const words = shown.length === verdicts.length ? `${verdicts.length} results` : `${shown.length} of ${verdicts.length} results`;
    count.textContent = words;
    pager.hidden = pages === 1;
    const turn = (to) => () => { state.page = to; list(); document.getElementById('verdicts').scrollIntoView(); };
    const back = button('Previous', turn(state.page - 1));
    const on = button('Next', turn(state.page + 1));
    back.disabled = state.page === 0;
    on.disabled = state.page === pages - 1;
    printed.textContent = pages === 1 ? '' : `Printed are ${part.length} of ${shown.length}; search or filter to print others.`;
    pager.replaceChildren(back, element('span.status', null, `${first + 1} to ${first + part.length} of ${shown.length}`), on);
  }
  function update() { state.page = 0; select(); list(); }
  // Opens verdict `index`, whatever is filtered or on which page.
  function openVerdict(index) {
    let at = shown.findIndex((v) => v.index === index);
    if (at < 0 && verdicts[index]) {
      state.text = state.metric = '';
      state.kinds.clear();
      showControls();
      select();
      at = shown.findIndex((v) => v.index === index);
    }
    if (at < 0) return;
    const page = Math.floor(at / perPage);
    if (page !== state.page || !document.getElementById('v' + index)) { state.page = page; list(); }
    const row = document.getElementById('v' + index);
    reveal(row);
  }
  let showControls = () => {};
  if (rows) {
    const tools = document.getElementById('verdict-tools');
    const search = element('input', { type: 'search', placeholder: 'Search budgets ( / )', 'aria-label': 'Search budgets' });
    search.addEventListener('input', () => { state.text = search.value; update(); });
    const kinds = new Map();
    for (const v of verdicts) kinds.set(v.kind, (kinds.get(v.kind) || 0) + 1);
    const chips = [...kinds].map(([kind, many]) => {
      const word = verdicts.find((v) => v.kind === kind).status.toLowerCase();
      const chip = button(`${word} ${many}`, () => {
        if (!state.kinds.delete(kind)) state.kinds.add(kind);
        showControls();
        update();
      }, { class: kind, 'aria-pressed': 'false' });
      chip.kind = kind;
      return chip;
    });
    const metrics = [...new Set(verdicts.map((v) => v.metric).filter(Boolean))].sort();
    const metric = element('select', { 'aria-label': 'Metric' }, element('option', { value: '' }, 'All metrics'), ...metrics.map((name) => element('option', { value: name }, name)));
    metric.addEventListener('change', () => { state.metric = metric.value; update(); });
    const sort = element('select', { 'aria-label': 'Sort by' }, ...Object.entries(SORTS).map(([name, { label }]) => element('option', { value: name }, 'Sort by ' + label)));
    sort.addEventListener('change', () => sortBy(sort.value));
    function sortBy(name) {
      state.down = state.sort === name ? !state.down : SORTS[name].down;
      state.sort = name;
      showControls();
      update();
    }
    const unfold = button('Open all', () => {
      const open = !rows.querySelector('details[open]');
      for (const row of rows.querySelectorAll('details')) row.open = open;
    });
    rows.addEventListener('toggle', () => { unfold.textContent = rows.querySelector('details[open]') ? 'Close all' : 'Open all'; }, true);
    count = element('span.status', { role: 'status' });
    tools.append(search, metric, sort, unfold, element('div.chips', { role: 'group', 'aria-label': 'Show only' }, ...chips), count);
    tools.hidden = false;

    const head = document.getElementById('verdict-head');
    head.removeAttribute('aria-hidden');
    const columns = { status: 'worst', budget: 'name', change: 'change', 'use of the limit': 'usage' };
    const heads = [];
    for (const cell of head.children) {
      const name = columns[cell.textContent];
      if (name) {
        const made = button(cell.textContent, () => sortBy(name), { 'aria-pressed': 'false' });
        made.sort = name;
        heads.push(made);
        cell.replaceChildren(made);
      }
    }
    showControls = () => {
      search.value = state.text;
      metric.value = state.metric;
      sort.value = state.sort;
      for (const chip of chips) chip.setAttribute('aria-pressed', String(state.kinds.has(chip.kind)));
      for (const made of heads) {
        const here = made.sort === state.sort;
        made.setAttribute('aria-pressed', String(here));
        made.textContent = SORTS[made.sort].label + (here ? (state.down ? ' \u2193' : ' \u2191') : '');
      }
    };
    document.addEventListener('keydown', (event) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.focus();
      }
    });
    pager.after(printed);
    showControls();
    update();
    openers.push([/^v(\d+)$/, openVerdict]);
    let page = 0;
    printers.push({
      before() {
        page = state.page;
        state.page = 0;
        perPage = PER_PAPER;
        list();
        for (const row of rows.querySelectorAll('details')) row.fill();
      },
      after() {
        state.page = page;
        perPage = PER_PAGE;
        list();
      },
    });
  }
})();
