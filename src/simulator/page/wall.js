// One screen on the page: LEDs as round dots at any zoom, the inspector, and what plays in each zone.
"use strict";

const MOST = 64;        // device pixels an LED at the largest zoom
const ROUND = 3;        // from here on an LED is drawn round
const BOARD = "#050506";
const OFF = "#17171b";  // an LED that is off

class Wall {
  constructor() {
    this.root = copy("screen");
    for (const part of ["title", "facts", "zoom", "hall", "glow", "stage", "space", "leds", "dark", "swatch", "led", "zones", "outline", "picture"]) {
      this[part] = this.root.querySelector("." + part);
    }
    this.width = 0;
    this.height = 0;
    this.pitch = 0;          // device pixels an LED; 0 until there is a size
    this.fits = true;
    this.outlined = false;
    this.chosen = null;      // the LED under inspection
    this.info = null;
    this.zoneParts = [];
    this.source = document.createElement("canvas");   // the picture, one pixel an LED
    this.layer = document.createElement("canvas");
    this.stale = null;       // the rows to be painted, from the first up to before the last; none while null
    this.dim = true;         // whether the light around the wall is out of date
    this.root.querySelector(".out").addEventListener("click", () => this.zoomBy(-1));
    this.root.querySelector(".in").addEventListener("click", () => this.zoomBy(1));
    this.root.querySelector(".fit").addEventListener("click", () => this.fit());
    this.outline.addEventListener("click", () => this.toggleOutline());
    this.stage.addEventListener("pointermove", (event) => this.point(event));
    this.stage.addEventListener("pointerdown", (event) => this.point(event));
    this.stage.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && document.activeElement !== this.stage) this.choose(null); });
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("wheel", (event) => { if (event.ctrlKey) { event.preventDefault(); this.zoomBy(event.deltaY < 0 ? 1 : -1, event); } }, { passive: false });
    this.stage.addEventListener("scroll", () => this.redraw());
    new ResizeObserver(() => this.layout()).observe(this.hall);
    this.observeCanvas();
    translate(this.root);
  }

  // The canvas has exactly as many pixels as the device gives it, also at ratios such as 1.25; only then are dots crisp.
  observeCanvas() {
    const observer = new ResizeObserver((entries) => {
      const box = entries[0].devicePixelContentBoxSize?.[0];
      const rect = entries[0].contentRect;
      this.leds.width = devicePixels(rect.width, box?.inlineSize);
      this.leds.height = devicePixels(rect.height, box?.blockSize);
      // A canvas of a new size is empty, and would be seen so until the next frame.
      if (this.pitch && this.image) this.paint(0, Infinity);
    });
    try {
      observer.observe(this.leds, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(this.leds);
    }
  }

  resize(width, height) {
    if (width === this.width && height === this.height) return;
    this.width = this.source.width = width;
    this.height = this.source.height = height;
    this.image = new ImageData(width, height);
    this.image.data.fill(0);
    for (let at = 3; at < this.image.data.length; at += 4) this.image.data[at] = 255;
    this.glow.width = Math.max(4, Math.min(32, Math.round(width / 8)));
    this.glow.height = Math.max(2, Math.round(this.glow.width * height / width));
    this.chosen = null;
    this.layout();
    this.describe();
  }

  // Applies a message of changed rows, from byte 20 on: see the table of `patch`.
  apply(view) {
    const data = this.image.data;
    let at = 32;
    let low = this.height, high = 0;
    for (let run = view.getUint32(20, true); run > 0; run--) {
      const first = view.getUint32(at, true);
      const rows = view.getUint32(at + 4, true);
      const leds = rows * this.width;
      const from = new Uint8Array(view.buffer, view.byteOffset + at + 8, leds * 3);
      let to = first * this.width * 4;
      for (let led = 0; led < leds * 3; led += 3, to += 4) {
        data[to] = from[led];
        data[to + 1] = from[led + 1];
        data[to + 2] = from[led + 2];
      }
      low = Math.min(low, first);
      high = Math.max(high, first + rows);
      at += 8 + leds * 3;
    }
    if (high > low) this.source.getContext("2d").putImageData(this.image, 0, 0, 0, low, this.width, high - low);
    this.redraw(low, high);
    this.dim = true;
    if (this.chosen) this.tellLed();
  }

  // ---- size and zoom

  room() {
    const bezel = getComputedStyle(this.stage.parentElement);
    return {
      width: this.hall.clientWidth - parseFloat(bezel.paddingLeft) * 2,
      height: Math.max(160, window.innerHeight * 0.72),
    };
  }

  fittingPitch() {
    const room = this.room();
    const ratio = window.devicePixelRatio;
    const across = Math.floor(room.width * ratio / this.width);
    const down = Math.floor(room.height * ratio / this.height);
    return Math.max(1, Math.min(across, down, MOST));
  }

  layout() {
    if (!this.width) return;
    if (this.fits) this.pitch = this.fittingPitch();
    const ratio = window.devicePixelRatio;
    const room = this.room();
    const width = this.width * this.pitch / ratio;
    const height = this.height * this.pitch / ratio;
    this.space.style.width = `${width}px`;
    this.space.style.height = `${height}px`;
    const wide = width > room.width + 0.5;
    const tall = height > room.height + 0.5;
    this.stage.style.overflowX = wide ? "auto" : "hidden";
    this.stage.style.overflowY = tall ? "auto" : "hidden";
    this.stage.style.width = `${Math.min(width, room.width)}px`;
    this.stage.style.maxHeight = `${room.height}px`;
    this.leds.style.width = `${Math.min(width, this.stage.clientWidth)}px`;
    this.leds.style.height = `${Math.min(height, this.stage.clientHeight)}px`;
    this.zoom.value = words.zoom(this.pitch);
    this.redraw();
  }

  fit() {
    this.fits = true;
    this.layout();
  }

  zoomBy(step, event) {
    const old = this.pitch;
    const stride = old >= 16 ? 4 : old >= 8 ? 2 : 1;
    const pitch = Math.max(1, Math.min(MOST, old + step * stride));
    if (pitch === old) return;
    const box = this.stage.getBoundingClientRect();
    const x = event ? event.clientX - box.left : this.stage.clientWidth / 2;
    const y = event ? event.clientY - box.top : this.stage.clientHeight / 2;
    const [left, top] = [this.stage.scrollLeft + x, this.stage.scrollTop + y];
    this.fits = false;
    this.pitch = pitch;
    this.layout();
    this.stage.scrollLeft = left * pitch / old - x;
    this.stage.scrollTop = top * pitch / old - y;
  }

  toggleOutline() {
    this.outlined = !this.outlined;
    this.outline.setAttribute("aria-pressed", String(this.outlined));
    this.redraw();
  }

  // ---- painting

  redraw(low = 0, high = Infinity) {
    if (this.stale) {
      this.stale = [Math.min(this.stale[0], low), Math.max(this.stale[1], high)];
      return;
    }
    this.stale = [low, high];
    requestAnimationFrame(() => {
      const [from, to] = this.stale;
      this.stale = null;
      if (this.pitch && this.image) this.paint(from, to);
    });
  }

  // Paints the given rows and one more on either side, into which their light spills.
  paint(from, to) {
    const ratio = window.devicePixelRatio;
    const { width, height } = this.leds;
    const left = Math.round(this.stage.scrollLeft * ratio);
    const top = Math.round(this.stage.scrollTop * ratio);
    const first = Math.max(top, (from - 1) * this.pitch);
    const last = Math.min(top + height, (to + 1) * this.pitch);
    if (last <= first) return;
    const context = this.leds.getContext("2d", { alpha: false });
    context.save();
    context.translate(-left, -top);
    context.beginPath();
    context.rect(left, first, width, last - first);
    context.clip();
    context.fillStyle = BOARD;
    context.fillRect(left, first, width, last - first);
    this.paintLeds(context, left, top, first, last);
    if (this.outlined) this.paintZones(context);
    if (this.chosen) this.paintChosen(context);
    context.restore();
  }

  // The picture, magnified without smoothing, is cut out by a pattern of discs and added to the discs of dark LEDs.
  paintLeds(context, left, top, first, last) {
    const { width, height } = this.leds;
    const whole = [0, 0, this.width * this.pitch, this.height * this.pitch];
    if (this.pitch < ROUND) {
      context.imageSmoothingEnabled = false;
      context.drawImage(this.source, ...whole);
      return;
    }
    const band = [left, first, Math.min(left + width, whole[2]) - left, Math.min(last, whole[3]) - first];
    context.fillStyle = context.createPattern(disc(this.pitch, OFF), "repeat");
    context.fillRect(...band);
    if (this.layer.width !== width || this.layer.height !== height) {
      this.layer.width = width;
      this.layer.height = height;
    }
    const layer = this.layer.getContext("2d");
    layer.save();
    layer.translate(-left, -top);
    layer.beginPath();
    layer.rect(...band);
    layer.clip();
    layer.globalCompositeOperation = "copy";
    layer.imageSmoothingEnabled = false;
    layer.drawImage(this.source, ...whole);
    layer.globalCompositeOperation = "destination-in";
    layer.fillStyle = layer.createPattern(disc(this.pitch, "#fff"), "repeat");
    layer.fillRect(...band);
    layer.restore();
    context.globalCompositeOperation = "lighten";
    context.drawImage(this.layer, left, top);
    // A breath of light between the dots, as the eye sees it from a few metres.
    context.globalCompositeOperation = "lighter";
    context.globalAlpha = 0.14;
    context.imageSmoothingEnabled = true;
    context.drawImage(this.source, ...whole);
    context.globalAlpha = 1;
    context.globalCompositeOperation = "source-over";
  }

  paintZones(context) {
    const line = Math.max(1, Math.round(window.devicePixelRatio));
    context.lineWidth = line;
    context.font = `${Math.round(12 * window.devicePixelRatio)}px system-ui, sans-serif`;
    context.textBaseline = "top";
    for (const zone of this.info?.view?.zones ?? []) {
      if (zone.id === "*" && !zone.now) continue;
      const box = [zone.x, zone.y, zone.width, zone.height].map((leds) => leds * this.pitch);
      context.strokeStyle = "#f0b35acc";
      context.strokeRect(box[0] + line / 2, box[1] + line / 2, box[2] - line, box[3] - line);
      const name = zoneName(zone.id);
      context.fillStyle = "#0a0b0ecc";
      context.fillRect(box[0], box[1], context.measureText(name).width + 8 * line, 17 * line);
      context.fillStyle = "#f0b35a";
      context.fillText(name, box[0] + 4 * line, box[1] + 2 * line);
    }
  }

  paintChosen(context) {
    const line = Math.max(1, Math.round(window.devicePixelRatio * 1.5));
    const { x, y } = this.chosen;
    const side = this.pitch + line * 2;
    context.lineWidth = line;
    context.strokeStyle = "#fff";
    context.strokeRect(x * this.pitch - line / 2, y * this.pitch - line / 2, side - line, side - line);
  }

  // The light around the wall. It is wide and soft, so once a second is often enough.
  paintGlow() {
    if (!this.dim || !this.image) return;
    this.dim = false;
    const context = this.glow.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.clearRect(0, 0, this.glow.width, this.glow.height);
    context.drawImage(this.source, 0, 0, this.glow.width, this.glow.height);
  }

  // ---- the inspector

  point(event) {
    const ratio = window.devicePixelRatio;
    const box = this.leds.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) + this.stage.scrollLeft) * ratio / this.pitch);
    const y = Math.floor(((event.clientY - box.top) + this.stage.scrollTop) * ratio / this.pitch);
    const inside = x >= 0 && y >= 0 && x < this.width && y < this.height;
    this.choose(inside ? { x, y } : null);
  }

  key(event) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) {
      const [dx, dy] = steps[event.key];
      const far = event.shiftKey ? 10 : 1;
      const from = this.chosen ?? { x: -dx, y: -dy };
      const clamp = (value, limit) => Math.max(0, Math.min(limit - 1, value));
      this.choose({ x: clamp(from.x + dx * far, this.width), y: clamp(from.y + dy * far, this.height) });
      this.reveal();
    } else if (event.key === "+" || event.key === "=") this.zoomBy(1);
    else if (event.key === "-") this.zoomBy(-1);
    else if (event.key === "0") this.fit();
    else if (event.key === "z" || event.key === "Z") this.toggleOutline();
    else if (event.key === "Escape") this.choose(null);
    else return;
    event.preventDefault();
  }

  reveal() {
    const led = this.pitch / window.devicePixelRatio;
    const [x, y] = [this.chosen.x * led, this.chosen.y * led];
    const stage = this.stage;
    stage.scrollLeft = Math.max(Math.min(stage.scrollLeft, x - led), x + 2 * led - stage.clientWidth);
    stage.scrollTop = Math.max(Math.min(stage.scrollTop, y - led), y + 2 * led - stage.clientHeight);
  }

  choose(led) {
    this.chosen = led;
    this.tellLed();
    this.redraw();
  }

  tellLed() {
    if (!this.chosen || !this.image) {
      this.led.value = words.hint;
      this.swatch.style.backgroundColor = "";
      return;
    }
    const { x, y } = this.chosen;
    const at = (y * this.width + x) * 4;
    const rgb = [...this.image.data.subarray(at, at + 3)];
    const hex = "#" + rgb.map((value) => value.toString(16).padStart(2, "0")).join("");
    const zone = this.zoneAt(x, y);
    this.swatch.style.backgroundColor = hex;
    this.led.value = words.led(x, y, hex, rgb.join(" ")) + (zone ? words.inZone(zoneName(zone.id)) : "");
  }

  // The smallest zone there, since that is the one that lies on top of a larger one.
  zoneAt(x, y) {
    const over = (this.info?.view?.zones ?? []).filter((zone) => (zone.id !== "*" || zone.now)
      && x >= zone.x && y >= zone.y && x < zone.x + zone.width && y < zone.y + zone.height);
    return over.find((zone) => zone.id === "*") ?? over.sort((a, b) => a.width * a.height - b.width * b.height)[0];
  }

  // ---- words

  tell(info) {
    this.info = info;
    this.resize(info.width, info.height);
    this.describe();
  }

  describe() {
    const { info } = this;
    if (!info) return;
    const view = info.view;
    const title = view?.title || info.id;
    const facts = [info.id, `${this.width} × ${this.height}`];
    if (view) facts.push(words.rate(view.rate));
    if (!info.present) facts.push(words.gone);
    setText(this.title, title);
    setText(this.facts, facts.join("  ·  "));
    this.root.classList.toggle("gone", !info.present);
    this.stage.setAttribute("aria-label", words.stage(title, this.width, this.height));
    this.picture.href = `/screen/${encodeURIComponent(info.id)}.png?scale=8`;
    this.picture.download = `${info.id}.png`;
    const test = view?.test;
    this.dark.hidden = !test && !view?.dark;
    if (test) setText(this.dark, language === "zh" ? test.told_zh : test.told_en);
    else if (view?.dark) setText(this.dark, words.dark(view.dark[language === "zh" ? 0 : 1]));
    if (this.pitch) this.zoom.value = words.zoom(this.pitch);
    this.describeZones((test ? [] : view?.zones ?? []).filter((zone) => zone.id !== "*" || zone.now));
    this.tellLed();
  }

  describeZones(zones) {
    while (this.zoneParts.length > zones.length) this.zoneParts.pop().root.remove();
    while (this.zoneParts.length < zones.length) {
      const card = new ZoneCard();
      this.zoneParts.push(card);
      this.zones.append(card.root);
    }
    zones.forEach((zone, at) => this.zoneParts[at].tell(zone));
  }
}

// ---------------------------------------------------------------- one zone

class ZoneCard {
  constructor() {
    this.root = copy("zone");
    for (const part of ["name", "place", "cue", "page", "done", "times", "why", "source", "next"]) {
      this[part] = this.root.querySelector("." + part);
    }
  }

  tell(zone) {
    const { now, next } = zone;
    this.now = now;
    this.root.classList.toggle("idle", !now);
    setText(this.name, zoneName(zone.id));
    setText(this.place, `${zone.width} × ${zone.height} + ${zone.x}, ${zone.y}`);
    if (now) {
      setText(this.cue, now.title || now.item);
      setText(this.page, now.pages > 1 ? words.page(now.page, now.pages) : "");
      setText(this.times, words.times(clock(now.since), clock(now.until)));
      setText(this.why, language === "zh" ? now.why_zh : now.why_en);
      setText(this.source, [words.priority[now.priority] ?? now.priority, now.playlist, now.file].filter(Boolean).join("  ·  "));
    }
    const after = next ? words.next(next.title || next.item, clock(next.since)) : words.noNext;
    setText(this.next, now ? after : `${words.idle}${next ? "　" + after : ""}`);
    this.advance();
  }

  advance() {
    if (!this.now) return;
    const [since, until] = [instant(this.now.since), instant(this.now.until)];
    const share = (Date.now() - since) / (until - since);
    this.done.style.width = `${Number.isFinite(share) ? Math.max(0, Math.min(1, share)) * 100 : 0}%`;
  }
}

function zoneName(id) {
  return id === "*" ? words.whole : id;
}

// "2026-11-23T14:00:00+08:00[Asia/Shanghai]", of which browsers do not know the part in brackets.
function instant(text) {
  return Date.parse(text.replace(/\[.*/, ""));
}

// The time of day as written, in the site's zone; with its date where that is not today there.
function clock(text) {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[^+\-Z]*(?:Z|([+-])(\d\d):(\d\d))?/.exec(text);
  if (!match) return text;
  const [, date, time, sign, hours, minutes] = match;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60000;
  const today = new Date(Date.now() + offset).toISOString().slice(0, 10);
  return date === today ? time : `${date} ${time}`;
}

// ---------------------------------------------------------------- dots

// The device pixels of a side of `length` CSS pixels. `told` is the browser's own count, which knows how the edges were rounded; but
// where a ratio is only pretended, as when a phone is emulated, it is the count of another ratio.
function devicePixels(length, told) {
  const expected = Math.max(1, Math.round(length * window.devicePixelRatio));
  return told && Math.abs(told - expected) <= 1 ? told : expected;
}

// A disc of `colour`, `pitch` device pixels across with its gap, to be repeated.
const discs = new Map();
function disc(pitch, colour) {
  const key = `${pitch} ${colour}`;
  if (!discs.has(key)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = pitch;
    const context = canvas.getContext("2d");
    context.fillStyle = colour;
    context.beginPath();
    context.arc(pitch / 2, pitch / 2, pitch * 0.43, 0, 2 * Math.PI);
    context.fill();
    discs.set(key, canvas);
  }
  return discs.get(key);
}
