#!/usr/bin/env python3
"""Makes the small pictures beside it: every form that the decoders of pictures must get right.

    tests/media/forms/make.py

Needs Python 3.9 and Pillow with WebP. What comes out is ours and under the licence of the project. PNGs are written by hand, since Pillow
writes neither sixteen bits of colour nor interlaced rows. The pictures are those of `tests/media/forms.rs`.
"""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 48, 24
# Sixteen blocks of 8x8 for whatever loses detail: four colours, then the same again darker.
FLAT = [(200, 40, 40), (40, 160, 60), (50, 70, 200), (230, 220, 120)]


def pixel(x, y):
    return (x * 4 // WIDTH * 85, y * 4 // HEIGHT * 85, 0 if (x + y) % 8 < 4 else 255)


def flat(x, y):
    return FLAT[x // 16 + 2 * (y // 16)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(samples, bits):
    """A row of samples, each so many bits, as PNG has them."""
    if bits == 16:
        return struct.pack(f">{len(samples)}H", *samples)
    row, held, count = bytearray(), 0, 0
    for sample in samples:
        held, count = held << bits | sample, count + bits
        if count == 8:
            row.append(held)
            held, count = 0, 0
    if count:
        row.append(held << (8 - count))
    return bytes(row)


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(name, colour, bits, sample, more=(), interlaced=False):
    """`sample` gives the samples of the pixel at x, y; `more` are chunks before the data."""
    passes = ADAM7 if interlaced else [(0, 0, 1, 1)]
    data = b""
    for left, top, across, down in passes:
        for y in range(top, HEIGHT, down):
            samples = [value for x in range(left, WIDTH, across) for value in sample(x, y)]
            if samples:
                data += b"\0" + packed(samples, bits)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, colour, 0, 0, int(interlaced))
    chunks = [chunk(b"IHDR", head), *(chunk(*each) for each in more), chunk(b"IDAT", zlib.compress(data, 9)), chunk(b"IEND", b"")]
    (HERE / name).write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def pngs():
    png("rgb16.png", 2, 16, lambda x, y: [value * 257 for value in pixel(x, y)])
    png("interlaced.png", 2, 8, pixel, interlaced=True)
    png("interlaced16.png", 2, 16, lambda x, y: [value * 257 for value in pixel(x, y)], interlaced=True)
    for bits in (1, 2, 4, 8, 16):
        most = (1 << bits) - 1
        png(f"grey{bits}.png", 0, bits, lambda x, y: [x * 4 // WIDTH * most // 3])
    png("grey-alpha.png", 4, 8, lambda x, y: [x * 4 // WIDTH * 85, 255 if y < 12 else 0])
    png("rgba16.png", 6, 16, lambda x, y: [*(value * 257 for value in pixel(x, y)), 65535 if y < 12 else 0])
    colours = sorted({pixel(x, y) for x in range(WIDTH) for y in range(HEIGHT)})
    palette = (b"PLTE", bytes(value for colour in colours for value in colour))
    number = {colour: at for at, colour in enumerate(colours)}
    png("palette.png", 3, 8, lambda x, y: [number[pixel(x, y)]], [palette])
    png("palette-interlaced.png", 3, 8, lambda x, y: [number[pixel(x, y)]], [palette], interlaced=True)
    open_ones = bytes(0 if colour[2] else 255 for colour in colours)
    png("palette-alpha.png", 3, 8, lambda x, y: [number[pixel(x, y)]], [palette, (b"tRNS", open_ones)])
    four = (b"PLTE", bytes(value for colour in FLAT for value in colour))
    png("palette2.png", 3, 2, lambda x, y: [x * 4 // WIDTH], [four])
    # All of one colour is open, said by that colour alone.
    png("key.png", 2, 8, pixel, [(b"tRNS", struct.pack(">HHH", 0, 0, 255))])


def picture(mode, colour, width=WIDTH, height=HEIGHT):
    image = Image.new(mode, (width, height))
    image.putdata([colour(x, y) for y in range(height) for x in range(width)])
    return image


def others():
    image = picture("RGB", pixel)
    image.save(HERE / "rgb.bmp")
    image.quantize(64, dither=Image.Dither.NONE).save(HERE / "palette.bmp")
    image.save(HERE / "lossless.webp", lossless=True, exact=True)
    half = lambda x, y: (*pixel(x, y), 255 if y < 12 else 0)
    picture("RGBA", half).save(HERE / "lossless-alpha.webp", lossless=True, exact=True)
    even = lambda x, y: (*flat(x, y), 255 if y < 16 else 0)
    picture("RGB", flat, 32, 32).save(HERE / "lossy.webp", quality=95)
    picture("RGBA", even, 32, 32).save(HERE / "lossy-alpha.webp", quality=95)
    # Pillow writes GIFs with interlaced rows.
    palette = image.quantize(64, dither=Image.Dither.NONE)
    palette.save(HERE / "interlaced.gif", interlace=True)
    open_one = palette.getpixel((4, 0))
    palette.save(HERE / "open.gif", interlace=False, transparency=open_one)


def jpeg(image, **settings):
    made = io.BytesIO()
    image.save(made, "JPEG", quality=95, subsampling=0, **settings)
    return made.getvalue()


def without_adobe(bytes_):
    at = bytes_.index(b"\xff\xee")
    return bytes_[:at] + bytes_[at + 2 + struct.unpack(">H", bytes_[at + 2 : at + 4])[0] :]


def inks(colour, black):
    """C, M, Y and K in which that colour is printed, with so much black."""
    return tuple(round(255 - value * 255 / (255 - black)) for value in colour) + (black,)


def jpegs():
    (HERE / "grey.jpg").write_bytes(jpeg(picture("L", lambda x, y: flat(x, y)[1], 32, 32)))
    (HERE / "progressive.jpg").write_bytes(jpeg(picture("RGB", flat, 32, 32), progressive=True))
    # Under 10 % of black, so that each colour can be printed.
    printed = lambda x, y: inks(flat(x, y), 24)
    # Pillow writes inks the way Adobe does, where 255 is none; browsers take them so too where no word of Adobe is in the file.
    made = jpeg(picture("CMYK", printed, 32, 32))
    (HERE / "cmyk-adobe.jpg").write_bytes(made)
    (HERE / "cmyk.jpg").write_bytes(without_adobe(made))

    def ycck(x, y):
        red, green, blue, black = printed(x, y)
        # The inks as if they were red, green and blue, as Y, Cb and Cr.
        light = 0.299 * red + 0.587 * green + 0.114 * blue
        values = (light, 128 + (blue - light) / 1.772, 128 + (red - light) / 1.402, 255 - black)
        return tuple(255 - min(max(round(value), 0), 255) for value in values)

    # Pillow turns round what it gets, and writes a 0 for how it is coded.
    made = bytearray(jpeg(picture("CMYK", ycck, 32, 32)))
    at = made.index(b"Adobe")
    made[at + 11] = 2
    (HERE / "ycck-adobe.jpg").write_bytes(made)


pngs()
others()
jpegs()
