#include "report/chart_place.h"

#include <math.h>

#include "base/arena.h"

/* Labels that touch, moved as one. */
struct cluster {
    double sum; /* of wanted heights, each less its place in the row of labels */
    size_t n;
};

static size_t *by_height(struct arena *arena, const double *heights, size_t n)
{
    size_t *order = ARENA_NEW(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        while (at > 0 && heights[order[at - 1]] >= heights[i]) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

/* Isotonic regression: with heights less their place in the row, labels must not fall below the one
 * before; pooling those that do gives the least squares. */
void chart_spread(struct arena *arena, double *heights, size_t n, double gap, double low, double high)
{
    if (n == 0)
        return;
    if (n > 1 && gap * (double)(n - 1) > high - low)
        gap = (high - low) / (double)(n - 1);
    size_t *order = by_height(arena, heights, n);
    struct cluster *clusters = ARENA_NEW(arena, struct cluster, n);
    size_t n_clusters = 0;
    for (size_t i = 0; i < n; i++) {
        struct cluster c = {heights[order[i]] - gap * (double)i, 1};
        while (n_clusters > 0 &&
               clusters[n_clusters - 1].sum / (double)clusters[n_clusters - 1].n >= c.sum / (double)c.n) {
            c.sum += clusters[--n_clusters].sum;
            c.n += clusters[n_clusters].n;
        }
        clusters[n_clusters++] = c;
    }
    double most = high - gap * (double)(n - 1);
    for (size_t k = 0, i = 0; k < n_clusters; k++) {
        double base = fmin(fmax(clusters[k].sum / (double)clusters[k].n, low), most);
        for (size_t j = 0; j < clusters[k].n; j++, i++)
            heights[order[i]] = base + gap * (double)i;
    }
}

static double overlap(struct chart_box a, struct chart_box b)
{
    double width = fmin(a.right, b.right) - fmax(a.left, b.left);
    double height = fmin(a.top, b.top) - fmax(a.bottom, b.bottom);
    return width > 0 && height > 0 ? width * height : 0;
}

enum { N_SIDES = 3, ROWS_AWAY = 8 };

/* The box of a label to the right (0), to the left (1) or in the middle (2), `row` lines above the point,
 * moved sideways into the area where it would stick out. */
static struct chart_box candidate(const struct chart_tag *tag, int side, int row, struct chart_box area)
{
    double away = tag->radius + 4 + (row == 0 ? 1 : 0);
    double left = side == 0   ? tag->x + away
                  : side == 1 ? tag->x - away - tag->width
                              : tag->x - tag->width / 2;
    left = fmin(fmax(left, area.left), area.right - tag->width);
    double middle = tag->y + row * tag->height * (row == 1 || row == -1 ? 0.8 : 0.95);
    return (struct chart_box){left, middle - tag->height / 2, left + tag->width, middle + tag->height / 2};
}

static struct chart_box marker(const struct chart_tag *tag)
{
    double r = tag->radius;
    return (struct chart_box){tag->x - r, tag->y - r, tag->x + r, tag->y + r};
}

static double middle_of(struct chart_box box)
{
    return (box.bottom + box.top) / 2;
}

static bool is_far(const struct chart_tag *tag, struct chart_box box)
{
    return fabs(middle_of(box) - tag->y) > 1.5 * tag->height;
}

void chart_leader(const struct chart_tag *tag, double *x, double *y)
{
    if (tag->in_column) {
        *x = tag->box.left > tag->x ? tag->box.left - 2 : tag->box.right + 2;
        *y = middle_of(tag->box);
        return;
    }
    *x = fmin(fmax(tag->x, tag->box.left), tag->box.right);
    *y = tag->y > middle_of(tag->box) ? tag->box.top : tag->box.bottom;
}

/* Whether the line from a point to its label runs over the marker of another. */
static bool leader_crosses(struct chart_tag tag, struct chart_box box, struct chart_box other)
{
    enum { SAMPLES = 12 };
    double x, y;
    tag.box = box;
    chart_leader(&tag, &x, &y);
    for (int i = 1; i <= SAMPLES; i++) {
        double px = tag.x + (x - tag.x) * i / SAMPLES, py = tag.y + (y - tag.y) * i / SAMPLES;
        if (px > other.left && px < other.right && py > other.bottom && py < other.top)
            return true;
    }
    return false;
}

struct scene {
    struct chart_tag *tags;
    size_t n;
    const struct chart_box *obstacles;
    size_t n_obstacles;
    struct chart_box area;
};

/* How bad a place is: what it covers, then how far it is from its point. */
static double cost_of(const struct scene *scene, size_t self, struct chart_box box)
{
    const struct chart_tag *tag = &scene->tags[self];
    bool far = is_far(tag, box);
    double cost = far ? 20 : 0;
    for (size_t i = 0; i < scene->n; i++) {
        cost += 100 * overlap(box, marker(&scene->tags[i]));
        if (i == self)
            continue;
        cost += 100 * overlap(box, scene->tags[i].box);
        if (far && leader_crosses(*tag, box, marker(&scene->tags[i])))
            cost += 60;
    }
    for (size_t i = 0; i < scene->n_obstacles; i++)
        cost += 3 * overlap(box, scene->obstacles[i]);
    if (box.bottom < scene->area.bottom || box.top > scene->area.top)
        cost += 1e6;
    double dx = fmax(fmax(box.left - tag->x, tag->x - box.right), 0), dy = middle_of(box) - tag->y;
    return cost + sqrt(dx * dx + dy * dy);
}

/* Puts one label where it is best while the others stay; returns what that costs. */
static double place_one(const struct scene *scene, size_t self)
{
    struct chart_tag *tag = &scene->tags[self];
    double best = INFINITY;
    struct chart_box chosen = tag->box;
    for (int step = 0; step <= 2 * ROWS_AWAY; step++) {
        int row = step % 2 == 1 ? (step + 1) / 2 : -step / 2;
        for (int side = 0; side < N_SIDES; side++) {
            struct chart_box box = candidate(tag, side, row, scene->area);
            double cost = cost_of(scene, self, box) + 0.5 * side;
            if (cost < best) {
                best = cost;
                chosen = box;
            }
        }
    }
    tag->box = chosen;
    return best;
}

/* ---- labels in a column ---- */

enum { MOVED = 2, ROOM_FOR_LINES = 12 };

/* Points as good as above each other, some of which are too close for a label each: their indices. */
static size_t column_of(const struct scene *scene, size_t first, size_t *members)
{
    const struct chart_tag *tags = scene->tags;
    size_t n = 0;
    bool crowded = false;
    for (size_t i = first; i < scene->n; i++) {
        if (tags[i].in_column || fabs(tags[i].x - tags[first].x) > tags[first].radius)
            continue;
        for (size_t k = 0; k < n; k++)
            crowded |= fabs(tags[i].y - tags[members[k]].y) < tags[i].height;
        members[n++] = i;
    }
    return crowded ? n : 0;
}

/* Does a box cover nothing: no marker, none of the labels that have their place, none of the obstacles? */
static bool is_free(const struct scene *scene, struct chart_box box)
{
    const struct chart_box area = scene->area;
    bool good = box.left >= area.left && box.right <= area.right;
    for (size_t i = 0; i < scene->n; i++)
        good &= overlap(box, marker(&scene->tags[i])) <= 0 &&
                (!scene->tags[i].in_column || overlap(box, scene->tags[i].box) <= 0);
    for (size_t i = 0; i < scene->n_obstacles; i++)
        good &= overlap(box, scene->obstacles[i]) <= 0;
    return good;
}

/* Puts the column to the right of its points, or to the left; false where it covers something. */
static bool put_column(const struct scene *scene, const size_t *members, const double *heights, size_t n,
                       bool right)
{
    double away = 0;
    for (size_t k = 0; k < n; k++) {
        const struct chart_tag *tag = &scene->tags[members[k]];
        bool moved = fabs(heights[k] - tag->y) > MOVED;
        away = fmax(away, tag->radius + 5 + (moved ? ROOM_FOR_LINES : 0));
    }
    double x = scene->tags[members[0]].x + (right ? away : -away);
    bool good = true;
    for (size_t k = 0; k < n; k++) {
        struct chart_tag *tag = &scene->tags[members[k]];
        double left = right ? x : x - tag->width, half = tag->height / 2;
        tag->box = (struct chart_box){left, heights[k] - half, left + tag->width, heights[k] + half};
        tag->far = fabs(heights[k] - tag->y) > MOVED;
        good &= is_free(scene, tag->box);
    }
    return good;
}

static void place_columns(struct arena *arena, const struct scene *scene)
{
    size_t *members = ARENA_NEW(arena, size_t, scene->n + 1);
    double *heights = ARENA_NEW(arena, double, scene->n + 1);
    for (size_t first = 0; first < scene->n; first++) {
        size_t n = scene->tags[first].in_column ? 0 : column_of(scene, first, members);
        if (n == 0)
            continue;
        double gap = scene->tags[first].height;
        for (size_t k = 0; k < n; k++)
            heights[k] = scene->tags[members[k]].y;
        chart_spread(arena, heights, n, gap, scene->area.bottom + gap / 2, scene->area.top - gap / 2);
        bool placed =
            put_column(scene, members, heights, n, true) || put_column(scene, members, heights, n, false);
        for (size_t k = 0; k < n; k++)
            scene->tags[members[k]].in_column = placed;
    }
}

/* ---- all ---- */

static struct chart_box nowhere(const struct chart_tag *tag)
{
    return (struct chart_box){tag->x, tag->y, tag->x, tag->y};
}

/* Takes both labels off and puts the first down first; stays so where that is better for the two. */
static void try_in_order(const struct scene *scene, size_t first, size_t second)
{
    struct chart_tag *a = &scene->tags[first], *b = &scene->tags[second];
    struct chart_box old_a = a->box, old_b = b->box;
    double old = cost_of(scene, first, old_a) + cost_of(scene, second, old_b);
    a->box = nowhere(a);
    b->box = nowhere(b);
    place_one(scene, first);
    place_one(scene, second);
    if (cost_of(scene, first, a->box) + cost_of(scene, second, b->box) >= old - 1e-6) {
        a->box = old_a;
        b->box = old_b;
    }
}

void chart_place(struct arena *arena, struct chart_tag *tags, size_t n, const struct chart_box *obstacles,
                 size_t n_obstacles, struct chart_box area)
{
    enum { PASSES = 4 };
    struct scene scene = {tags, n, obstacles, n_obstacles, area};
    for (size_t i = 0; i < n; i++) {
        tags[i].box = nowhere(&tags[i]);
        tags[i].in_column = false;
    }
    place_columns(arena, &scene);
    for (size_t i = 0; i < n; i++)
        if (!tags[i].in_column)
            place_one(&scene, i);
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                if (i != j && !tags[i].in_column && !tags[j].in_column)
                    try_in_order(&scene, i, j);
    for (size_t i = 0; i < n; i++)
        if (!tags[i].in_column)
            tags[i].far = is_far(&tags[i], tags[i].box);
}
