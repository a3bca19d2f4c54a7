#include "input/study_parts.h"

#include "base/arena.h"
#include "base/output.h"
#include "input/text.h"
#include "input/trace.h"

static const int64_t step_seconds[] = {
    [STEP_AUTO] = 0,     [STEP_5_MIN] = 300,   [STEP_10_MIN] = 600,
    [STEP_15_MIN] = 900, [STEP_30_MIN] = 1800, [STEP_1_H] = HOUR_SECONDS,
};

static const int month_hours[] = {0, 730, 720};

static bool whole_day(struct study_reader *r, int64_t seconds, const char *key)
{
    if (seconds % DAY_SECONDS == 0)
        return true;
    return diagnose_error(r->reader.diagnostics, place_in(r->root.study, key), "write a date without a time",
                          "study.%s: the study begins and ends at midnight UTC", key);
}

static bool check_dates(struct study_reader *r)
{
    struct study *study = r->study;
    bool good = whole_day(r, study->start_seconds, "start");
    if (section_has(r->root.study, "end"))
        good &= whole_day(r, study->end_seconds, "end");
    if (section_has(r->root.study, "decide_from"))
        good &= whole_day(r, study->decide_from_seconds, "decide_from");
    if (study->end_seconds <= study->start_seconds)
        good = diagnose_error(r->reader.diagnostics, place_in(r->root.study, "end"), NULL,
                              "study.end: it is not after start");
    if (study->decide_from_seconds > study->start_seconds)
        good = diagnose_error(r->reader.diagnostics, place_in(r->root.study, "decide_from"), NULL,
                              "study.decide_from: it is after start");
    if (study->start_seconds - study->decide_from_seconds > 3660LL * DAY_SECONDS)
        good = diagnose_error(r->reader.diagnostics, place_in(r->root.study, "decide_from"), NULL,
                              "study.decide_from: it is more than ten years before start");
    if (months_between(study->start_seconds, study->end_seconds) > 600)
        good = diagnose_error(r->reader.diagnostics, place_in(r->root.study, "end"), NULL,
                              "study.end: a study may last 600 months at most");
    return good;
}

static bool check_currency(struct study_reader *r, struct str code)
{
    return text_is_currency(code) ||
           diagnose_error(r->reader.diagnostics, place_in(r->root.study, "currency"),
                          "write an ISO 4217 code such as USD", "study.currency: `%.*s` is no currency code",
                          STR_ARGS(code));
}

bool read_settings(struct study_reader *r)
{
    struct study *study = r->study;
    const struct node *map = r->root.study;
    struct study_keys keys = {0};
    bool good = section_read(&r->reader, &study_section, map, STR("study"), &keys);
    if (keys.currency.length > 0 && check_currency(r, keys.currency))
        study->currency = keys.currency;
    if (map->kind == NODE_MAP && !section_has(map, "months") && !section_has(map, "end"))
        good = diagnose_error(r->reader.diagnostics, map->place, "add `months: 36` or `end: 2017-01-01`",
                              "study: neither `months` nor `end` is there");
    if (section_has(map, "months") && section_has(map, "end"))
        good = diagnose_error(r->reader.diagnostics, place_in(map, "end"), "keep one of the two",
                              "study: `months` and `end` are both there");
    if (!good)
        return false;
    study->title = keys.title;
    study->start_seconds = keys.start;
    study->end_seconds = section_has(map, "end") ? keys.end : add_months(keys.start, (int)keys.months);
    study->decide_from_seconds = section_has(map, "decide_from") ? keys.decide_from : keys.start;
    study->step_seconds = step_seconds[keys.step];
    study->has_discount_rate = section_has(map, "discount_rate");
    study->discount_rate = keys.discount_rate;
    study->hours_per_month = month_hours[keys.hours_per_month];
    study->at_end = (enum at_end)keys.at_end;
    study->seed = keys.seed;
    study->binary_data = keys.data_units == 1;
    study->purchases_at_order = keys.purchases_due == 1;
    study->draws_capacity = keys.capacity == 1;
    study->usage_in_arrears = keys.usage_due == 1;
    study->tax = keys.tax;
    return check_dates(r) && study->currency.length > 0;
}

typedef bool (*table_reader)(struct study_reader *r, struct str path, struct str content);

static bool read_prices(struct study_reader *r, struct str path, struct str content)
{
    return price_book_add(&r->book, r->reader.arena, path, content, r->reader.diagnostics,
                          &r->items[r->n_items - 1].n_rows);
}

static bool read_lead_times(struct study_reader *r, struct str path, struct str content)
{
    return lead_times_add(&r->processes, r->reader.arena, path, content, r->reader.diagnostics,
                          &r->items[r->n_items - 1].n_rows);
}

static bool read_calendars(struct study_reader *r, struct str path, struct str content)
{
    return calendars_add(&r->processes.calendars, r->reader.arena, path, content, r->reader.diagnostics,
                         &r->items[r->n_items - 1].n_rows);
}

static bool read_rates(struct study_reader *r, struct str path, struct str content)
{
    return exchange_rates_add(&r->rates, r->reader.arena, path, content, r->reader.diagnostics,
                              &r->items[r->n_items - 1].n_rows);
}

static bool read_files(struct study_reader *r, const struct node *list, const char *key, table_reader read)
{
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, str_of(key)))
        return false;
    for (size_t i = 0; i < list->n_items; i++) {
        struct str path, content;
        good &= node_scalar(&r->reader, &list->items[i], str_of(key), &path) &&
                study_file(r, path, list->items[i].place, &content) &&
                read(r, path_join(r->reader.arena, r->folder, path), content);
    }
    return good;
}

bool read_tables(struct study_reader *r)
{
    bool good = read_files(r, r->root.prices, "prices", read_prices);
    good &= read_files(r, r->root.calendars, "calendars", read_calendars) &&
            calendars_finish(&r->processes.calendars, r->reader.arena, r->reader.diagnostics) &&
            read_files(r, r->root.lead_times, "lead_times", read_lead_times);
    good &= read_files(r, node_find(r->root.study, "exchange_rates"), "study.exchange_rates", read_rates);
    if (!good || !price_book_finish(&r->book, r->reader.arena, r->reader.diagnostics) ||
        !exchange_rates_finish(&r->rates, r->study->currency, r->reader.diagnostics))
        return false;
    r->tax_offer = r->study->tax.digits == 0 ? -1 : price_book_add_tax(&r->book, r->reader.arena, r->study);
    r->study->exchange_rates = r->rates.items;
    r->study->n_exchange_rates = r->rates.n_items;
    r->study->offers = r->book.items;
    r->study->n_offers = r->book.n_items;
    r->study->processes = r->processes.items;
    r->study->n_processes = r->processes.n_items;
    return true;
}

static bool read_burst(struct study_reader *r, const struct node *node, size_t i, struct burst *burst)
{
    struct burst_keys keys = {0};
    if (!section_read(&r->reader, &burst_section, node, item_path(r->reader.arena, "workloads[0].bursts", i),
                      &keys))
        return false;
    *burst = (struct burst){keys.name,  keys.at,  keys.ramp,       keys.hold,
                            keys.decay, keys.add, keys.every == 1, node->place};
    if (keys.ramp + keys.hold + keys.decay > 3660LL * DAY_SECONDS)
        return diagnose_error(r->reader.diagnostics, node->place, NULL,
                              "the burst `%.*s` lasts more than ten years", STR_ARGS(keys.name));
    if (r->settings_good && (keys.at < r->study->start_seconds || keys.at >= r->study->end_seconds))
        diagnose_warning(r->reader.diagnostics, node->place, NULL,
                         "the burst `%.*s` begins outside the study", STR_ARGS(keys.name));
    return true;
}

static bool read_bursts(struct study_reader *r, const struct node *list, struct workload *workload)
{
    bool good = true;
    if (list == NULL)
        return true;
    if (!node_is_list(&r->reader, list, STR("workloads[0].bursts")))
        return false;
    workload->bursts = ARENA_NEW(r->reader.arena, struct burst, list->n_items);
    workload->n_bursts = list->n_items;
    for (size_t i = 0; i < list->n_items; i++)
        good &= read_burst(r, &list->items[i], i, &workload->bursts[i]);
    return good;
}

static void take_workload(const struct workload_keys *keys, const struct node *node, struct workload *w)
{
    *w = (struct workload){
        .name = keys->name,
        .trace_path = keys->trace,
        .column = keys->column,
        .time_column = keys->time_column,
        .measures = (enum measures)keys->measures,
        .gaps = (enum gaps)keys->gaps,
        .align = (enum align)keys->align,
        .repeat = (enum repeat)keys->repeat,
        .within_step_mean = keys->within_step == 1,
        .per_server = decimal_normal(keys->per_server.number),
        .per_server_seconds = keys->per_server.per_seconds,
        .server_vcpu = decimal_normal(keys->server_vcpu),
        .target_utilisation = decimal_normal(keys->target_utilisation),
        .max_utilisation = decimal_normal(keys->max_utilisation),
        .growth_yearly = keys->growth,
        .has_unmet_cost = section_has(node, "unmet_cost"),
        .unmet_cost = keys->unmet_cost,
        .place = node->place,
    };
}

static bool check_workload(struct study_reader *r, const struct node *node, const struct workload *w)
{
    if (w->measures != MEASURES_SERVERS && !section_has(node, "per_server"))
        return diagnose_error(
            r->reader.diagnostics, node->place, "add `per_server: 200 /s`",
            "workloads[0]: `per_server` is missing: without it a load is no number of servers");
    if (decimal_compare(w->max_utilisation, w->target_utilisation) < 0)
        return diagnose_error(r->reader.diagnostics, place_in(node, "max_utilisation"), NULL,
                              "workloads[0]: max_utilisation is below target_utilisation");
    return true;
}

bool read_workload(struct study_reader *r)
{
    struct str content;
    struct workload_keys keys = {0};
    const struct node *list = r->root.workloads;
    if (!node_is_list(&r->reader, list, STR("workloads")))
        return false;
    if (list->n_items != 1)
        return diagnose_error(r->reader.diagnostics, list->place, "write one workload",
                              "workloads: exactly one is wanted, the list has %zu: several are not built yet",
                              list->n_items);
    const struct node *node = &list->items[0];
    struct workload *w = &r->study->workload;
    bool good = section_read(&r->reader, &workload_section, node, STR("workloads[0]"), &keys);
    take_workload(&keys, node, w);
    good = good && check_workload(r, node, w);
    good &= read_bursts(r, keys.bursts, w);
    good &= read_futures(r, keys.futures, &w->futures);
    if (!good)
        return false;
    return study_file(r, w->trace_path, node_find(node, "trace")->place, &content) &&
           trace_read(r->reader.arena, w, path_join(r->reader.arena, r->folder, w->trace_path), content,
                      &w->trace, &r->items[r->n_items - 1].n_rows, r->reader.diagnostics);
}
