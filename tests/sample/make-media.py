#!/usr/bin/env python3
"""Makes the videos and pictures of the sample site, playlists/items/promotion, and a short one for tests, tests/sample/telephone.mp4.

    YINGBI=target/release/yingbi tests/sample/make-media.py [FOLDER]

Everything is drawn here: flat shapes by this script, type by `yingbi font show`, four pixels a dot, so that a wall with a quarter
of the width shows each dot on one LED. Needs Python 3.9 and ffmpeg with libx264; nothing else. What comes out is ours and under the
licence of the project. The videos are H.264 High with B-frames; the one that is "from a phone" lies on its side, as phones write it,
with a matrix that says so, and has sound, which no wall plays.
"""

import math
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YINGBI = os.environ.get("YINGBI", str(ROOT / "target/debug/yingbi"))
RATE = 25
DOT = 4

NAVY, DEEP, GOLD = (8, 22, 52), (4, 12, 30), (236, 190, 92)
WHITE, GREY, CYAN, TEAL = (245, 245, 240), (150, 165, 185), (92, 214, 224), (24, 116, 140)


class Canvas:
    """Pixels, R, G, B, that are filled row by row."""

    def __init__(self, width, height, colour=(0, 0, 0)):
        self.width, self.height = width, height
        self.rows = [bytearray(bytes(colour) * width) for _ in range(height)]

    def span(self, y, left, right, colour):
        left, right = max(left, 0), min(right, self.width)
        if 0 <= y < self.height and left < right:
            self.rows[y][left * 3 : right * 3] = bytes(colour) * (right - left)

    def box(self, x, y, width, height, colour):
        for row in range(y, y + height):
            self.span(row, x, x + width, colour)

    def disc(self, x, y, radius, colour):
        for row in range(math.floor(y - radius), math.ceil(y + radius) + 1):
            rest = radius * radius - (row + 0.5 - y) ** 2
            if rest > 0:
                half = math.sqrt(rest)
                self.span(row, round(x - half), round(x + half), colour)

    def text(self, text, x, y, dots, colour, scale=DOT):
        """Sets `text` with its top left corner there, and says how wide it is."""
        for glyph in map(lambda character: glyph_of(character, dots), text):
            for line, row in enumerate(glyph):
                for begin, end in row:
                    for at in range(scale):
                        self.span(y + line * scale + at, x + begin * scale, x + end * scale, colour)
            x += GLYPHS[id(glyph)] * scale
        return x

    def paste(self, other, x):
        """Puts a canvas of the same height at that column."""
        for mine, theirs in zip(self.rows, other.rows):
            left, right = max(x, 0), min(x + other.width, self.width)
            if left < right:
                mine[left * 3 : right * 3] = theirs[(left - x) * 3 : (right - x) * 3]

    def bytes(self):
        return b"".join(self.rows)


KNOWN, GLYPHS = {}, {}


def glyph_of(character, dots):
    """The runs of dots in each line of a glyph, as this program sets it."""
    if (character, dots) not in KNOWN:
        shown = subprocess.run(
            [YINGBI, "--lang", "en", "font", "show", character, "--dots", str(dots), "--ascii"],
            check=True, capture_output=True, encoding="utf-8",
        ).stdout.splitlines()
        rows = [line for line in shown[1:] if line]
        glyph = [runs(row) for row in rows]
        KNOWN[character, dots] = glyph
        GLYPHS[id(glyph)] = len(rows[0])
    return KNOWN[character, dots]


def runs(row):
    found, begin = [], None
    for at, dot in enumerate(row + "."):
        if dot == "#" and begin is None:
            begin = at
        elif dot != "#" and begin is not None:
            found.append((begin, at))
            begin = None
    return found


def mixed(one, other, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other))


def eased(share):
    """From 0 to 1, slow at both ends."""
    share = min(max(share, 0), 1)
    return share * share * (3 - 2 * share)


def shaded(canvas, above, below, top=0, bottom=None):
    bottom = canvas.height if bottom is None else bottom
    for row in range(top, bottom):
        canvas.span(row, 0, canvas.width, mixed(above, below, (row - top) / max(bottom - top - 1, 1)))


# ---- 办事大厅开放时间.mp4: the hours, and how many matters were settled ---------------------------------------------------

SIZE = (1024, 384)
SETTLED = [862, 640, 1105, 1048, 1190, 1286]


def hours(time):
    page = Canvas(*SIZE)
    shaded(page, NAVY, DEEP)
    for layer, (level, high, speed, colour) in enumerate([(318, 14, 1, TEAL), (340, 11, -2, (16, 76, 100))]):
        # Whole waves a turn of the video, so that it loops without a seam.
        turn = 2 * math.pi * (speed * time / 10)
        for x in range(0, page.width, DOT):
            top = round(level + high * math.sin(2 * math.pi * 2 * x / page.width + turn + layer))
            for row in range(top, page.height):
                page.span(row, x, x + DOT, colour)
    page.text("办事大厅开放时间", 32 * DOT, 4 * DOT, 24, GOLD)
    page.box(32 * DOT, 31 * DOT, 192 * DOT, DOT, GOLD)
    for y, season, times in [(36, "夏季", ("8:00–12:00", "14:30–18:00")), (56, "冬季", ("8:00–12:00", "13:30–17:30"))]:
        page.text(season, 12 * DOT, y * DOT, 16, CYAN)
        page.text(times[0], 56 * DOT, y * DOT, 16, WHITE)
        page.text(times[1], 152 * DOT, y * DOT, 16, WHITE)
    return page


def bars(time):
    page = Canvas(*SIZE)
    shaded(page, NAVY, DEEP)
    page.text("上半年办件量", 8 * DOT, DOT, 16, GOLD)
    page.text("件（示例）", 172 * DOT, DOT, 16, GREY)
    page.box(8 * DOT, 79 * DOT, 240 * DOT, DOT, GREY)
    for number, settled in enumerate(SETTLED):
        share = eased((time - 5.0 - number * 0.2) / 1.6)
        x, height = 10 + number * 40, DOT * round(42 * share * settled / max(SETTLED))
        page.box(x * DOT, 79 * DOT - height, 32 * DOT, height, mixed(TEAL, CYAN, number / 5))
        if height:
            page.box(x * DOT, 79 * DOT - height, 32 * DOT, DOT, WHITE)
        value = str(round(settled * share))
        page.text(value, (x + 16 - len(value) * 4) * DOT, 63 * DOT - height, 16, WHITE)
        page.text(f"{number + 1}月", (x + 4) * DOT, 80 * DOT, 16, GREY)
    return page


def opening(number):
    time = number / RATE
    away = eased((time - 4.4) / 0.8) - eased((time - 9.2) / 0.8)
    offset = DOT * round(away * SIZE[0] / DOT)
    frame = Canvas(*SIZE)
    if offset < SIZE[0]:
        frame.paste(hours(time), -offset)
    if offset > 0:
        frame.paste(bars(time), SIZE[0] - offset)
    return frame


# ---- 晨光（手机拍摄）.mp4: a river at dawn, upright ------------------------------------------------------------------------

UPRIGHT = (256, 448)
HOUSES = [(0, 30, 96), (34, 22, 150), (60, 40, 74), (104, 18, 170), (126, 34, 46), (164, 26, 62), (198, 44, 84), (246, 20, 130),
          (270, 36, 104), (310, 24, 156)]


def dawn(number):
    time = number / RATE
    frame = Canvas(*UPRIGHT)
    horizon, light = 300, eased(time / 8)
    sky = mixed((22, 34, 84), (66, 118, 190), light), mixed((190, 92, 60), (250, 190, 120), light)
    shaded(frame, *sky, 0, horizon)
    sun = horizon - 10 - 88 * light
    for radius in range(64, 33, -2):
        frame.disc(150, sun, radius, mixed(sky[1], (255, 214, 130), (64 - radius) / 40))
    frame.disc(150, sun, 32, (255, 226, 150))
    shaded(frame, mixed(sky[1], (30, 40, 80), 0.45), (10, 24, 52), horizon)
    # Houses drift by, as when somebody turns slowly.
    drift = -round(28 * time / 8)
    shade = mixed((22, 26, 50), (46, 58, 92), light)
    for x, width, height in HOUSES:
        frame.box(x + drift, horizon - height, width, height, shade)
        for window in range(horizon - height + 8, horizon - 8, 14):
            for column in range(x + 5, x + width - 5, 9):
                if (window * 7 + column * 3) % 5 < 2:
                    frame.box(column + drift, window, 4, 5, mixed((250, 206, 120), shade, 0.25 + 0.5 * light))
    # The sun on the water.
    for row in range(horizon + 4, UPRIGHT[1], 5):
        depth = row - horizon
        wide = 10 + depth * 0.32
        sway = (3 + depth * 0.06) * math.sin(row * 0.7 + time * 2.2)
        share = 0.65 - 0.5 * depth / (UPRIGHT[1] - horizon)
        for at in (0, 1):
            frame.span(row + at, round(150 + sway - wide), round(150 + sway + wide), mixed((24, 44, 86), (255, 206, 130), share))
    return frame


# ---- Pictures ---------------------------------------------------------------------------------------------------------------


def water():
    poster = Canvas(1024, 384)
    shaded(poster, (6, 60, 96), (2, 24, 52))
    for row in range(140):
        half = 86 * row / 140
        poster.span(60 + row, round(190 - half), round(190 + half), (120, 206, 240))
    poster.disc(190, 236, 92, (120, 206, 240))
    poster.disc(160, 254, 24, (206, 240, 252))
    poster.text("节约用水", 96 * DOT, 12 * DOT, 32, WHITE)
    poster.box(97 * DOT, 50 * DOT, 126 * DOT, DOT, GOLD)
    poster.text("一点一滴，人人有责", 92 * DOT, 62 * DOT, 16, (190, 226, 240))
    return poster


def smoke_free():
    poster = Canvas(512, 192, (250, 250, 246))
    poster.box(0, 0, 512, 8, (176, 28, 32))
    poster.box(0, 184, 512, 8, (176, 28, 32))
    poster.disc(92, 96, 72, (200, 32, 36))
    poster.disc(92, 96, 58, (250, 250, 246))
    poster.box(48, 88, 64, 16, (60, 60, 64))
    poster.box(114, 88, 10, 16, (230, 130, 40))
    for at in range(-50, 51):
        poster.box(92 + at - 7, 96 + at - 1, 14, 2, (200, 32, 36))
    poster.text("大厅禁止吸烟", 93 * 2, 24 * 2, 24, (40, 40, 44), 2)
    poster.text("吸烟请到室外吸烟点", 93 * 2, 62 * 2, 16, (90, 90, 96), 2)
    return poster


def building():
    """What stands outside, as a camera saw it that was held on its side."""
    scene = Canvas(576, 384)
    shaded(scene, (70, 130, 206), (206, 226, 240), 0, 290)
    for x, y, radius in [(90, 74, 24), (122, 66, 32), (160, 76, 22), (420, 52, 20), (448, 46, 26), (480, 54, 18)]:
        scene.disc(x, y, radius, (240, 246, 250))
    for x, radius in [(20, 60), (80, 44), (520, 56), (566, 50)]:
        scene.disc(x, 270, radius, (70, 116, 70))
    scene.box(96, 130, 384, 160, (206, 200, 188))
    scene.box(96, 118, 384, 16, (170, 162, 148))
    for floor in range(3):
        for column in range(12):
            if floor < 2 or column not in (5, 6):
                scene.box(112 + column * 30, 146 + floor * 46, 18, 30, (70, 104, 140))
                scene.box(112 + column * 30, 146 + floor * 46, 18, 6, (140, 176, 204))
    scene.box(258, 232, 60, 58, (60, 66, 78))
    scene.box(236, 222, 104, 10, (150, 140, 124))
    shaded(scene, (160, 158, 150), (104, 104, 102), 290)
    for row in range(292, 384, 18):
        scene.box(0, row, 576, 2, (140, 138, 132))
    for x in (48, 528):
        scene.box(x - 4, 240, 8, 70, (92, 70, 50))
        scene.disc(x, 214, 34, (60, 104, 62))
        scene.disc(x - 8, 204, 18, (82, 130, 80))
    return scene


def png(canvas, path):
    """Of at most 256 colours with a palette, else in true colour."""
    pixels = [tuple(row[at : at + 3]) for row in canvas.rows for at in range(0, len(row), 3)]
    colours = sorted(set(pixels))
    width = canvas.width
    if len(colours) <= 256:
        number = {colour: at for at, colour in enumerate(colours)}
        rows = [bytes(number[pixel] for pixel in pixels[at : at + width]) for at in range(0, len(pixels), width)]
        kind, palette = 3, chunk(b"PLTE", b"".join(map(bytes, colours)))
    else:
        rows, kind, palette = canvas.rows, 2, b""
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    head = struct.pack(">IIBBBBB", width, canvas.height, 8, kind, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + palette + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def turned(canvas):
    """A quarter turn against the clock."""
    out = Canvas(canvas.height, canvas.width)
    for y, row in enumerate(canvas.rows):
        for x in range(canvas.width):
            out.rows[canvas.width - 1 - x][y * 3 : y * 3 + 3] = row[x * 3 : x * 3 + 3]
    return out


def shrunk(canvas, times):
    """Every so many-th pixel."""
    out = Canvas(canvas.width // times, canvas.height // times)
    for y, row in enumerate(out.rows):
        of = canvas.rows[y * times]
        row[:] = b"".join(bytes(of[x * times * 3 : x * times * 3 + 3]) for x in range(out.width))
    return out


def jpeg(canvas, path):
    """Lying on its side, with an EXIF that says so."""
    aside = turned(canvas)
    run(["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{aside.width}x{aside.height}", "-i", "-", "-frames:v", "1", "-q:v", "4",
         "-fflags", "+bitexact", "-flags:v", "+bitexact", "-f", "mjpeg", str(path)], [aside.bytes()])
    # One entry, Orientation (0x0112), a short: 6, to be turned a quarter clockwise.
    exif = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    bytes_ = path.read_bytes()
    path.write_bytes(bytes_[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + bytes_[2:])


# ---- Videos -----------------------------------------------------------------------------------------------------------------


def run(arguments, pictures):
    ffmpeg = subprocess.Popen(["ffmpeg", "-y", "-v", "error", *arguments], stdin=subprocess.PIPE)
    for picture in pictures:
        ffmpeg.stdin.write(picture)
    ffmpeg.stdin.close()
    if ffmpeg.wait() != 0:
        sys.exit("ffmpeg failed")


def video(path, size, pictures, quality, sound=()):
    run(["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(RATE), "-i", "-", *sound,
         "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
         "-color_trc", "bt709", "-c:v", "libx264", "-profile:v", "high", "-preset", "slower", "-crf", str(quality), "-bf", "3", "-g", "100",
         "-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", "-f", "mp4", str(path)], pictures)


def lay(path, height):
    """Writes into the track's header that its pictures are to be turned a quarter clockwise."""
    data = bytearray(path.read_bytes())
    upright = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    quarter = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, height << 16, 0, 1 << 30)
    track = data.index(b"tkhd")
    at = data.index(upright, track)
    data[at : at + len(upright)] = quarter
    path.write_bytes(data)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "playlists/items/promotion"
    folder.mkdir(parents=True, exist_ok=True)
    png(water(), folder / "节约用水.png")
    png(smoke_free(), folder / "无烟大厅.png")
    jpeg(building(), folder / "大厅外景.jpg")
    video(folder / "办事大厅开放时间.mp4", SIZE, (opening(number).bytes() for number in range(10 * RATE)), 20)
    phone(folder / "晨光（手机拍摄）.mp4", 1, range(8 * RATE))
    phone(ROOT / "tests/sample/telephone.mp4", 4, range(0, 8 * RATE, 8))


def phone(path, smaller, numbers):
    """The dawn as a telephone records it, so many times smaller, with these of its pictures."""
    pictures = (turned(shrunk(dawn(number), smaller)).bytes() for number in numbers)
    hum = ["-f", "lavfi", "-i", f"sine=frequency=220:duration={len(numbers) / RATE}", "-filter:a", "volume=0.02", "-c:a", "aac", "-b:a", "32k"]
    width, height = (side // smaller for side in UPRIGHT)
    video(path, (height, width), pictures, 22, hum)
    lay(path, width)


if __name__ == "__main__":
    main()
