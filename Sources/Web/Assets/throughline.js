// Throughline's script. Pages work without it; with it, forms are sent in place, texts save while one types, drafts are
// kept on the device until the server has them, agendas are dragged and clocks run. It decides nothing: whatever it
// shows came from the server as HTML.

document.documentElement.classList.add('js');

const viewer = document.body.dataset.viewer ?? 'nobody';

// ---- Words to the person ----------------------------------------------------------------------------------------

function toast(words) {
  const note = document.createElement('p');
  note.className = 'toast';
  note.textContent = words;
  showToast(note);
}

function showToast(note) {
  document.getElementById('toasts').replaceChildren(note);
  letGo(note);
}

/**
 * A word in passing goes after twice the time that it takes to read, and not while somebody is at it or the page isn't
 * looked at. What offers a way back stays longer; nothing else is needed later, or it would not stand here.
 */
function letGo(note) {
  const leave = () => (document.hidden || note.matches(':hover, :focus-within') ? setTimeout(leave, 3000) : note.remove());
  setTimeout(leave, note.matches('form, :has(button)') ? 40000 : 6000 + 100 * note.textContent.length);
}

function say(form, words, kind = '') {
  const line = form.querySelector('[data-saved]');
  if (line) {
    line.textContent = words;
    line.dataset.kind = kind;
  }
}

// ---- Patching a page with a newer version of itself -------------------------------------------------------------

const edited = new WeakSet(); // fields changed since the server last had them
const typedAt = new WeakMap(); // field -> when a key was last pressed in it
let skipped = false; // whether something newer was left out, because somebody is writing there

// A field may be called 'action' or 'id', which hides the form's own property of that name.
const idOf = (node) => node.getAttribute?.('id');
const actionOf = (form, submitter) => submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? location.href;

/** When the script last saved a form. */
const savedAt = new WeakMap();

const arrival = performance.getEntriesByType('navigation')[0];

/** How the server answered with this page: not every browser tells a script by itself. */
const pageStatus = Number(document.body.dataset.status ?? 200);

/** A page that a plain form got for an answer has no address of its own to be fetched from again, and holds what wasn't taken. */
const wasRefused = pageStatus >= 400;

const isField = (node) => node.matches?.('input, textarea, select');
const fieldsOf = (form) => [...form.elements].filter(isField);

let answered = null; // the form whose answer is being shown: it takes what the server says, even where the cursor is

/** A form that somebody is writing in is left alone, with the version that the writing is based on. */
function isBeingEdited(form, newer = null) {
  const isHeld = (field) => field === document.activeElement && isTyped(field) && !rests(field, newer);
  return form !== answered && fieldsOf(form).some((field) => edited.has(field) || isHeld(field));
}

/** Where all is saved and the cursor only rests, the other's words come in around the cursor. */
function rests(field, newer) {
  const isSame = newer && field.form.matches('[data-autosave]') && actionOf(field.form) === actionOf(newer);
  return isSame && Date.now() - (typedAt.get(field) ?? 0) > 1500;
}

const holdsEdits = (node) => node.nodeType === Node.ELEMENT_NODE
  && [...node.querySelectorAll('form'), ...(node.matches('form') ? [node] : [])].some((form) => isBeingEdited(form));

/** A page that was asked for before the last save may come after it. */
function isOlder(newer, form) {
  const isJustSaved = actionOf(newer) === actionOf(form) && Date.now() - (savedAt.get(form) ?? 0) < 5000;
  return isJustSaved && Number(newer.elements.version?.value) < Number(form.elements.version?.value);
}

/** Notes that a form is left as it is, and says so where it has come to belong to another step. */
function leave(form, newer) {
  const isElsewhere = form.matches('[data-autosave]') && actionOf(form) !== actionOf(newer);
  if (isElsewhere) say(form, 'The session has moved on. What you write here stays with the step before.');
  if (isElsewhere || form.elements.version?.value !== newer.elements.version?.value) skipped = true;
}

const isTyped = (field) => field.matches('textarea, input:not([type=radio], [type=checkbox], [type=hidden], [type=submit], [type=file])');

function patch(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.matches('[data-saved]') && !to.textContent) return; // what the script said of saving stays
  if (from.tagName === 'FORM') {
    if (isBeingEdited(from, to) || isOlder(to, from)) return leave(from, to);
    if (actionOf(from) !== actionOf(to)) say(from, ''); // it becomes another's: what was said of saving is not about it
  }
  patchAttributes(from, to);
  if (isField(from)) patchValue(from, to);
  if (from.tagName !== 'TEXTAREA') patchChildren(from, to);
}

function patchAttributes(from, to) {
  const own = from.tagName === 'DETAILS' ? ['open'] : []; // what is open is the reader's business
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !own.includes(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !own.includes(name)) from.setAttribute(name, value);
  }
}

function patchValue(from, to) {
  if (edited.has(from)) return;
  if (from.matches('[type=radio], [type=checkbox]')) {
    if (from.checked !== to.checked) from.checked = to.checked;
  } else if (from.tagName === 'TEXTAREA') {
    if (from === document.activeElement && from.value !== to.value) replaceText(from, to.value);
    from.defaultValue = to.defaultValue;
    if (from.value !== to.value) from.value = to.value;
  } else if (from.tagName !== 'SELECT' && from.value !== to.value) {
    from.value = to.value;
  }
}

function patchChildren(from, to) {
  const named = new Map([...from.children].filter(idOf).map((child) => [idOf(child), child]));
  let next = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const known = named.get(idOf(wanted));
    let match = known && known.nodeName === wanted.nodeName ? known : null;
    if (!match && !idOf(wanted)) {
      match = next;
      while (match && (match.nodeName !== wanted.nodeName || idOf(match))) match = match.nextSibling;
    }
    if (match) {
      if (match !== next) from.insertBefore(match, next);
      else next = next.nextSibling;
      patch(match, wanted);
    } else {
      from.insertBefore(wanted, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    if (holdsEdits(gone)) skipped = true;
    else gone.remove();
  }
  if (from.tagName === 'SELECT' && !edited.has(from)) from.value = to.value;
}

/** Shows a page that was fetched: the same address is patched, another one takes its place. */
function show(page, address) {
  const target = new URL(address, location.href);
  const moves = target.pathname !== location.pathname;
  const focus = document.activeElement?.id;
  document.title = page.title;
  if (moves) {
    history.pushState({}, '', target);
    document.body.replaceWith(document.adoptNode(page.body));
    scrollTo(0, 0);
    const heading = document.querySelector('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  } else {
    if (target.search !== location.search || (target.hash && target.hash !== location.hash)) history.replaceState({}, '', target);
    patch(document.querySelector('main'), page.querySelector('main'));
    const [way, newWay] = [document, page].map((each) => each.querySelector('.mast-end > .btn'));
    if (way && newWay) patch(way, newWay);
    const words = page.querySelector('#toasts .toast');
    if (words) showToast(document.adoptNode(words));
    if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus();
  }
  shownAddress = location.pathname + location.search;
  settle();
}

async function fetchPage(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  return { page: new DOMParser().parseFromString(await answer.text(), 'text/html'), address: answer.url, status: answer.status };
}

async function refresh() {
  if (wasRefused) return;
  const { page, address } = await fetchPage(location.href);
  if (new URL(address).pathname === location.pathname) show(page, location.href);
}

// A link to a part of the same page says 'popstate' too, and must not load the page anew.
let shownAddress = location.pathname + location.search;

addEventListener('popstate', () => {
  if (location.pathname + location.search !== shownAddress) location.reload();
});

// ---- Drafts: what was typed stays on this device until the server has it -----------------------------------------
//
// Every form that is sent by POST and typed in keeps one, but for those with a password or a file. It holds the fields
// that were touched, and nothing of the others: those are the server's.

const draftAge = 30 * 86_400_000; // milliseconds after which nobody comes back for it

function keepsDrafts(form) {
  if (viewer === 'nobody' || form?.getAttribute('method') !== 'post' || form.dataset.draft === 'off') return false;
  const fields = fieldsOf(form);
  const isSecret = fields.some((field) => field.matches('[type=password], [type=file]'));
  return !isSecret && fields.some((field) => field.name && isTyped(field));
}

// What a form is about, where several go to one place: the level of a new goal, which of a series is moved, a meeting
// in a file. The other hidden fields are made anew with each page.
const telling = /^(level|team|occurrence|(with|title)-\d+)$/;

/** By where it goes, not by the page's address: a form that comes back with a complaint stands at another one. */
function draftKey(form) {
  const about = [...form.elements].filter((field) => field.type === 'hidden' && telling.test(field.name));
  const first = fieldsOf(form).find((field) => field.name && isTyped(field));
  const parts = [viewer, actionOf(form), form.getAttribute('id'), first?.name, ...about.map((field) => field.value)];
  return `draft:${parts.join(':')}`;
}

/** A draft by its key, if there is one that can be read and is not too old. */
function readDraft(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft?.fields && Date.now() - draft.at < draftAge ? draft : null;
  } catch {
    return null;
  }
}

// The ids that what a form adds will have. A draft keeps them: sent again, it is recognised, and added once.
const addedIDs = (form) => [...form.elements].filter((field) => field.type === 'hidden' && /^id(-\w+)?$/.test(field.name));

const isChoice = (field) => field.matches('select, [type=radio], [type=checkbox]');
const draftFields = (form) => fieldsOf(form).filter((field) => field.name && (isTyped(field) || isChoice(field)));

/** What a field is called in a draft: of the boxes with one name, each is ticked for itself. */
const draftName = (field) => (field.type === 'checkbox' ? `${field.name}=${field.value}` : field.name);
const draftValue = (field) => (field.type === 'checkbox' ? field.checked : field.value);

/** Whether a field holds what the page came with. */
function isAsItCame(field) {
  if (field.matches('[type=radio], [type=checkbox]')) return field.checked === field.defaultChecked;
  if (field.tagName !== 'SELECT') return field.value === field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value === chosen?.value;
}

const keptAt = new WeakMap(); // form -> when its draft was put down

/** Puts down what was typed. What was taken back by hand is no draft, unless the server has had something else since. */
function keepDraft(form) {
  const touched = draftFields(form).filter((field) => edited.has(field) && (field.type !== 'radio' || field.checked));
  if (!touched.length) return;
  const [key, savesItself] = [draftKey(form), form.matches('[data-autosave]')];
  // What is not on its way there stays: after a complaint, the fields that nobody has touched again.
  const fields = savesItself ? {} : { ...readDraft(key)?.fields };
  for (const field of touched) {
    if (isAsItCame(field) && !savesItself && !isRefused(form)) delete fields[draftName(field)];
    else fields[draftName(field)] = draftValue(field);
  }
  if (!Object.keys(fields).length) return localStorage.removeItem(key);
  const at = Date.now();
  keptAt.set(form, at);
  try {
    const ids = Object.fromEntries(addedIDs(form).map((field) => [field.name, field.value]));
    localStorage.setItem(key, JSON.stringify({ fields, ids, version: form.elements.version?.value, at }));
  } catch {
    // The device is full or forbids it; the server still gets the text.
  }
}

/** Only what was typed here goes: in another tab somebody may have typed on since. */
function dropDraft(key, at) {
  if (readDraft(key)?.at === at) localStorage.removeItem(key);
}

/** Who was told to look again at how it stands now goes on from there, and is not told so for ever. */
function freshenDraft(key) {
  const draft = readDraft(key);
  if (draft) localStorage.setItem(key, JSON.stringify({ ...draft, version: undefined }));
}

function dropOldDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith('draft:') && !readDraft(key)) localStorage.removeItem(key);
}

/** A form that shows what could not be taken: what stands in it is nowhere else. */
const isRefused = (form) => wasRefused || refused.has(form);
const refused = new WeakSet(); // forms whose answer in place was a complaint

// A form that was sent as a page: its draft stays until an answer shows that the server has it.
const sentDraft = () => JSON.parse(sessionStorage.getItem('sent') ?? '{}');
const forgetSent = () => sessionStorage.removeItem('sent');

function markSent(form) {
  const sent = { key: draftKey(form), at: keptAt.get(form), left: now() };
  sessionStorage.setItem('sent', JSON.stringify(sent));
}

const now = () => performance.timeOrigin + performance.now(); // of the clock by which a page knows when it was asked for

/** Whether this page was asked for by sending the form, and not a while later, by somebody who has stopped that. */
const isAnswerTo = (sent) => arrival?.type === 'reload' || performance.timeOrigin - sent.left < 2000;

/** That a choice between two versions is made, and with it what becomes of the draft. */
function markChosen() {
  if (sentDraft().key) sessionStorage.setItem('sent', JSON.stringify({ ...sentDraft(), left: now(), isChosen: true }));
}

/** The page is judged that comes right after a form was sent: another one says nothing of it. */
function dropSentDraft() {
  const sent = sentDraft();
  if (!sent.key || (wasRefused && document.querySelector('.versions'))) return;
  forgetSent();
  if (pageStatus === 409) return freshenDraft(sent.key);
  const isThere = [...document.forms].some((form) => keepsDrafts(form) && draftKey(form) === sent.key);
  const isElsewhere = arrival?.redirectCount > 0 || sent.isChosen || !isThere;
  const isRead = !wasRefused && viewer !== 'nobody'; // the page that is shown offline knows nobody
  if (isRead && isAnswerTo(sent) && isElsewhere) dropDraft(sent.key, sent.at);
}

/** Puts back what was typed, and gives the fields that it changed. */
function fill(form, fields) {
  return draftFields(form).filter((field) => {
    const kept = fields[draftName(field)];
    if (kept === undefined || !fit(field, kept)) return false;
    edited.add(field);
    return true;
  });
}

/** Whether a field took a value that it did not have. */
function fit(field, value) {
  const isBox = field.matches('[type=radio], [type=checkbox]');
  if (field.type === 'radio' && field.value !== value) return false;
  if (field.tagName === 'SELECT' && ![...field.options].some((option) => option.value === value)) return false;
  const [property, wanted] = isBox ? ['checked', field.type === 'radio' || value] : ['value', value];
  if (field[property] === wanted) return false;
  field[property] = wanted;
  return true;
}

function restoreDraft(form) {
  const key = draftKey(form);
  const draft = readDraft(key);
  if (!draft) return;
  keptAt.set(form, draft.at);
  for (const field of addedIDs(form)) field.value = draft.ids?.[field.name] ?? field.value;
  const changed = fill(form, draft.fields);
  // On a page with a complaint it is the same as what was typed, and has to outlive that page.
  if (!changed.length) return isRefused(form) ? undefined : localStorage.removeItem(key);
  // The version that it was typed on top of, so that what others wrote since is merged and not overwritten.
  if (draft.version !== undefined && form.elements.version) form.elements.version.value = draft.version;
  for (let box = form.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  const words = `Brought back what you typed ${inWords(draft.at)}`;
  if (form.querySelector('[data-saved]')) say(form, words);
  else offerToDiscard(form, key, `${words}.`);
  if (form.matches('[data-autosave]')) schedule(form, 0);
}

const broughtBack = new Map(); // form -> the key of its draft

/** What came back may be unwanted by now: one press, and the forms of the page are as the server has them. */
function offerToDiscard(form, key, words) {
  broughtBack.set(form, key);
  if (broughtBack.size > 1) return;
  const note = document.createElement('p');
  note.className = 'toast';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn quiet';
  button.textContent = 'Discard it';
  button.addEventListener('click', discard);
  note.append(`${words} `, button);
  document.getElementById('toasts').append(note); // beside what else the page says when it comes
  letGo(note);
}

function discard() {
  for (const [form, key] of broughtBack) {
    localStorage.removeItem(key);
    form.reset(); // some browsers keep fields
  }
  location.replace(location.pathname + location.search); // a reload would send a refused form once more
}

/** `at 10:12`, or `on 3 November at 10:12` */
function inWords(at) {
  const date = new Date(at);
  const time = `at ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? time : `on ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })} ${time}`;
}

// ---- Sending a form in place ------------------------------------------------------------------------------------

const busy = new WeakSet();

const unsent = new Map(); // form -> its button, where the line broke and sending it again can do no harm
let underWay = 0; // forms whose answer is awaited

async function sendInPlace(form, submitter) {
  if (busy.has(form)) return;
  busy.add(form);
  underWay += 1;
  unsent.delete(form);
  submitter?.setAttribute('aria-busy', 'true');
  if (keepsDrafts(form)) keepDraft(form);
  const sent = new Map(fieldsOf(form).map((field) => [field, field.value]));
  const touched = fieldsOf(form).filter((field) => edited.has(field));
  try {
    const answer = await fetch(actionOf(form, submitter), {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams(new FormData(form, submitter)),
    });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (answer.status >= 500) return toast(page.querySelector('main')?.innerText.trim() || 'The server could not answer.');
    if (answer.status === 401) return signInAgain();
    if (page.querySelector('.versions')) markSent(form);
    else if (answer.status === 409) freshenDraft(draftKey(form));
    // What was typed while the answer was under way has not been sent.
    for (const [field, value] of sent) if (field.value === value) edited.delete(field);
    refused[answer.ok ? 'delete' : 'add'](form);
    if (answer.ok) {
      if (!fieldsOf(form).some((field) => edited.has(field))) dropDraft(draftKey(form), keptAt.get(form));
      if (form.elements.version) fold(form);
    }
    answered = form;
    const part = form.closest('section');
    show(page, answer.redirected || answer.ok ? answer.url : location.href);
    // A complaint stands, with what was typed, until that is changed.
    if (!answer.ok) for (const field of touched) edited.add(field);
    keepFocus(form, submitter, part);
    if (!answer.ok) document.querySelector('main [aria-invalid=true], main [role=alert]')?.focus();
  } catch {
    const isAdding = addedIDs(form).length > 0;
    if (isAdding) unsent.set(form, submitter);
    toast(
      isAdding && (line.address || !navigator.onLine)
        ? 'The server can’t be reached. This is kept on the device and goes up when you are back.'
        : 'The server can’t be reached. What you typed is kept on this device; try again in a moment.',
    );
  } finally {
    answered = null;
    busy.delete(form);
    underWay -= 1;
    catchUpSoon();
    submitter?.removeAttribute('aria-busy');
  }
}

/** Who was signed out meanwhile signs in and comes back here, where what they typed is kept. */
function signInAgain() {
  location.assign(`/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`);
}

/** Whoever works with the keyboard goes on where they were: a thing that moves or goes takes the focus along. */
function keepFocus(form, submitter, part) {
  const at = document.activeElement;
  if (at !== document.body && !at.disabled) return;
  const buttons = form.isConnected ? [submitter, ...form.querySelectorAll('button')] : [];
  const next = buttons.find((button) => button?.isConnected && !button.disabled && button.checkVisibility());
  const heading = part?.isConnected ? part.querySelector('h2') : null;
  heading?.setAttribute('tabindex', '-1');
  (next ?? heading)?.focus({ preventScroll: true });
}

/** What was opened to be changed closes when the change is taken. */
function fold(form) {
  const box = form.closest('details:not([name])');
  if (box) box.open = false;
}

// ---- Saving while one types -------------------------------------------------------------------------------------

const timers = new WeakMap();
const failed = new Set();

function schedule(form, delay = 700) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => autosave(form), delay));
}

async function autosave(form) {
  if (!form.isConnected) return;
  if (busy.has(form)) return schedule(form, 200);
  busy.add(form);
  const sent = new Map(fieldsOf(form).map((field) => [field, field.value]));
  say(form, 'Saving');
  try {
    const answer = await fetch(actionOf(form), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(new FormData(form)),
    });
    const result = await answer.json();
    if (answer.ok) return accept(form, sent, result);
    // Two people changed the same lines: the server's own page shows both and lets the person choose.
    if (answer.status === 409) {
      markSent(form);
      return HTMLFormElement.prototype.submit.call(form);
    }
    say(form, result.errors ? Object.values(result.errors).join(' ') : result.detail, 'bad');
  } catch {
    failed.add(form);
    say(form, 'Kept on this device, not yet on the server', 'risk');
    setTimeout(() => failed.delete(form) && form.isConnected && schedule(form, 0), 4000);
  } finally {
    busy.delete(form);
  }
}

function accept(form, sent, result) {
  failed.delete(form);
  savedAt.set(form, Date.now());
  let isWhole = true;
  for (const [field, value] of sent) {
    if (field.value === value) edited.delete(field);
    else isWhole = false;
  }
  const isMerged = result.body !== undefined;
  // What is typed on top of a merged text must have that text before it counts as based on it.
  if (form.elements.version && result.version !== undefined && (isWhole || !isMerged)) {
    form.elements.version.value = result.version;
  }
  if (isMerged && isWhole) {
    const text = form.querySelector('textarea');
    if (text) replaceText(text, result.body);
    say(form, `Saved at ${result.saved}, together with what was written meanwhile`);
  } else {
    say(form, `Saved at ${result.saved}`);
  }
  if (isWhole) dropDraft(draftKey(form), keptAt.get(form));
  else schedule(form);
  if (isWhole && skipped) catchUpLater();
  if (form.matches('[data-refresh]')) refresh();
}

/** Changes a text around whoever is writing in it: the caret stays between the same letters. */
function replaceText(text, body) {
  const old = text.value;
  let same = 0;
  while (same < old.length && same < body.length && old[same] === body[same]) same += 1;
  const [start, end] = [text.selectionStart, text.selectionEnd].map((at) => (at <= same ? at : Math.max(same, at + body.length - old.length)));
  text.value = body;
  if (text === document.activeElement) text.setSelectionRange(start, end);
}

// ---- What people do ---------------------------------------------------------------------------------------------

document.addEventListener('input', ({ target }) => {
  const form = target.form;
  if (!form || !isField(target)) return;
  edited.add(target);
  typedAt.set(target, Date.now());
  if (keepsDrafts(form)) keepDraft(form);
  if (form.matches('[data-autosave]')) schedule(form, isTyped(target) ? 700 : 0);
});

document.addEventListener('focusout', ({ target }) => {
  if (target.form?.matches('[data-autosave]') && edited.has(target)) schedule(target.form, 0);
  if (skipped) catchUpLater();
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.getAttribute('action') === '/sign-out') {
    for (const key of Object.keys(localStorage)) if (key.startsWith('draft:')) localStorage.removeItem(key);
  }
  if (form.matches('[data-search]')) {
    // What was found is there already, or on its way: one stays in the field.
    event.preventDefault();
    clearTimeout(finding);
    finding = setTimeout(() => findAlong(form, true));
    return;
  }
  if (form.matches('[data-theme-form]')) {
    event.preventDefault();
    return chooseTheme(form, event.submitter);
  }
  if (form.matches('[data-inplace], [data-autosave]') && form.getAttribute('method') === 'post') {
    event.preventDefault();
    clearTimeout(timers.get(form));
    sendInPlace(form, event.submitter);
  } else if (keepsDrafts(form)) {
    keepDraft(form);
    markSent(form);
  } else if (form.querySelector('.versions')) {
    markChosen();
  } else {
    forgetSent(); // what comes next is the answer to this one
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.tagName === 'TEXTAREA') {
    event.preventDefault();
    event.target.form?.requestSubmit();
  }
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});

// ---- Searching: the page finds along while one types ---------------------------------------------------------------

const writesIn = (node) => node.matches?.('input, textarea, select, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || writesIn(event.target)) return;
  const link = document.querySelector('[data-to-search]');
  if (!link) return; // not signed in, or the key is switched off
  event.preventDefault();
  const field = document.querySelector('[data-search] input');
  if (field) field.select();
  else link.click();
});

let finding = null; // the timer, and then the request, of what was typed last

document.addEventListener('input', ({ target }) => {
  const form = target.closest('[data-search]');
  if (!form) return;
  clearTimeout(finding);
  finding = setTimeout(() => findAlong(form), 250);
});

async function findAlong(form, isSent = false) {
  const address = `${actionOf(form)}?${new URLSearchParams(new FormData(form))}`;
  const asked = finding;
  const { page, status } = await fetchPage(address).catch(() => ({}));
  const found = page?.querySelector('#found');
  // What was typed meanwhile asks for itself.
  if (asked !== finding) return;
  if (status !== 200 || !found) return isSent ? location.assign(address) : undefined;
  patch(document.querySelector('#found'), found);
  document.title = page.title;
  history.replaceState({}, '', address);
  shownAddress = location.pathname + location.search;
}

document.addEventListener('click', async ({ target }) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(target)) menu.open = false;
  }
  if (target.closest('form:has(.versions) a')) markChosen();
  const copy = target.closest('[data-copy]');
  if (copy) {
    await navigator.clipboard?.writeText(copy.dataset.copy);
    toast('Copied.');
  }
});

async function chooseTheme(form, button) {
  const theme = button.value;
  for (const each of form.querySelectorAll('button')) each.setAttribute('aria-pressed', String(each === button));
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  await fetch(actionOf(form), { method: 'POST', body: new URLSearchParams({ theme }), redirect: 'manual' });
}

// ---- Dragging the agenda into order (buttons do the same for the keyboard) ---------------------------------------

document.addEventListener('pointerdown', (event) => {
  const grip = event.target.closest('[data-grip]');
  const item = grip?.closest('[data-sortable] > li');
  if (!item) return;
  event.preventDefault();
  const list = item.parentElement;
  const before = [...list.children];
  item.classList.add('dragged');
  // On the whole page, because an item that changes places loses the pointer it has captured.
  const listening = new AbortController();
  const listen = (type, act) => addEventListener(type, (each) => each.pointerId === event.pointerId && act(each), listening);
  const end = () => {
    listening.abort();
    item.classList.remove('dragged');
    if ([...list.children].some((child, index) => child !== before[index])) sendOrder(list, before);
  };
  listen('pointermove', ({ clientY }) => {
    const others = [...list.children].filter((other) => other !== item);
    const below = others.find((other) => clientY < other.getBoundingClientRect().top + other.offsetHeight / 2) ?? null;
    if (below !== item.nextElementSibling) list.insertBefore(item, below);
  });
  listen('pointerup', end);
  listen('pointercancel', end);
});

async function sendOrder(list, before) {
  const body = new URLSearchParams([...list.children].map((item) => ['order', item.dataset.id]));
  try {
    const answer = await fetch(list.dataset.sortable, { method: 'POST', headers: { accept: 'text/html' }, body });
    if (!answer.ok) throw new Error(answer.status);
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'), answer.url);
  } catch {
    list.replaceChildren(...before);
    toast('The new order could not be saved. It is as it was before.');
  }
}

// ---- Clocks: the server's time, shown here ----------------------------------------------------------------------

let offset = 0; // milliseconds that this device's clock is behind the server's
let isOffsetKnown = false;

/** What the server said its time was has aged on the way: of several sayings, the one that makes it latest is nearest. */
function learnTime(time) {
  const sample = Number(time) - Date.now();
  offset = isOffsetKnown ? Math.max(offset, sample) : sample;
  isOffsetKnown = true;
}

const announced = new Set();

function tick() {
  const now = Date.now() + offset;
  for (const clock of document.querySelectorAll('[data-clock]')) showClock(clock, Number(clock.dataset.ends) - now);
  for (const step of document.querySelectorAll('[data-from][data-to]')) {
    const [from, to] = [Number(step.dataset.from), Number(step.dataset.to)];
    step.style.setProperty('--p', Math.min(1, Math.max(0, (now - from) / (to - from))).toFixed(4));
  }
}

function showClock(clock, left) {
  const seconds = Math.abs(left < 0 ? Math.floor(-left / 1000) : Math.ceil(left / 1000));
  const isOver = left < 0 && seconds > 0;
  const [minutes, rest] = [Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0')];
  clock.textContent = isOver ? `+${minutes}:${rest}` : `${String(minutes).padStart(2, '0')}:${rest}`;
  clock.classList.toggle('over', isOver);
  clock.setAttribute('aria-label', isOver ? 'Over time by' : 'Time left in this step');
  for (const [at, words] of [[300, 'Five minutes left in this step.'], [60, 'One minute left in this step.'], [0, 'The time for this step is up.']]) {
    const key = `${clock.dataset.ends}:${at}`;
    if (!announced.has(key) && left <= at * 1000) {
      announced.add(key);
      const line = document.querySelector('[data-clock-status]');
      if (line && left > at * 1000 - 2000) line.textContent = words;
    }
  }
}

setInterval(tick, 250);

// ---- The line to the server, and what the other person does -------------------------------------------------------
//
// A page marked with data-live follows a stream of hints. A hint says that something changed, and the page fetches
// itself again by the ordinary route. The moment in data-moment tells which hints a page already shows.

const main = () => document.querySelector('main');
const line = { stream: null, address: null, seenAt: null, heardAt: 0, tries: 0, isBroken: false, partner: ['', ''] };
let wanted = null; // the newest moment that was hinted at and is not shown
let isFetching = false;
let skips = 0; // how often in a row something newer was left out

function lineSays(words, isPassing = false) {
  const status = document.getElementById('line-status');
  clearTimeout(timers.get(line));
  if (status && status.textContent !== words) {
    status.textContent = words;
    document.body.style.setProperty('--said', `${status.offsetHeight}px`); // on a telephone, toasts stand above it
  }
  if (isPassing) timers.set(line, setTimeout(() => lineSays(''), 4000));
}

/** Follows what the page shows now; called again whenever a page has come. */
function follow() {
  const address = (!wasRefused && main()?.dataset.live) || null;
  if (address === line.address) return showPresence(line.partner);
  beSeen('gone');
  line.address = address;
  line.presence = main()?.dataset.presence;
  line.partner = ['', ''];
  disconnect();
  connect();
}

function disconnect() {
  clearTimeout(line.timer);
  line.stream?.close();
  line.stream = null;
  showPresence(['', '']);
}

function connect() {
  if (!line.address || line.stream || document.hidden || !navigator.onLine) return;
  const stream = new EventSource(line.address);
  line.stream = stream;
  line.heardAt = Date.now();
  const on = (type, act) => stream.addEventListener(type, (event) => {
    line.heardAt = Date.now();
    act(event);
  });
  on('ready', ({ data }) => {
    const [moment, time] = data.split(' ');
    line.tries = 0;
    learnTime(time);
    // Whoever only passes through is not announced.
    clearTimeout(timers.get(beSeen));
    timers.set(beSeen, setTimeout(() => line.stream && beSeen('here'), 800));
    sendKept();
    hint(moment);
  });
  on('changed', ({ lastEventId }) => hint(lastEventId));
  on('refetch', ({ lastEventId }) => hint(lastEventId));
  on('beat', ({ data }) => learnTime(data));
  on('presence', ({ data }) => showPresence(data.split('\n')));
  on('over', () => {
    disconnect();
    wanted = 'over';
    catchUpSoon();
  });
  stream.onerror = breakOff;
}

/** The line broke: try again, a little later each time, and not all pages at once. */
function breakOff() {
  disconnect();
  line.isBroken = true;
  if (line.tries > 0 && navigator.onLine) lineSays('Catching up…');
  const delay = Math.min(500 * 2 ** line.tries, 15000) * (0.5 + Math.random() / 2);
  line.tries += 1;
  line.timer = setTimeout(connect, delay);
}

/** Everything that waits on this device for the server. */
function sendKept() {
  for (const form of [...failed]) if (form.isConnected) schedule(form, 0);
  for (const [form, button] of [...unsent]) {
    if (form.isConnected) sendInPlace(form, button);
    else unsent.delete(form);
  }
}

/** Whether one moment is after another. Two servers, or one before and after its restart, can't be compared. */
function isAfter(moment, other) {
  const [epoch, number] = moment.split('.');
  const [otherEpoch, otherNumber] = (other ?? '').split('.');
  return epoch !== otherEpoch || Number(number) > Number(otherNumber);
}

function hint(moment) {
  if (!wanted || (wanted.includes('.') && isAfter(moment, wanted))) wanted = moment;
  catchUpSoon();
}

/** Several hints that come together are one reason to look. */
function catchUpSoon(delay = 20) {
  if (!wanted || isFetching || underWay) return;
  clearTimeout(timers.get(catchUp));
  timers.set(catchUp, setTimeout(catchUp, delay));
}

function lookAgain() {
  wanted = 'again';
  catchUpSoon();
}

/** After somebody stopped writing where something newer was left out. */
function catchUpLater() {
  if (!line.address) return;
  wanted = 'again';
  catchUpSoon(300);
}

async function catchUp() {
  if (!wanted || isFetching || underWay) return;
  const isNeeded = isAfter(wanted, main()?.dataset.moment);
  wanted = null;
  if (!isNeeded) return isCaughtUp();
  isFetching = true;
  if (line.isBroken) lineSays('Catching up…');
  try {
    const { page, address, status } = await fetchPage(location.href);
    if (status >= 500) throw new Error(status);
    // What was sent meanwhile has brought a newer page, or will.
    if (underWay) wanted = 'again';
    else take(page, address, status);
  } catch {
    setTimeout(lookAgain, 2000);
  } finally {
    isFetching = false;
    catchUpSoon();
  }
}

function take(page, address, status) {
  const target = new URL(address);
  if (target.pathname === '/sign-in') {
    disconnect();
    return lineSays('You are signed out. What you typed is kept on this device.');
  }
  if (status === 404 || target.pathname !== location.pathname) {
    if ([...document.forms].some((form) => fieldsOf(form).some((field) => edited.has(field)))) {
      lineSays('The session has moved on. Finish what you are writing, then load this page again.');
      skipped = true;
      return;
    }
    return status === 404 ? location.reload() : show(page, address);
  }
  const moment = page.querySelector('main')?.dataset.moment;
  if (moment && moment !== main().dataset.moment && !isAfter(moment, main().dataset.moment)) return;
  skipped = false;
  const before = readFirst();
  const hadSaidYes = document.querySelector('[data-said-yes]') !== null;
  show(page, location.href);
  for (const [form, version] of readFirst()) {
    if (hadSaidYes || (before.has(form) && before.get(form) !== version)) holdBack(form);
  }
  isCaughtUp();
  skips = skipped ? skips + 1 : 0;
  if (skipped) setTimeout(() => skipped && catchUpLater(), Math.min(1000 * 2 ** skips, 30000));
}

const readFirst = () => new Map([...document.querySelectorAll('form[data-read-first]')].map((form) => [form, form.elements.version?.value]));

/** What one is about to say yes to was changed under one's eyes: for a moment nobody can. */
function holdBack(form) {
  toast(form.dataset.readFirst);
  const buttons = [...form.querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  setTimeout(() => buttons.forEach((button) => (button.disabled = false)), 4000);
}

function isCaughtUp() {
  if (line.isBroken && line.stream) {
    line.isBroken = false;
    lineSays('You’re up to date', true);
  }
}

function showConnection() {
  if (navigator.onLine) {
    lineSays('');
    line.isBroken = true;
    line.tries = 0;
    if (!line.stream) connect();
    if (!line.address) line.isBroken = false;
    return sendKept();
  }
  disconnect();
  lineSays('Offline; what you type is kept here');
}

addEventListener('online', showConnection);
addEventListener('offline', showConnection);

// A page that nobody looks at follows nothing: a browser has few connections to give. It catches up when it is seen.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    beSeen('gone');
    return disconnect();
  }
  isOffsetKnown = false;
  line.tries = 0;
  connect();
});

addEventListener('pagehide', () => {
  beSeen('gone');
  disconnect();
});

// The server gives a sign of life every 20 seconds; a line that is silent for longer is broken, whatever it looks like.
setInterval(() => {
  if (line.stream && Date.now() - line.heardAt > 50000) breakOff();
}, 5000);

// ---- Who is there -----------------------------------------------------------------------------------------------

/** Tells the other's page that one is here, gone, or writing in a place that both read. */
function beSeen(doing) {
  if (!line.presence || !navigator.onLine) return;
  if (doing === 'gone') {
    clearTimeout(timers.get(beSeen));
    if (!line.doing || line.doing === 'gone') return;
  }
  line.doing = doing;
  line.seenAt = Date.now();
  const body = new URLSearchParams({ doing });
  // What is still on its way must not arrive after this.
  line.saying?.abort();
  line.saying = new AbortController();
  if (doing === 'gone') navigator.sendBeacon(line.presence, body);
  else fetch(line.presence, { method: 'POST', body, signal: line.saying.signal }).catch(() => {});
}

function showPresence([who, what]) {
  line.partner = [who, what];
  const here = document.getElementById('here');
  if (!here) return;
  here.hidden = !who;
  const [name, doing] = here.querySelectorAll('span > span');
  if (name.textContent !== who) name.textContent = who;
  doing.textContent = what ?? '';
}

document.addEventListener('input', ({ target }) => {
  const place = target.form?.dataset.writing;
  if (place && line.stream && (line.doing !== place || Date.now() - line.seenAt > 4000)) beSeen(place);
});

setInterval(() => {
  if (line.stream && Date.now() - line.seenAt > 25000) beSeen('here');
}, 5000);

if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register('/service-worker.js').catch(() => {});

// ---- The map: the arrow keys go along its lines, and the lines of a node stand out ---------------------------------

const mapNode = (target) => target.closest?.('.map .node');
const linesOf = (node, ends) => ends.flatMap((end) => [...node.closest('.map').querySelectorAll(`path[data-${end}="${node.id.slice(2)}"]`)]);

/** What an arrow key leads to: the nearest above or below in the column, or the nearest at the other end of a line. */
function nodeBeside(node, key) {
  const nodes = [...node.closest('.map').querySelectorAll(`.node[data-column="${node.dataset.column}"]`)];
  if (key === 'ArrowUp') return nodes[nodes.indexOf(node) - 1];
  if (key === 'ArrowDown') return nodes[nodes.indexOf(node) + 1];
  const [near, far] = key === 'ArrowLeft' ? ['from', 'to'] : ['to', 'from'];
  const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
  const ends = linesOf(node, [near]).map((line) => document.getElementById(`n-${line.dataset[far]}`));
  return ends.sort((one, other) => Math.abs(middle(one) - middle(node)) - Math.abs(middle(other) - middle(node)))[0];
}

document.addEventListener('keydown', (event) => {
  const node = event.key.startsWith('Arrow') && !event.altKey && !event.ctrlKey && !event.metaKey && mapNode(event.target);
  const next = node && nodeBeside(node, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

for (const type of ['focusin', 'mouseover']) {
  document.addEventListener(type, ({ target }) => {
    const node = mapNode(target);
    for (const line of document.querySelectorAll('.map .lit')) line.classList.remove('lit');
    for (const line of node ? linesOf(node, ['from', 'to']) : []) line.classList.add('lit');
  });
}

// ---- The coach: reads along while one types --------------------------------------------------------------------

const readings = new WeakMap(); // field -> what is under way for it
const spoken = new Set(); // remarks that a screen reader has been told of
const furthest = 20000; // characters that the coach reads

const slotOf = (field) => document.getElementById(`${field.id}-coach`);
const fieldOf = (slot) => document.getElementById(slot.id.replace(/-coach$/, ''));
const echoOf = (field) => (field.parentElement.matches('.echo') ? field.previousElementSibling : null);

/** Copies the text of a field to its echo at once; words that were marked and still stand there stay marked. */
function mirror(field) {
  const echo = echoOf(field);
  if (!echo || echo.textContent === `${field.value} `) return;
  const marked = [...echo.querySelectorAll('mark')].map((mark) => mark.textContent);
  const parts = [];
  let rest = field.value;
  for (const words of marked) {
    const at = rest.indexOf(words);
    if (at < 0) continue;
    const mark = document.createElement('mark');
    mark.textContent = words;
    parts.push(rest.slice(0, at), mark);
    rest = rest.slice(at + words.length);
  }
  echo.replaceChildren(...parts, `${rest} `);
}

/** Asks for remarks a moment after the last key; whatever is still under way for the field is dropped. */
function readAlong(field, delay = 300) {
  const reading = readings.get(field);
  clearTimeout(reading?.timer);
  reading?.stop.abort();
  const stop = new AbortController();
  readings.set(field, { stop, timer: setTimeout(() => askCoach(field, stop.signal), delay) });
}

async function askCoach(field, signal) {
  if (!slotOf(field) || field.value.length > furthest) return;
  const body = new URLSearchParams({ field: field.dataset.coach, text: field.value });
  const form = new FormData(field.form);
  for (const name of field.dataset.coachWith?.split(' ') ?? []) body.set(name, form.get(name) ?? '');
  try {
    const answer = await fetch('/coach', { method: 'POST', headers: { accept: 'application/json' }, body, signal });
    if (answer.ok) showRemarks(field, await answer.json());
  } catch {
    // Out of reach, or overtaken by the next key: the coach is silent, and writing goes on.
  }
}

function showRemarks(field, { aside, echo, remarks }) {
  const slot = slotOf(field);
  if (!slot?.contains(document.activeElement) && slot.innerHTML !== aside) slot.innerHTML = aside;
  const under = echoOf(field);
  if (under && under.innerHTML !== echo) under.innerHTML = echo;
  const news = remarks.filter(({ mark }) => !spoken.has(mark));
  for (const { mark } of news) spoken.add(mark);
  if (news.length) document.getElementById('coach-status').textContent = `The coach: ${news.map(({ words }) => words).join(' ')}`;
}

/** Puts a way to begin into the field, before a title and behind a text, with its gap chosen for typing over. */
function begin(field, words) {
  const text = field.value;
  const comesFirst = field.matches('input, .line');
  const at = comesFirst ? 0 : text.length;
  const space = text.trim() === '' || /\s$/.test(text) ? '' : ' ';
  const put = comesFirst ? words + (text.trim() ? ' ' : '') : space + words;
  field.setRangeText(put, at, at);
  field.focus();
  const gap = put.indexOf('…');
  field.setSelectionRange(at + (gap < 0 ? put.length : gap), at + (gap < 0 ? put.length : gap + 1));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

async function dismiss(button) {
  const slot = button.closest('.coach-slot');
  const field = slot && fieldOf(slot);
  const body = new URLSearchParams({ remark: button.value });
  try {
    const answer = await fetch('/coach/dismissals', { method: 'POST', headers: { accept: 'application/json' }, body });
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    return toast('The server can’t be reached, so the coach may say this again. Your words stay as they are.');
  }
  if (!field) return refresh();
  field.focus();
  readAlong(field, 0);
}

document.addEventListener('input', ({ target }) => {
  if (!target.form || !target.name) return;
  for (const field of target.form.querySelectorAll('[data-coach]')) {
    const isAbout = field.dataset.coachWith?.split(' ').includes(target.name);
    if (field === target) mirror(field);
    if (field === target || (isAbout && field.value)) readAlong(field);
  }
});

document.addEventListener('click', ({ target }) => {
  const start = target.closest('[data-start]');
  if (start) begin(fieldOf(start.closest('.coach-slot')), start.textContent);
});

document.addEventListener('submit', (event) => {
  if (event.target.id !== 'coach-dismissal') return;
  event.preventDefault();
  dismiss(event.submitter);
});

// ---- Whenever a page has come --------------------------------------------------------------------------------------

function settle() {
  const clock = document.querySelector('[data-clock][data-now]');
  if (clock) learnTime(clock.dataset.now);
  tick();
  follow();
  for (const form of document.querySelectorAll('form')) if (keepsDrafts(form) && !isBeingEdited(form)) restoreDraft(form);
  for (const field of document.querySelectorAll('[data-coach]')) {
    mirror(field);
    if (field.value !== field.defaultValue) readAlong(field, 0);
  }
}

const said = document.querySelector('#toasts .toast');
if (said) letGo(said);
dropOldDrafts();
dropSentDraft();
settle();
if (!navigator.onLine) showConnection();
