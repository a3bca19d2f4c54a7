#include "input/study_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/output.h"
#include "model/order.h"

/* Plans order up to two billion reference servers, of offers of which a thousand make one. */
static const int64_t MOST_SERVERS = 2000000000000;

enum orders_column {
    COLUMN_STRATEGY,
    COLUMN_OFFER,
    COLUMN_SERVERS,
    COLUMN_ORDERED,
    COLUMN_FIRST,
    COLUMN_LAST,
    COLUMN_ENDS,
    COLUMN_REASON,
    COLUMN_WANTED,
    COLUMN_SPARES,
    COLUMN_BILLED,
    COLUMN_EFFECTIVE,
    COLUMN_HELD,
    COLUMN_USED,
    COLUMN_EQUIVALENT,
    COLUMN_CANCELLED,
    N_COLUMNS
};

const struct csv_column orders_columns[] = {
    [COLUMN_STRATEGY] = {"strategy", false, "name; may be left out of a strategy's own file"},
    [COLUMN_OFFER] = {"offer", true, "id of one of its layers"},
    [COLUMN_SERVERS] = {"servers", true, "how many"},
    [COLUMN_ORDERED] = {"ordered", true, "when"},
    [COLUMN_FIRST] = {"first_in_service", false, "passed over: deliveries follow from the order"},
    [COLUMN_LAST] = {"last_in_service", false, "passed over"},
    [COLUMN_ENDS] =
        {"ends", false,
         "spot: when its servers stop; hosting: when its contract is ended early; passed over for others"},
    [COLUMN_REASON] = {"reason", false, "`renewal` continues servers without lead time or set-up"},
    [COLUMN_WANTED] = {"wanted", false, "passed over"},
    [COLUMN_SPARES] = {"spares", false, "passed over: they follow from the study"},
    [COLUMN_BILLED] = {"billed_cost", false, "passed over"},
    [COLUMN_EFFECTIVE] = {"effective_cost", false, "passed over"},
    [COLUMN_HELD] = {"held_server_hours", false, "passed over"},
    [COLUMN_USED] = {"used_server_hours", false, "passed over"},
    [COLUMN_EQUIVALENT] = {"on_demand_equivalent", false, "passed over"},
    [COLUMN_CANCELLED] = {"cancelled", false,
                          "hosting with a notice: when; it renews until the notice has run"},
};

const int n_orders_columns = N_COLUMNS;

struct orders_reader {
    struct study_reader *study;
    struct csv_reader *csv;
    const struct csv_row *row;
    int positions[N_COLUMNS];
    struct strategy *only;
    size_t *capacities; /* [strategy] of plans */
    bool *has_rows;     /* [strategy] in this file */
};

static bool wrong(const struct orders_reader *r, enum orders_column column, const char *hint,
                  const char *what)
{
    struct str text = csv_field(r->row, r->positions[column]);
    if (text.length == 0)
        return diagnose_error(r->study->reader.diagnostics, csv_place(r->csv, r->positions[column]), hint,
                              "the column `%s` is empty", orders_columns[column].name);
    return diagnose_error(r->study->reader.diagnostics, csv_place(r->csv, r->positions[column]), hint,
                          "%s: `%.*s` %s", orders_columns[column].name, STR_ARGS(text), what);
}

/* A report's own orders.csv has an apostrophe before texts that a spreadsheet would take for a formula. */
static struct str text_field(const struct orders_reader *r, enum orders_column column)
{
    struct str text = csv_field(r->row, r->positions[column]), rest = text;
    while (rest.length > 0 && rest.at[0] == '\'')
        rest = str_after(rest, 1);
    bool marked = rest.length > 0 && rest.length < text.length && memchr("=+-@", rest.at[0], 4) != NULL;
    return marked ? str_after(text, 1) : text;
}

static struct strategy *find_strategy(const struct orders_reader *r)
{
    struct study *study = r->study->study;
    struct str name = text_field(r, COLUMN_STRATEGY);
    if (r->only != NULL && (r->positions[COLUMN_STRATEGY] < 0 || str_equal(name, r->only->name)))
        return r->only;
    for (size_t i = 0; r->only == NULL && i < study->n_strategies; i++)
        if (str_equal(study->strategies[i].name, name))
            return &study->strategies[i];
    return NULL;
}

static struct layer *find_layer(const struct orders_reader *r, const struct strategy *strategy)
{
    for (size_t i = 0; i < strategy->n_layers; i++)
        if (str_equal(r->study->study->offers[strategy->layers[i].offer].id, text_field(r, COLUMN_OFFER)))
            return &strategy->layers[i];
    return NULL;
}

/* An order that says when it is cancelled renews by itself until then. */
static bool read_cancelled(const struct orders_reader *r, const struct offer *offer,
                           struct planned_order *order)
{
    if (csv_field(r->row, r->positions[COLUMN_CANCELLED]).length == 0)
        return true;
    if (!time_parse(csv_field(r->row, r->positions[COLUMN_CANCELLED]), &order->cancelled_seconds) ||
        order->cancelled_seconds < order->ordered_seconds)
        return wrong(r, COLUMN_CANCELLED, "write a date after the order, or leave it empty",
                     "is no date on or after `ordered`");
    return (offer->kind == OFFER_HOSTING && !term_is_none(offer->notice)) ||
           wrong(r, COLUMN_CANCELLED,
                 "leave it empty, or give a hosting offer a notice: offers: {ID: {notice: 1 mo}}",
                 "cancels what has no notice");
}

static bool read_order(const struct orders_reader *r, const struct layer *layer, struct planned_order *order)
{
    struct decimal d;
    const struct study *study = r->study->study;
    *order = (struct planned_order){.offer = layer->offer, .place = csv_place(r->csv, 0)};
    order->renewal = str_is(csv_field(r->row, r->positions[COLUMN_REASON]), "renewal");
    if (order->renewal && study->offers[layer->offer].kind == OFFER_COLOCATION)
        return wrong(r, COLUMN_REASON, "hardware at the end of its life is bought anew: write `refresh`",
                     "continues hardware beyond its life");
    if (!decimal_parse(csv_field(r->row, r->positions[COLUMN_SERVERS]), &d) ||
        !decimal_scaled(d, 1, &order->servers) || order->servers < 1 || order->servers > MOST_SERVERS)
        return wrong(r, COLUMN_SERVERS, "write a whole number from 1 to 2000000000000",
                     "is no number of servers");
    if (!time_parse(csv_field(r->row, r->positions[COLUMN_ORDERED]), &order->ordered_seconds))
        return wrong(r, COLUMN_ORDERED, "write 2014-11-28 or 2014-11-28T10:00:00Z", "is no date");
    if (order->ordered_seconds < study->decide_from_seconds || order->ordered_seconds >= study->end_seconds)
        return wrong(r, COLUMN_ORDERED, NULL, "is before decide_from or after the end of the study");
    if (study->offers[layer->offer].kind == OFFER_SPOT &&
        (!time_parse(csv_field(r->row, r->positions[COLUMN_ENDS]), &order->until_seconds) ||
         order->until_seconds <= order->ordered_seconds))
        return wrong(r, COLUMN_ENDS, "spot servers run from `ordered` to `ends`",
                     "is no date after `ordered`");
    if (offer_may_end_early(&study->offers[layer->offer]) &&
        csv_field(r->row, r->positions[COLUMN_ENDS]).length > 0 &&
        (!time_parse(csv_field(r->row, r->positions[COLUMN_ENDS]), &order->until_seconds) ||
         order->until_seconds <= order->ordered_seconds))
        return wrong(r, COLUMN_ENDS, "write when the contract ends, or leave it empty: the end of its term",
                     "is no date after `ordered`");
    return read_cancelled(r, &study->offers[layer->offer], order);
}

static const char *nearest_hint(const struct orders_reader *r, struct str text, const struct str *names,
                                size_t n, const char *otherwise)
{
    struct str nearest = str_nearest(text, names, n);
    return nearest.length == 0
               ? otherwise
               : str_format(r->study->reader.arena, "did you mean `%.*s`?", STR_ARGS(nearest)).at;
}

static const char *strategy_hint(const struct orders_reader *r)
{
    const struct study *study = r->study->study;
    struct str *names = ARENA_NEW(r->study->reader.arena, struct str, study->n_strategies);
    if (r->only != NULL)
        return "the file belongs to one strategy: write its name, or leave the column out";
    for (size_t i = 0; i < study->n_strategies; i++)
        names[i] = study->strategies[i].name;
    return nearest_hint(r, text_field(r, COLUMN_STRATEGY), names, study->n_strategies,
                        "use the names of the study");
}

static const char *offer_hint(const struct orders_reader *r, const struct strategy *strategy)
{
    struct str *names = ARENA_NEW(r->study->reader.arena, struct str, strategy->n_layers);
    for (size_t i = 0; i < strategy->n_layers; i++)
        names[i] = r->study->study->offers[strategy->layers[i].offer].id;
    return nearest_hint(r, text_field(r, COLUMN_OFFER), names, strategy->n_layers,
                        "use the offers of the strategy's layers");
}

/* The reasons of orders.csv; one that is misspelt would turn a renewal into a new order. */
static bool check_reason(const struct orders_reader *r)
{
    struct str text = csv_field(r->row, r->positions[COLUMN_REASON]), all = {0};
    for (int i = 0; i < N_REASONS; i++) {
        if (text.length == 0 || str_is(text, order_reason_names[i]))
            return true;
        all = str_format(r->study->reader.arena, "%.*s, %s", STR_ARGS(all), order_reason_names[i]);
    }
    return wrong(
        r, COLUMN_REASON,
        str_format(r->study->reader.arena, "leave it empty, or write one of%.*s", STR_ARGS(str_after(all, 1)))
            .at,
        "is no reason");
}

static bool has_reason(const struct orders_reader *r, enum order_reason reason)
{
    return str_is(csv_field(r->row, r->positions[COLUMN_REASON]), order_reason_names[reason]);
}

/* A plan of the study gives way to one of the command line. */
static void begin_plan(struct strategy *strategy)
{
    strategy->n_plan = 0;
    for (size_t i = 0; i < strategy->n_layers; i++)
        strategy->layers[i].left_out = false;
}

static bool add_order(const struct orders_reader *r)
{
    struct planned_order order;
    if (!csv_check_width(r->csv, r->row))
        return false;
    struct strategy *strategy = find_strategy(r);
    if (strategy == NULL)
        return wrong(r, COLUMN_STRATEGY, strategy_hint(r), "is no strategy here");
    struct layer *layer = find_layer(r, strategy);
    if (layer == NULL)
        return wrong(r, COLUMN_OFFER, offer_hint(r, strategy), "is in no layer of the strategy");
    if (!check_reason(r))
        return false;
    size_t index = (size_t)(strategy - r->study->study->strategies);
    if (!r->has_rows[index])
        begin_plan(strategy);
    r->has_rows[index] = strategy->has_plan = true;
    if (has_reason(r, REASON_LEFT_OUT) && layer->rule != SIZE_FOLLOW)
        return wrong(r, COLUMN_REASON, "leave the row out",
                     "is said of on-demand offers that follow the need");
    layer->left_out |= has_reason(r, REASON_LEFT_OUT);
    if (layer->rule == SIZE_FOLLOW || has_reason(r, REASON_EXISTING)) /* both come from the study itself */
        return true;
    if (!read_order(r, layer, &order))
        return false;
    strategy->plan = arena_grow(r->study->reader.arena, strategy->plan, strategy->n_plan,
                                &r->capacities[index], sizeof *strategy->plan);
    strategy->plan[strategy->n_plan++] = order;
    return true;
}

bool read_orders(struct study_reader *r, struct str path, struct place place, struct strategy *only)
{
    struct csv_row row;
    struct str content;
    bool good;
    if (!study_file(r, path, place, &content))
        return false;
    struct input_file *file = &r->items[r->n_items - 1];
    struct orders_reader reader = {.study = r, .row = &row, .only = only};
    reader.csv = csv_open(r->reader.arena, path_join(r->reader.arena, r->folder, path), content,
                          r->reader.diagnostics);
    reader.capacities = ARENA_NEW(r->reader.arena, size_t, r->study->n_strategies);
    reader.has_rows = ARENA_NEW(r->reader.arena, bool, r->study->n_strategies);
    good = csv_bind(reader.csv, orders_columns, N_COLUMNS, reader.positions);
    if (good && only == NULL && reader.positions[COLUMN_STRATEGY] < 0)
        good = diagnose_error(r->reader.diagnostics, csv_place(reader.csv, 0),
                              "it names the strategy of each order", "the column `strategy` is missing");
    if (only != NULL)
        only->has_plan = true;
    else /* named on the command line: reports must not depend on where it lies */
        file->path = str_format(r->reader.arena, "--orders %.*s.csv", STR_ARGS(path_stem(path)));
    while (good && csv_next(reader.csv, &row)) {
        file->n_rows++;
        add_order(&reader);
    }
    good = good && !csv_failed(reader.csv);
    csv_close(reader.csv);
    return good && r->reader.diagnostics->n_errors == 0;
}
