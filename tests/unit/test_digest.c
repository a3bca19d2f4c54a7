#include "test.h"

#include "base/digest.h"

/* The examples of FIPS 180-2, appendix B, and the empty message. */
static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *million = ARENA_NEW(&arena, char, 1000000);
    memset(million, 'a', 1000000);
    assert_text(digest_sha256(&arena, STR("abc")),
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_text(digest_sha256(&arena, STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    assert_text(digest_sha256(&arena, (struct str){million, 1000000}),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    assert_text(digest_sha256(&arena, (struct str){0}),
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
