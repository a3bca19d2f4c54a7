#include "base/digest.h"

#include <nettle/sha2.h>

#include "base/arena.h"

struct str digest_sha256(struct arena *arena, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.length, (const uint8_t *)bytes.at);
    sha256_digest(&context, sizeof digest, digest);
    char *text = ARENA_NEW(arena, char, 2 * sizeof digest + 1);
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    return (struct str){text, 2 * sizeof digest};
}
