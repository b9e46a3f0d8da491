// One screen's picture and nothing else, for a sender card 发送卡, which lights the LEDs with what it is given over HDMI from the top left on.
// It runs for years: what it holds does not grow, what it lost it finds again, and words stand where the picture should be only where that
// would be wrong anyway.
"use strict";

const HEADER = 32;          // bytes before the first run: see the table of `patch`
const SIDE = 16384;         // no canvas is larger
const SOON = 100;           // milliseconds to the first look for a daemon that is gone, twice as long to each next one …
const LATE = 1000;          // … and never longer
const PATIENCE = 3000;      // for an answer
const SILENCE = 15000;      // without a heartbeat, of which there is one every five seconds
const DESPAIR = 60000;      // with a daemon that is there and a line that does not work: the page is at fault, and begins again
const AT_HAND = 30000;      // for so long hints are shown to whoever opened, resized or touched the window

const $ = (id) => document.getElementById(id);
const pause = (time) => new Promise((done) => setTimeout(done, time));

// ---------------------------------------------------------------- the picture

const picture = {
  canvas: $("leds"),
  context: null,
  image: null,             // the picture, one dot an LED; made once for each size
  dots: null,              // the same, four bytes at a time
  since: "0",              // since when the screen shows what is drawn: nanoseconds from the Unix epoch

  // Draws a message, all of it in one step; false where it is not what it should be, and then nothing of it is drawn. `first`: of its line.
  take(buffer, first) {
    const view = new DataView(buffer);
    const runs = this.runs(view, first);
    if (!runs) return false;
    this.resize(view.getUint32(4, true), view.getUint32(8, true));
    const [bytes, dots, width] = [new Uint8Array(buffer), this.dots, this.image.width];
    for (const { row, rows, start } of runs) {
      let from = start;
      for (let to = row * width, end = (row + rows) * width; to < end; to++, from += 3) {
        dots[to] = 0xff000000 | bytes[from + 2] << 16 | bytes[from + 1] << 8 | bytes[from];
      }
    }
    const [top, last] = [runs[0], runs[runs.length - 1]];
    this.context.putImageData(this.image, 0, 0, 0, top.row, width, last.row + last.rows - top.row);
    this.since = view.getBigInt64(24, true).toString();
    return true;
  },

  // Where the rows of a message lie; null unless it is whole to the last byte and fits to what is drawn.
  runs(view, first) {
    if (view.byteLength < HEADER || view.getUint8(0) !== 1) return null;
    const [width, height, count] = [4, 8, 20].map((at) => view.getUint32(at, true));
    if (!(width > 0 && height > 0 && width <= SIDE && height <= SIDE && count > 0 && count <= height)) return null;
    const runs = [];
    let [at, below] = [HEADER, 0];
    for (let left = count; left > 0; left--) {
      if (at + 8 > view.byteLength) return null;
      const [row, rows] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
      runs.push({ row, rows, start: at + 8 });
      at += 8 + rows * width * 3;
      if (row < below || rows === 0 || row + rows > height || at > view.byteLength) return null;
      below = row + rows;
    }
    const isNew = first || !this.image || width !== this.image.width || height !== this.image.height;
    const isWhole = runs.length === 1 && runs[0].rows === height;
    return at === view.byteLength && (isWhole || !isNew) ? runs : null;
  },

  resize(width, height) {
    if (this.image && width === this.image.width && height === this.image.height) return;
    this.canvas.width = width;
    this.canvas.height = height;
    // In memory, not on a graphics card that may be reset; colours as they are written.
    this.context = this.canvas.getContext("2d", { alpha: false, colorSpace: "srgb", willReadFrequently: true });
    this.image = new ImageData(width, height, { colorSpace: "srgb" });
    this.dots = new Uint32Array(this.image.data.buffer);
    words.tell();
  },
};

// ---------------------------------------------------------------- the line to the daemon

const line = {
  screen: screenOf(location.pathname),
  drop: () => {},          // lets go of the line there is
  version: null,           // of the daemon that this page is from
  wellAt: performance.now(),

  // For ever: looks for the daemon, shows what it sends, and when that ends holds the last picture and looks again.
  async keep() {
    for (let wait = SOON; ; wait = Math.min(wait * 2, LATE)) {
      if (await this.isThere() && await this.show()) wait = SOON;
      await pause(wait);
    }
  },

  // Asks before a socket is opened: a browser lets pages that often fail to open one wait for seconds.
  async isThere() {
    let told;
    try {
      const answer = await fetch("/state.json", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      told = (await answer.json()).screens.filter((screen) => screen.present);
    } catch {
      this.wellAt = performance.now();
      words.tell("waiting");
      return false;
    }
    const chosen = this.screen ?? (told.length === 1 ? told[0].id : null);
    if (told.some((screen) => screen.id === chosen)) {
      if (performance.now() - this.wellAt > DESPAIR) location.reload();
      this.chosen = chosen;
      return true;
    }
    this.wellAt = performance.now();
    words.tell(told.length === 0 ? "waiting" : this.screen === null ? "choice" : "unknown", told);
    return false;
  },

  // Draws what comes until the line ends; whether anything was drawn.
  show() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/live/${encodeURIComponent(this.chosen)}`);
    socket.binaryType = "arraybuffer";
    return new Promise((over) => {
      let [drawn, heardAt, open] = [false, performance.now(), false];
      const watch = setInterval(() => {
        if (performance.now() - heardAt > (open ? SILENCE : PATIENCE)) end();
      }, 1000);
      const end = () => {
        clearInterval(watch);
        socket.onmessage = socket.onclose = null;
        socket.close();
        this.drop = () => {};
        over(drawn);
      };
      this.drop = end;
      socket.onopen = () => { open = true; };
      socket.onclose = end;
      socket.onmessage = (event) => {
        heardAt = performance.now();
        if (drawn) this.wellAt = heardAt;
        if (typeof event.data === "string") return this.pulse(event.data);
        if (!picture.take(event.data, !drawn)) return end();
        drawn = true;
        this.wellAt = performance.now();
        if (words.state !== "lit") words.tell("lit");
        seen(() => { if (socket.readyState === WebSocket.OPEN) socket.send("."); });
      };
    });
  },

  // A daemon of another version has another page.
  pulse(text) {
    const { version } = JSON.parse(text);
    this.version ??= version;
    if (version !== this.version) location.reload();
  },
};

// Does `then` once, when what was drawn is about to be seen, so that never more pictures come than the display shows; after a second where
// nothing is shown, as behind a display that was unplugged.
function seen(then) {
  let [frame, timer] = [0, 0];
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    then();
  };
  frame = requestAnimationFrame(once);
  timer = setTimeout(once, 1000);
}

function screenOf(path) {
  const name = path.split("/")[2];
  try { return name ? decodeURIComponent(name) : null; } catch { return name; }
}

// ---------------------------------------------------------------- words

const words = {
  state: "waiting",
  told: [],
  handAt: performance.now(),

  tell(state = this.state, told = this.told) {
    this.state = state;
    this.told = told;
    const ratio = window.devicePixelRatio * (window.visualViewport?.scale ?? 1);
    const isBlurred = ratio !== 1;
    const isAtHand = performance.now() - this.handAt < AT_HAND;
    const text = isBlurred ? this.blurred(ratio) : state === "choice" ? this.choice() : isAtHand ? this.hint() : null;
    const isChoice = state === "choice" && !isBlurred;
    picture.canvas.hidden = isBlurred;
    $("words").hidden = text === null;
    $("words").classList.toggle("instead", isBlurred || isChoice);
    $("words").classList.toggle("choice", isChoice);
    setText($("chinese"), text?.[0] ?? "");
    setText($("english"), text?.[1] ?? "");
    this.list(isChoice ? told : []);
  },

  blurred(ratio) {
    const found = Math.round(ratio * 1000) / 1000;
    return [
      `画面无法逐点显示：设备像素比为 ${found}，应为 1。请将系统的显示缩放设为 100%，浏览器缩放复原（Ctrl+0），或以 --force-device-scale-factor=1 启动浏览器。改好后画面自动恢复。`,
      `The picture cannot be shown dot for dot: the device pixel ratio is ${found} and should be 1. Set the system's display scaling to 100 %, the browser's zoom back (Ctrl+0), or start the browser with --force-device-scale-factor=1. The picture then returns by itself.`,
    ];
  },

  choice() {
    return ["本站点有多块屏幕，请选择：", "This site has several screens; choose one:"];
  },

  hint() {
    const { image } = picture;
    if (this.state === "unknown") {
      const ids = this.told.map((screen) => screen.id).join(", ");
      return [`站点中没有屏幕“${line.screen}”，现有：${ids}。`, `The site has no screen ${line.screen}; it has: ${ids}.`];
    }
    if (!image) return [`正在等待 ${location.host} 的画面…`, `Waiting for a picture from ${location.host}…`];
    const [wide, high] = [window.innerWidth, window.innerHeight];
    if (wide >= image.width && high >= image.height) return null;
    return [
      `窗口 ${wide}×${high} 小于屏幕 ${image.width}×${image.height}，画面的右侧或下方未显示。请将显示分辨率设为不小于屏幕，并使浏览器全屏（F11）。`,
      `The window, ${wide}×${high}, is smaller than the screen, ${image.width}×${image.height}: its right or lower part is not shown. Set a display resolution that is no smaller than the screen, and make the browser full-screen (F11).`,
    ];
  },

  list(screens) {
    const list = $("screens");
    const key = screens.map((screen) => screen.id).join("\n");
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    list.replaceChildren(...screens.map((screen) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `/wall/${encodeURIComponent(screen.id)}`;
      link.textContent = `${screen.view?.title ?? screen.id}（${screen.id}） ${screen.width}×${screen.height}`;
      item.append(link);
      return item;
    }));
  },

  touched() {
    this.handAt = performance.now();
    this.tell();
  },
};

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// ---------------------------------------------------------------- the window

// Neither a finger nor a wheel nor a key shall scale the wall by mistake; Ctrl+0 may set it right.
window.addEventListener("wheel", (event) => event.preventDefault(), { passive: false });
window.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && ["+", "-", "="].includes(event.key)) event.preventDefault();
  words.touched();
});
window.addEventListener("contextmenu", (event) => event.preventDefault());
window.addEventListener("pointermove", () => words.touched());
window.addEventListener("pointerdown", () => words.touched());
window.addEventListener("resize", () => words.touched());
window.visualViewport?.addEventListener("resize", () => words.tell());
picture.canvas.addEventListener("contextrestored", () => { if (picture.image) picture.context.putImageData(picture.image, 0, 0); });

// Coming back from a frozen page, the line may be a ghost of itself: a new one begins with the whole picture.
window.addEventListener("pageshow", (event) => { if (event.persisted) line.drop(); });
document.addEventListener("resume", () => line.drop());

async function stayAwake() {
  try { if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen"); } catch { /* Then the system's own settings keep it awake, or not. */ }
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();

setInterval(() => words.tell(), 1000);
words.tell();
line.keep();
