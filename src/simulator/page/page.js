// The page of the simulator: pictures and words come over one WebSocket; nothing goes back but one press of the button 停播. After `words.js` and `wall.js`.
"use strict";

const $ = (id) => document.getElementById(id);
const copy = (id) => $(id).content.firstElementChild.cloneNode(true);

let language = "zh";
let words = WORDS.zh;
const walls = [];
let problems = { total: 0, problems: [] };
let imports = [];

// ---------------------------------------------------------------- problems

function tellProblems() {
  const shown = problems.problems;
  $("problems-none").hidden = problems.total > 0;
  setText($("problems-count"), problems.total ? words.count(problems.total, shown.length) : "");
  $("problems-list").replaceChildren(...shown.map(problemItem));
}

function problemItem(problem) {
  const root = copy("problem");
  const part = (name) => root.querySelector(name);
  root.classList.add(problem.severity);
  const place = problem.line === null ? "" : `:${problem.line}:${problem.column}`;
  setText(part(".where"), problem.file + place);
  setText(part(".message"), problem.message[language]);
  setText(part(".help"), problem.help[language] ? words.fix(problem.help[language]) : "");
  if (problem.excerpt) {
    const letters = [...problem.excerpt];
    const end = problem.offset + problem.length;
    part(".excerpt").hidden = false;
    setText(part(".before"), letters.slice(0, problem.offset).join(""));
    setText(part("mark"), letters.slice(problem.offset, end).join("") || " ");
    setText(part(".after"), letters.slice(end).join(""));
  }
  return root;
}

// ---------------------------------------------------------------- videos being taken in

function tellImports() {
  $("imports").hidden = imports.length === 0;
  $("imports-list").replaceChildren(...imports.map((told) => {
    const item = document.createElement("li");
    item.title = told.file;
    setText(item, told.told[language]);
    return item;
  }));
}

// ---------------------------------------------------------------- the stop

const stop = {
  stopped: null,
  possible: false,
  sureUntil: 0,
  failed: false,

  // Two presses within five seconds: the first one asks.
  async press() {
    if (Date.now() > this.sureUntil) {
      this.failed = false;
      this.sureUntil = Date.now() + 5000;
      this.tell();
      return;
    }
    this.sureUntil = 0;
    try {
      const answer = await fetch("/stop", { method: "POST", headers: { "x-yingbi": "stop" } });
      this.failed = !answer.ok;
    } catch { this.failed = true; }
    this.tell();
  },

  tell() {
    const isSure = Date.now() <= this.sureUntil;
    $("stop").hidden = !this.possible || this.stopped !== null;
    $("stop").classList.toggle("sure", isSure);
    setText($("stop"), this.failed ? words.stopFailed : isSure ? words.stopSure : words.stop);
    $("stopped").hidden = this.stopped === null;
    if (this.stopped) setText($("stopped-words"), this.stopped[language === "zh" ? "told_zh" : "told_en"]);
  },
};

// ---------------------------------------------------------------- languages

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function translate(root) {
  for (const node of root.querySelectorAll("[data-words]")) setText(node, words[node.dataset.words]);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.title = words[node.dataset.label];
    node.setAttribute("aria-label", words[node.dataset.label]);
  }
}

function speak(chosen) {
  language = chosen;
  words = WORDS[chosen];
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  translate(document);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
  for (const wall of walls) { wall.describe(); wall.redraw(); }
  tellProblems();
  tellImports();
  stop.tell();
  line.tell();
}

function preferred() {
  try {
    const kept = localStorage.getItem("language");
    if (kept in WORDS) return kept;
  } catch { /* A browser that keeps nothing is told its own language. */ }
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) ?? "en";
}

// ---------------------------------------------------------------- the line to the daemon

const line = {
  state: "connecting",
  socket: null,
  failures: 0,
  dueAt: 0,
  heardAt: 0,

  open() {
    this.dueAt = 0;
    this.socket?.close();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/live`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => { this.failures = 0; this.heardAt = Date.now(); this.enter("live"); };
    socket.onmessage = (event) => { this.heardAt = Date.now(); hear(event.data); };
    socket.onclose = () => { if (socket === this.socket) this.lose(); };
    this.socket = socket;
  },

  // Waits 1, 2, 4, … up to 15 seconds, less up to a third, so that viewers do not come back all at once.
  lose() {
    const wait = Math.min(15, 2 ** this.failures) * (1 - Math.random() / 3);
    this.failures += 1;
    this.socket = null;
    this.dueAt = Date.now() + wait * 1000;
    this.enter("lost");
  },

  // Once a second: reconnects when due, and lets go of a connection that went silent.
  watch() {
    if (this.dueAt && Date.now() >= this.dueAt) this.open();
    else if (this.state === "live" && Date.now() - this.heardAt > 15000) {
      const silent = this.socket;
      this.lose();
      silent.close();
    }
    this.tell();
  },

  enter(state) {
    this.state = state;
    document.body.classList.toggle("lost", state === "lost");
    this.tell();
  },

  tell() {
    const left = Math.max(0, Math.ceil((this.dueAt - Date.now()) / 1000));
    const wait = this.state === "lost" && this.dueAt ? (language === "zh" ? "，" : "; ") + words.retryIn(left) : "";
    $("link").dataset.state = this.state;
    setText($("link-words"), words[this.state] + wait);
    $("retry").hidden = this.state !== "lost";
  },
};

function hear(data) {
  if (typeof data !== "string") {
    hearRows(new DataView(data));
    return;
  }
  const told = JSON.parse(data);
  if (told.screens) {
    told.screens.forEach((info, at) => wallAt(at).tell(info));
    while (walls.length > told.screens.length) walls.pop().root.remove();
    $("empty").hidden = walls.length > 0;
    stop.stopped = told.stopped;
    stop.possible = told.can_stop;
    stop.tell();
  }
  if (told.imports) {
    imports = told.imports;
    tellImports();
  }
  if (told.problems) {
    problems = told;
    tellProblems();
  }
}

function hearRows(view) {
  if (view.getUint8(0) !== 1) return;
  const wall = wallAt(view.getUint16(2, true));
  wall.resize(view.getUint32(4, true), view.getUint32(8, true));
  wall.apply(view);
}

function wallAt(at) {
  while (walls.length <= at) {
    const wall = new Wall();
    walls.push(wall);
    $("screens").append(wall.root);
  }
  return walls[at];
}

// ---------------------------------------------------------------- the beginning

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    speak(button.dataset.language);
    try { localStorage.setItem("language", language); } catch { /* Then it is asked for again next time. */ }
  });
}
$("stop").addEventListener("click", () => stop.press());
$("retry").addEventListener("click", () => line.open());
window.addEventListener("online", () => { if (line.state === "lost") line.open(); });
window.addEventListener("resize", () => walls.forEach((wall) => wall.layout()));
setInterval(() => {
  line.watch();
  stop.tell();
  for (const wall of walls) {
    wall.paintGlow();
    wall.zoneParts.forEach((card) => card.advance());
  }
}, 1000);

speak(preferred());
line.open();
