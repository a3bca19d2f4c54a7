#include "test.h"

#include "model/study.h"

static struct offer on_demand(const struct quota *shares, int64_t vcpu_digits, int scale)
{
    return (struct offer){
        .kind = OFFER_ON_DEMAND, .vcpu = {vcpu_digits, scale}, .shares = shares, .quota_increase = -1};
}

static void an_offers_own_quota_counts_servers(void **state)
{
    (void)state;
    struct offer offer = on_demand(NULL, 4, 0);
    assert_false(has_quota(&offer));
    assert_int_equal(within_quota(&offer, 5000, 1000000), 5000);
    offer.quota = 20;
    offer.quota_increase = 3;
    assert_true(has_quota(&offer));
    assert_int_equal(quota_process(&offer), 3);
    assert_int_equal((int64_t)quota_units(&offer, 7), 7);
    assert_int_equal(within_quota(&offer, 13, 7), 13);
    assert_int_equal(within_quota(&offer, 14, 7), 13);
    assert_int_equal(within_quota(&offer, 14, 20), 0);
    assert_int_equal(within_quota(&offer, 14, 21), 0);
}

/* 10 virtual processors: 3 servers of 3, 20 of half a one; after two of 3 there is room for 1, or for 8. */
static void a_shared_quota_counts_virtual_processors(void **state)
{
    (void)state;
    struct quota account = {.counts_vcpu = true, .most = 10, .increase = 2}, other = account;
    struct offer offers[] = {on_demand(&account, 3, 0),
                             on_demand(&account, 5, 1),
                             on_demand(&other, 3, 0),
                             {.kind = OFFER_RESERVED, .discounts = 0},
                             {.kind = OFFER_HOSTING, .discounts = -1}};
    struct study study = {.offers = offers, .n_offers = COUNT(offers)};
    assert_int_equal(within_quota(&offers[0], 99, 0), 3);
    assert_int_equal(within_quota(&offers[1], 99, 0), 20);
    int128 used = quota_units_of(&study, &offers[3], 2, &offers[1]);
    assert_int_equal(within_quota(&offers[0], 99, used), 1);
    assert_int_equal(within_quota(&offers[1], 99, used), 8);
    assert_true(quota_units_of(&study, &offers[3], 2, &offers[2]) == 0);
    assert_true(quota_units_of(&study, &offers[4], 2, &offers[0]) == 0);
    assert_int_equal(quota_process(&offers[1]), 2);
}

static void a_shared_quota_may_count_servers(void **state)
{
    (void)state;
    struct quota account = {.most = 10, .increase = -1};
    struct offer offer = on_demand(&account, 0, 0);
    assert_int_equal(within_quota(&offer, 99, quota_units(&offer, 4)), 6);
    assert_int_equal(quota_process(&offer), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offers_own_quota_counts_servers),
        cmocka_unit_test(a_shared_quota_counts_virtual_processors),
        cmocka_unit_test(a_shared_quota_may_count_servers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
