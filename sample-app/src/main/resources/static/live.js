// Keeps the page as it is now: asks for /live every second, writes the texts into the elements with data-live, and draws.
'use strict';

const SPAN = 60_000;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const $ = (id) => document.getElementById(id);

let instance;
let lastQuery = 0;
let lastEvent = 0;
let lastWindow = 0;
let queries = [];

async function poll() {
  try {
    const response = await fetch(`live?after=${lastQuery}`);
    if (!response.ok) {
      throw new Error(response.statusText);
    }
    show(await response.json());
    setText($('connection'), '');
  }
  catch (problem) {
    setText($('connection'), 'The application does not answer. Trying again.');
  }
  setTimeout(poll, 1000);
}

function show(live) {
  if (instance !== undefined && instance !== live.instance) {
    location.reload();
  }
  instance = live.instance;
  const now = Date.parse(live.now);
  const marks = live.marks.map((mark) => ({ ...mark, from: Date.parse(mark.from), to: Date.parse(mark.to) }));
  for (const query of live.queries) {
    lastQuery = query.number;
    queries.push({ ...query, time: Date.parse(query.time) });
  }
  queries = queries.filter((query) => query.time > now - 2 * SPAN);
  document.querySelectorAll('[data-live]').forEach((place) => setText(place, live.texts[place.dataset.live] ?? ''));
  $('failed').classList.toggle('problem', live.texts['load.failed'] !== '0');
  $('rotate').setAttribute('aria-disabled', live.rotating);
  showEvents(live.events);
  draw(now, marks);
  tabulate(now, marks);
}

// Only what differs, so that nobody's selection is lost and nothing is read aloud twice
function setText(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
    if (place.classList.contains('flash') && !calm.matches) {
      place.animate([{ backgroundColor: 'var(--gap)' }, { backgroundColor: 'transparent' }], 3000);
    }
  }
}

function showEvents(events) {
  const log = $('log');
  if (lastEvent === 0) {
    log.replaceChildren();
  }
  for (const event of events.filter((event) => event.number > lastEvent).reverse()) {
    const time = element('time', new Date(event.time).toLocaleTimeString('en-GB'));
    time.dateTime = event.time;
    const item = element('li');
    item.append(time, ' ' + event.text);
    log.prepend(item);
    lastEvent = event.number;
  }
  while (log.children.length > 20) {
    log.lastElementChild.remove();
  }
}

function element(name, text = '') {
  const created = document.createElement(name);
  created.textContent = text;
  return created;
}

function draw(now, marks) {
  const plot = $('plot');
  const { clientWidth: width, clientHeight: height } = plot;
  const left = 54;
  const top = 22;
  const bottom = height - 24;
  const shown = queries.filter((query) => query.time > now - SPAN);
  const decades = Math.max(3, Math.ceil(Math.log10(Math.max(1, ...shown.map((query) => query.millis)))) + 1);
  const x = (time) => left + (width - left - 8) * (1 - Math.min(SPAN, now - time) / SPAN);
  // Logarithmic, from 0.1 ms
  const y = (millis) => bottom - (bottom - top) * (Math.log10(Math.max(0.1, millis)) + 1) / decades;
  const parts = [];
  for (const mark of marks.filter((mark) => mark.to > now - SPAN)) {
    const from = x(mark.from);
    if (mark.to > mark.from) {
      parts.push(svg('rect', { class: 'gap', x: from, y: top, width: x(mark.to) - from, height: bottom - top }));
    }
    else {
      parts.push(svg('line', { class: 'mark', x1: from, x2: from, y1: top, y2: bottom }));
      parts.push(svg('text', { x: from, y: top - 6, 'text-anchor': from > width - 80 ? 'end' : 'middle' }, mark.secretId));
    }
  }
  for (let decade = 0; decade <= decades; decade++) {
    const millis = 10 ** (decade - 1);
    parts.push(svg('line', { class: 'grid', x1: left, x2: width, y1: y(millis), y2: y(millis) }));
    parts.push(svg('text', { x: left - 6, y: y(millis) + 4, 'text-anchor': 'end' },
      millis < 1000 ? `${millis} ms` : `${millis / 1000} s`));
  }
  for (const seconds of [60, 45, 30, 15, 0]) {
    const anchor = seconds === 0 ? 'end' : seconds === 60 ? 'start' : 'middle';
    parts.push(svg('text', { x: x(now - seconds * 1000), y: height - 6, 'text-anchor': anchor },
      seconds === 0 ? 'now' : `−${seconds} s`));
  }
  const dot = (query) => `M${x(query.time).toFixed(1)} ${y(query.millis).toFixed(1)}`;
  parts.push(svg('path', { class: 'served', d: shown.filter((query) => query.served).map((query) => dot(query) + 'h0').join('') }));
  parts.push(svg('path', { class: 'failed', d: shown.filter((query) => !query.served).map((query) => dot(query) + 'm-4 -4l8 8m0 -8l-8 8').join('') }));
  plot.replaceChildren(...parts);
}

function svg(name, attributes, text = '') {
  const created = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([attribute, value]) => created.setAttribute(attribute, value));
  created.textContent = text;
  return created;
}

// The last minute in windows of ten seconds, which change only when one has ended
function tabulate(now, marks) {
  const step = 10_000;
  const end = Math.floor(now / step) * step;
  if (end === lastWindow) {
    return;
  }
  lastWindow = end;
  const rows = [];
  for (let until = end; until > end - SPAN; until -= step) {
    const from = until - step;
    const inside = queries.filter((query) => query.time >= from && query.time < until);
    const millis = inside.map((query) => query.millis).sort((one, other) => one - other);
    const row = element('tr');
    row.append(...[
      new Date(until).toLocaleTimeString('en-GB'),
      inside.filter((query) => query.served).length,
      inside.filter((query) => !query.served).length,
      format(millis[Math.floor(millis.length / 2)]),
      format(millis[millis.length - 1]),
      marks.filter((mark) => mark.to >= from && mark.from < until).map((mark) => mark.label).join(', '),
    ].map((text) => element('td', text)));
    rows.push(row);
  }
  document.querySelector('#table tbody').replaceChildren(...rows);
}

function format(millis) {
  return millis === undefined ? '' : `${millis.toFixed(millis < 10 ? 1 : 0)} ms`;
}

async function rotate() {
  const button = $('rotate');
  // Not `disabled`: that would take the focus away
  if (button.getAttribute('aria-disabled') === 'true') {
    return;
  }
  button.setAttribute('aria-disabled', true);
  try {
    const response = await fetch(`demo/rotate/${button.dataset.secret}`, { method: 'POST' });
    const body = await response.json();
    $('answer').textContent = response.ok ? `Version ${body.versionId.slice(0, 8)} is on its way.` : body.detail;
  }
  catch (problem) {
    $('answer').textContent = 'The application does not answer.';
  }
}

$('rotate').addEventListener('click', rotate);
poll();
