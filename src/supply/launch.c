#include "supply/launch.h"

#include "unit/money.h"

enum { MICRO = 1000000 };

static int64_t first_paid(const struct offer *offer)
{
    return offer->minimum_seconds > offer->increment_seconds ? offer->minimum_seconds
                                                             : offer->increment_seconds;
}

struct launcher launcher_new(struct arena *arena, const struct offer *offer, int64_t step_seconds)
{
    struct launcher l = {.arena = arena,
                         .offer = offer,
                         .step_seconds = step_seconds,
                         .by_block = first_paid(offer) > step_seconds,
                         .tokens_micro = offer->launch_bucket * MICRO};
    if (l.by_block)
        l.paid =
            paid_new(arena, step_seconds, offer->increment_seconds, first_paid(offer), offer->stops_oldest);
    return l;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t round_up(int64_t value, int64_t unit)
{
    return (value + unit - 1) / unit * unit;
}

/* Whole launches that a rate grants in some seconds. */
static int64_t granted(int64_t micro_per_second, int64_t seconds)
{
    int128 n = (int128)micro_per_second * seconds / MICRO;
    return n > INT32_MAX ? INT32_MAX : (int64_t)n;
}

/* Sum of (i - credit) / rate for i = 1..n, in seconds; the credit in millionths of a launch. */
static int64_t queue_seconds(int64_t micro_per_second, int64_t n, int64_t credit)
{
    if (n <= 0)
        return 0;
    return (int64_t)round_half_even((int128)n * (n + 1) * MICRO - (int128)2 * n * credit,
                                    (int128)2 * micro_per_second);
}

/* Billed time of launches made ahead of the step because the rate is limited: the i-th comes i / rate
 * early, rounded up to increments. */
static int64_t early_billed(int64_t micro_per_second, int64_t n, int64_t increment)
{
    int64_t billed = 0, before = 0;
    for (int64_t blocks = 1; before < n; blocks++) {
        int64_t by_then = least(n, granted(micro_per_second, blocks * increment));
        billed += (by_then - before) * blocks * increment;
        before = by_then;
    }
    return billed;
}

static int64_t queue_arrived(const struct launched *s, int64_t seconds)
{
    if (s->queued == 0 || seconds <= s->queue_from_seconds)
        return 0;
    int128 n = ((int128)s->micro_per_second * (seconds - s->queue_from_seconds) + s->credit_micro) / MICRO;
    return n < s->queued ? (int64_t)n : s->queued;
}

/* Launches in the bucket some seconds after the step before began, as far as it holds them. */
static int128 tokens_after(const struct launcher *l, int64_t seconds)
{
    int128 tokens = (int128)l->tokens_micro + (int128)l->offer->launch_rate.micro_per_second * seconds;
    int128 most = (int128)l->offer->launch_bucket * MICRO;
    return tokens < most ? tokens : most;
}

/* Takes up to `wanted` launches that the bucket and the notice allow. The window of the notice lies in the
 * step before, whose own queue has been launched in it too. */
static void take_ready(struct launcher *l, int64_t wanted, int64_t ahead, struct launched *step)
{
    int64_t rate = l->offer->launch_rate.micro_per_second,
            queued = queue_arrived(&l->before, l->step_seconds);
    int128 bucket = tokens_after(l, l->step_seconds - ahead) - (int128)queued * MICRO;
    int128 by_begin = bucket + (int128)rate * ahead;
    if (ahead == 0 && by_begin > (int128)l->offer->launch_bucket * MICRO)
        by_begin = (int128)l->offer->launch_bucket * MICRO;
    by_begin = by_begin < 0 ? 0 : by_begin;
    step->at_once = by_begin / MICRO < wanted ? (int64_t)(by_begin / MICRO) : wanted;
    step->credit_micro = step->at_once < wanted ? (int64_t)(by_begin % MICRO) : 0;
    /* as late as can be: a full bucket at the end, the others one by one before */
    if (ahead > 0 && step->at_once > l->offer->launch_bucket) {
        step->early = step->at_once - l->offer->launch_bucket;
        step->early_seconds = queue_seconds(rate, step->early, 0);
    }
}

/* The bucket as it is once the step has begun and its first launches are made. */
static void settle(struct launcher *l, int64_t launched)
{
    int128 tokens = tokens_after(l, l->step_seconds) -
                    (int128)(launched + queue_arrived(&l->before, l->step_seconds)) * MICRO;
    l->tokens_micro = tokens < 0 ? 0 : (int64_t)tokens;
}

/* Those who come before a second, not with it. */
static int64_t queue_came_before(const struct launched *s, int64_t seconds)
{
    int64_t arrived = queue_arrived(s, seconds);
    return arrived > 0 && launched_when(s, s->keep + s->at_once + arrived) == seconds ? arrived - 1 : arrived;
}

int64_t launched_at(const struct launched *s, int64_t seconds)
{
    int64_t at_once = seconds >= s->at_once_seconds ? s->at_once : 0;
    return s->keep + at_once + queue_arrived(s, seconds);
}

int64_t launched_until(const struct launched *s, int64_t seconds)
{
    int64_t sum = s->keep * seconds;
    if (seconds > s->at_once_seconds)
        sum += s->at_once * (seconds - s->at_once_seconds);
    int64_t n = queue_arrived(s, seconds);
    return n == 0 ? sum
                  : sum + n * (seconds - s->queue_from_seconds) -
                        queue_seconds(s->micro_per_second, n, s->credit_micro);
}

enum { MOST_ARRIVALS = 10000 }; /* looked at one by one; of more, every second, third, ... */

int64_t launched_capacity_until(const struct launched *s, const struct offer *offer, int64_t seconds)
{
    if (seconds <= 0)
        return 0;
    if (offer->equals.digits % power_of_ten(offer->equals.scale) == 0)
        return offer_capacity(offer, launched_until(s, seconds));
    int64_t before = offer_capacity(offer, s->keep), sum = before * seconds;
    int64_t now = offer_capacity(offer, s->keep + s->at_once), arrived = queue_arrived(s, seconds);
    if (seconds > s->at_once_seconds)
        sum += (now - before) * (seconds - s->at_once_seconds);
    int64_t stride = arrived / MOST_ARRIVALS + 1;
    for (int64_t i = stride; i <= arrived; i += stride) {
        before = now;
        now = offer_capacity(offer, s->keep + s->at_once + i);
        sum += (now - before) * (seconds - launched_when(s, s->keep + s->at_once + i));
    }
    return sum;
}

int64_t launched_when(const struct launched *s, int64_t n_servers)
{
    if (n_servers <= s->keep)
        return 0;
    if (n_servers <= s->keep + s->at_once)
        return s->at_once_seconds;
    int64_t n = n_servers - s->keep - s->at_once;
    if (n > s->queued)
        return INT64_MAX;
    return s->queue_from_seconds +
           (int64_t)(((int128)n * MICRO - s->credit_micro + s->micro_per_second - 1) / s->micro_per_second);
}

/* Server-seconds billed of a step where increments divide it: those who come within an increment are
 * billed from its beginning. */
static int64_t billed_in_step(const struct launcher *l, const struct launched *s)
{
    int64_t step = l->step_seconds, increment = l->offer->increment_seconds;
    int64_t billed = s->keep * step + s->early_billed_seconds;
    billed += s->at_once * (step - s->at_once_seconds / increment * increment);
    int64_t from = s->queue_from_seconds / increment * increment, before = queue_came_before(s, from);
    for (; s->queued > 0 && from < step; from += increment) {
        int64_t by_then = queue_came_before(s, from + increment < step ? from + increment : step);
        billed += (by_then - before) * (step - from);
        before = by_then;
    }
    return billed;
}

/* The same where the first started are stopped first: of those who came in the step before, the first. */
static int64_t owed_by_oldest(const struct launcher *l, int64_t stopped)
{
    const struct launched *s = &l->before;
    int64_t owed = 0, minimum = l->offer->minimum_seconds;
    int64_t ran = round_up(l->step_seconds - s->at_once_seconds, l->offer->increment_seconds);
    if (stopped > 0 && ran < minimum)
        owed = least(stopped, s->at_once) * (minimum - ran);
    for (int64_t i = 1; i <= stopped - s->at_once && i <= s->queued; i++) {
        ran = l->step_seconds - launched_when(s, s->keep + s->at_once + i);
        if (ran < minimum)
            owed += minimum - round_up(ran, l->offer->increment_seconds);
    }
    return owed;
}

/* What `stopped` servers, the last to come in the step before, still owe of the minimum charge. Only those
 * who came at the very end of that step owe anything. */
static int64_t owed_of_minimum(const struct launcher *l, int64_t stopped)
{
    const struct launched *s = &l->before;
    if (l->offer->stops_oldest)
        return owed_by_oldest(l, stopped - s->keep);
    int64_t owed = 0, minimum = l->offer->minimum_seconds, queued = queue_arrived(s, l->step_seconds);
    for (int64_t i = queued; i > 0 && stopped > 0; i--, stopped--) {
        int64_t ran = l->step_seconds - launched_when(s, s->keep + s->at_once + i);
        if (ran >= minimum)
            return owed;
        owed += minimum - round_up(ran, l->offer->increment_seconds);
    }
    int64_t ran = round_up(l->step_seconds - s->at_once_seconds, l->offer->increment_seconds);
    return ran < minimum ? owed + least(stopped, s->at_once) * (minimum - ran) : owed;
}

/* Server-seconds billed where increments are longer than a step, for the servers new in it. A run ends
 * with a step, so whoever comes within a step pays as many increments as if it had begun with it; whoever
 * came before it, as if it had begun a step earlier. */
static int64_t start_paid(struct launcher *l, const struct launched *s, int64_t start)
{
    int64_t length = first_paid(l->offer), arrived = launched_at(s, l->step_seconds) - s->keep;
    return s->early_billed_seconds + paid_start(l->arena, &l->paid, start, arrived - s->early, length);
}

/* Asks for what is missing: what is ready at once, the rest in the queue. */
static struct launched ask(struct launcher *l, int64_t keep, int64_t missing, int64_t notice_seconds)
{
    const struct offer *offer = l->offer;
    struct launched step = {.keep = keep, .micro_per_second = offer->launch_rate.micro_per_second};
    int64_t delay = offer->start_up_seconds - notice_seconds, ahead = delay < 0 ? -delay : 0;
    bool queue_runs = l->waiting > 0 && missing > 0; /* its start-ups are under way */
    step.at_once_seconds = delay > 0 && !queue_runs ? delay : 0;
    step.queue_from_seconds = step.at_once_seconds;
    if (offer->launch_rate.micro_per_second == 0) {
        step.at_once = missing;
        return step;
    }
    if (queue_runs)
        step.credit_micro = l->credit_micro;
    else
        take_ready(l, missing, ahead, &step);
    settle(l, step.at_once);
    step.queued = missing - step.at_once;
    return step;
}

struct launched launch_step(struct launcher *l, int64_t start_seconds, int64_t wanted, int64_t notice_seconds)
{
    int64_t keep = least(l->in_service, wanted), owed;
    if (l->by_block) {
        int64_t renewal =
            l->offer->increment_seconds > l->step_seconds ? l->offer->increment_seconds : l->step_seconds;
        owed = paid_turn(&l->paid, start_seconds, wanted, renewal);
        keep = l->paid.servers;
    } else {
        owed = owed_of_minimum(l, l->in_service - keep);
    }
    struct launched step = ask(l, keep, wanted > keep ? wanted - keep : 0, notice_seconds);
    step.early_billed_seconds =
        l->by_block ? paid_start(l->arena, &l->paid, start_seconds - l->step_seconds, step.early,
                                 first_paid(l->offer))
                    : early_billed(step.micro_per_second, step.early, l->offer->increment_seconds);
    step.billed_seconds =
        owed + (l->by_block ? start_paid(l, &step, start_seconds) : billed_in_step(l, &step));
    l->before = step;
    l->in_service = launched_at(&step, l->step_seconds);
    l->waiting = wanted > l->in_service ? wanted - l->in_service : 0;
    l->credit_micro = (int64_t)(((int128)step.micro_per_second * (l->step_seconds - step.queue_from_seconds) +
                                 step.credit_micro) %
                                MICRO);
    return step;
}

int64_t launcher_keeps(const struct launcher *l, int64_t start_seconds)
{
    return l->by_block ? paid_beyond(&l->paid, start_seconds) : 0;
}

bool launcher_is_rested(const struct launcher *l)
{
    int128 tokens = (int128)l->tokens_micro +
                    (int128)l->offer->launch_rate.micro_per_second * l->step_seconds -
                    (int128)queue_arrived(&l->before, l->step_seconds) * MICRO;
    return !l->by_block && l->waiting == 0 &&
           (l->offer->launch_rate.micro_per_second == 0 || tokens >= (int128)l->offer->launch_bucket * MICRO);
}

void launcher_skip(struct launcher *l, int64_t in_service, int64_t last_rise)
{
    l->in_service = in_service;
    l->tokens_micro = (l->offer->launch_bucket - last_rise) * MICRO;
    l->before = (struct launched){0};
}
