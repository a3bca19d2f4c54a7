/* Of PKWARE's APPNOTE 6.3: local file header (4.3.7), central directory (4.3.12), its end (4.3.16). */
#include "base/zip.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/file.h"
#include "base/packed.h"

enum {
    LOCAL_MARK = 0x04034b50,
    ENTRY_MARK = 0x02014b50,
    END_MARK = 0x06054b50,
    LOCAL_BYTES = 30,
    ENTRY_BYTES = 46,
    END_BYTES = 22
};

/* Where fields stand in a local header, an entry of the directory and its end. */
enum {
    LOCAL_CRC = 14,
    LOCAL_NAME_LENGTH = 26,
    LOCAL_EXTRA_LENGTH = 28,
    ENTRY_FLAGS = 8,
    ENTRY_METHOD = 10,
    ENTRY_CRC = 16,
    ENTRY_PACKED = 20,
    ENTRY_UNPACKED = 24,
    ENTRY_NAME_LENGTH = 28,
    ENTRY_EXTRA_LENGTH = 30,
    ENTRY_COMMENT_LENGTH = 32,
    ENTRY_AT = 42,
    END_N_ENTRIES = 10,
    END_DIRECTORY_AT = 16
};
enum { METHOD_DEFLATE = 8, HAS_SIZES_BEHIND = 8 };

struct zip_edit {
    struct str path, archive;
    char *directory; /* with its end; a copy to be changed */
    char *entry;     /* of the member, in the directory */
    int n_entries;
    size_t member_at, packed_at, next_at, directory_at;
    struct output output;
    struct packer *packer;
};

static uint32_t get(const char *at, int n_bytes)
{
    uint32_t number = 0;
    for (int i = n_bytes - 1; i >= 0; i--)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

static void put(char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(number >> 8 * i);
}

static char *next_entry(char *entry)
{
    return entry + ENTRY_BYTES + get(entry + ENTRY_NAME_LENGTH, 2) + get(entry + ENTRY_EXTRA_LENGTH, 2) +
           get(entry + ENTRY_COMMENT_LENGTH, 2);
}

static void read_directory(struct arena *arena, struct zip_edit *edit, struct str member)
{
    const char *end = edit->archive.at + edit->archive.length - END_BYTES;
    check(edit->archive.length >= END_BYTES && get(end, 4) == END_MARK);
    edit->n_entries = (int)get(end + END_N_ENTRIES, 2);
    edit->directory_at = get(end + END_DIRECTORY_AT, 4);
    check(edit->directory_at <= edit->archive.length - END_BYTES);
    size_t n_bytes = edit->archive.length - edit->directory_at;
    edit->directory = ARENA_NEW(arena, char, n_bytes);
    memcpy(edit->directory, edit->archive.at + edit->directory_at, n_bytes);
    char *entry = edit->directory;
    for (int i = 0; i < edit->n_entries; i++, entry = next_entry(entry)) {
        check(get(entry, 4) == ENTRY_MARK);
        struct str name = {entry + ENTRY_BYTES, get(entry + ENTRY_NAME_LENGTH, 2)};
        if (str_equal(name, member))
            edit->entry = entry;
    }
    check(edit->entry != NULL);
}

static bool expand_member(struct arena *arena, struct zip_edit *edit, struct str *text)
{
    const char *entry = edit->entry;
    edit->member_at = get(entry + ENTRY_AT, 4);
    const char *local = edit->archive.at + edit->member_at;
    check(get(local, 4) == LOCAL_MARK && get(entry + ENTRY_METHOD, 2) == METHOD_DEFLATE &&
          (get(entry + ENTRY_FLAGS, 2) & HAS_SIZES_BEHIND) == 0);
    edit->packed_at = edit->member_at + LOCAL_BYTES + get(local + LOCAL_NAME_LENGTH, 2) +
                      get(local + LOCAL_EXTRA_LENGTH, 2);
    struct str packed = {edit->archive.at + edit->packed_at, get(entry + ENTRY_PACKED, 4)};
    edit->next_at = edit->packed_at + packed.length;
    return packed_expand(arena, packed, get(entry + ENTRY_UNPACKED, 4), text);
}

/* What the old archive has between two places. */
static void copy(struct zip_edit *edit, size_t from, size_t to)
{
    output_str(&edit->output, (struct str){edit->archive.at + from, to - from});
}

struct zip_edit *zip_edit_begin(struct arena *arena, struct str path, struct str member, struct str *text,
                                struct failure *failure)
{
    struct zip_edit *edit = ARENA_NEW(arena, struct zip_edit, 1);
    edit->path = path;
    if (!file_read(arena, path, &edit->archive, failure))
        return NULL;
    read_directory(arena, edit, member);
    check(expand_member(arena, edit, text));
    edit->output = output_open(arena, STR(""), str_format(arena, "%.*s.new", STR_ARGS(path)).at, failure);
    if (edit->output.file == NULL)
        return NULL;
    copy(edit, 0, edit->packed_at); /* sizes and sum follow, once they are known */
    edit->packer = packer_open(arena, &edit->output);
    return edit;
}

void zip_edit_write(struct zip_edit *edit, struct str text)
{
    packer_write(edit->packer, text);
}

/* Crc and sizes, which stand in the same order in both headers; what is behind the member has moved. */
static void correct_headers(struct zip_edit *edit, const struct packed_size *size, int64_t moved)
{
    char fields[12], *entry = edit->directory;
    put(fields, size->crc);
    put(fields + 4, (uint32_t)size->packed);
    put(fields + 8, (uint32_t)size->unpacked);
    memcpy(edit->entry + ENTRY_CRC, fields, sizeof fields);
    for (int i = 0; i < edit->n_entries; i++, entry = next_entry(entry)) {
        uint32_t at = get(entry + ENTRY_AT, 4);
        if (at > edit->member_at)
            put(entry + ENTRY_AT, (uint32_t)(at + moved));
    }
    put(entry + END_DIRECTORY_AT, (uint32_t)((int64_t)edit->directory_at + moved));
    output_overwrite(&edit->output, (int64_t)edit->member_at + LOCAL_CRC,
                     (struct str){fields, sizeof fields});
}

bool zip_edit_end(struct zip_edit *edit)
{
    struct output *output = &edit->output;
    struct packed_size size = packer_close(edit->packer);
    int64_t moved = size.packed - (int64_t)(edit->next_at - edit->packed_at);
    if (size.unpacked > UINT32_MAX || (int64_t)edit->archive.length + moved > UINT32_MAX)
        failure_set(output->failure, output->arena, edit->path, "is too large: over 4 GiB", 0);
    copy(edit, edit->next_at, edit->directory_at);
    correct_headers(edit, &size, moved);
    output_str(output, (struct str){edit->directory, edit->archive.length - edit->directory_at});
    if (!output_close(output))
        return false;
    if (rename(output->path.at, edit->path.at) == 0)
        return true;
    failure_set(output->failure, output->arena, edit->path, "cannot replace", errno);
    return false;
}
