"""How wide text is in DejaVu Sans, read from the font files: the tables cmap (characters to glyphs), hmtx (advances)."""
import functools
import struct
import unicodedata

FOLDER = "/usr/share/fonts/truetype/dejavu/"
FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}


def tables_of(data):
    n_tables, = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(n_tables))
    return {tag.decode(): offset for tag, _, offset, _ in records}


def glyphs_of(data, cmap):
    """Character -> glyph, from the subtable of format 12."""
    n_subtables, = struct.unpack_from(">H", data, cmap + 2)
    for i in range(n_subtables):
        at = cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * i)[2]
        if struct.unpack_from(">H", data, at)[0] != 12:
            continue
        n_groups, = struct.unpack_from(">I", data, at + 12)
        groups = (struct.unpack_from(">III", data, at + 16 + 12 * k) for k in range(n_groups))
        return {character: glyph + character - first for first, last, glyph in groups for character in range(first, last + 1)}
    raise ValueError("a font without a table of characters")


@functools.lru_cache(None)
def advances(bold):
    """Character -> advance, in ems."""
    with open(FOLDER + FILES[bold], "rb") as file:
        data = file.read()
    tables = tables_of(data)
    units, = struct.unpack_from(">H", data, tables["head"] + 18)
    n_metrics, = struct.unpack_from(">H", data, tables["hhea"] + 34)
    of_glyph = [struct.unpack_from(">H", data, tables["hmtx"] + 4 * i)[0] / units for i in range(n_metrics)]
    return {chr(character): of_glyph[min(glyph, n_metrics - 1)]
            for character, glyph in glyphs_of(data, tables["cmap"]).items()}


def width(text, bold):
    """In ems. What the font lacks is as wide as it is high, or nothing where it is a mark on another letter."""
    known = advances(bold)
    marks = ("Mn", "Me", "Cf")
    return sum(0 if unicodedata.category(c) in marks else known.get(c, 1.0) for c in text)
